"""The documents are true: their commands run, their links lead somewhere, their tables are the program's."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.cli.main import VERBS
from service.settings import Settings
from tests.cli.at_hand import kehoach_at_hand
from tests.nightly import NIGHTLY, size

from .source import ROOT

PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
HOWTO = [page for page in sorted((ROOT / "docs/howto").glob("*.md")) if BLOCK.search(page.read_text(encoding="utf-8"))]
LINK = re.compile(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where commands find the programs of this environment, `kehoach` being loaded already but at night."""
    installed = str(Path(sys.executable).parent)
    if NIGHTLY:
        yield installed
        return
    with kehoach_at_hand(tmp_path_factory.mktemp("bin")) as at_hand:
        yield f"{at_hand}{os.pathsep}{installed}"


@pytest.mark.parametrize("page", HOWTO, ids=lambda page: page.stem)
def test_the_commands_of_a_how_to_run_as_they_stand(page: Path, tmp_path: Path, programs: str) -> None:
    for each in ROOT.iterdir():  # a folder that looks like the project's, in which a command may leave files
        if each.name != "data":
            (tmp_path / each.name).symlink_to(each)
    blocks = BLOCK.findall(page.read_text(encoding="utf-8"))
    commands = [line.removeprefix("$ ") for block in blocks for line in block.splitlines()]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KEHOACH_")}
    path = f"{programs}{os.pathsep}{kept['PATH']}"
    for command in commands:
        # What pytest would play here is played anyway.
        spared = size(" --collect-only", "") if command.startswith("python -m pytest") else ""
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", f"{command}{spared}"],
            cwd=tmp_path,
            env={**kept, "PATH": path},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"$ {command}\n{done.stdout}{done.stderr}"


def test_every_link_leads_somewhere() -> None:
    assert not [
        (page.relative_to(ROOT).as_posix(), link)
        for page in PAGES
        for link in LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    ]


def test_every_decision_is_in_the_list() -> None:
    listed = (ROOT / "docs/decisions/README.md").read_text(encoding="utf-8")
    decisions = [page.name for page in (ROOT / "docs/decisions").glob("0*.md")]
    assert decisions
    assert not [name for name in decisions if name not in listed]


def test_every_setting_is_explained_with_its_default() -> None:
    page = (ROOT / "docs/howto/keep-a-machine.md").read_text(encoding="utf-8")
    explained = dict(re.findall(r"^\| `KEHOACH_([A-Z_]+)` \| (.*?) \|", page, re.MULTILINE))
    assert set(explained) == {name.upper() for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        plain = field.default.get_secret_value() if hasattr(field.default, "get_secret_value") else field.default
        assert explained[name.upper()] == (f"`{plain}`" if str(plain) else "–")


def test_the_readme_opens_with_the_two_commands_and_names_every_verb() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    first = readme.split("```")[1]
    assert re.findall(r"^\./(\w+\.sh)", first, re.MULTILINE) == ["demo.sh", "test.sh"]
    assert not [verb for verb in VERBS if verb not in readme]


@pytest.mark.parametrize("script", ["demo.sh", "test.sh", ".ci/lock.sh", ".ci/run"])
def test_the_commands_may_be_run(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)
    assert subprocess.run(["bash", "-n", ROOT / script], check=False).returncode == 0


def test_the_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text
