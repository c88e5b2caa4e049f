"""The engine's tests stand alone: they need pytest, hypothesis and lxml, and less than a minute of one processor."""

from __future__ import annotations

import resource
import subprocess
import sys
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement

from tests.nightly import size

from .source import ROOT

# The cases are loaded here and played by the suite itself.
PART = size(["-k", "not test_conformance"], [])
NEEDED = ("pytest", "hypothesis", "lxml")


def test_the_engine_is_tested_with_nothing_but_pytest_hypothesis_and_lxml(tmp_path: Path) -> None:
    for each in with_requirements(NEEDED):
        for name in {file.parts[0] for file in each.files or () if not file.parts[0].startswith("..")}:
            (tmp_path / name).symlink_to(Path(str(each.locate_file(name))))
    before = used()
    ran = subprocess.run(
        [sys.executable, "-S", "-m", "pytest", "tests/engine", "--hypothesis-profile=few", *PART],  # -S: no packages
        cwd=ROOT,
        env={"PYTHONPATH": f"{tmp_path}:{ROOT}", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert used() - before < 60


def used() -> float:
    """Seconds of the processor that children of this process have taken."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def with_requirements(names: tuple[str, ...]) -> list[Distribution]:
    """The installed distributions of these names, and what they require here."""
    found: dict[str, Distribution] = {}
    wanted = list(names)
    while wanted:
        name = wanted.pop()
        if name not in found:
            found[name] = distribution(name)
            needs = [Requirement(line) for line in found[name].requires or ()]
            wanted += [need.name for need in needs if need.marker is None or need.marker.evaluate({"extra": ""})]
    return list(found.values())
