"""The lock files hold what pyproject.toml asks for: one version and its hashes each, nothing of this machine."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from .source import ROOT

ENTRY = re.compile(
    r"^([a-z0-9][a-z0-9._-]*)==([^\s;]+)(?: ; [^\\]+)? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.M
)


def pins(lock: str) -> dict[str, set[Version]]:
    """Package to versions (several where they differ by Python version)."""
    found: dict[str, set[Version]] = {}
    for name, version, _ in ENTRY.findall((ROOT / lock).read_text(encoding="utf-8")):
        found.setdefault(name, set()).add(Version(version))
    return found


def wanted(*extras: str) -> list[Requirement]:
    """The requirements of the program, and those of these extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *(line for extra in extras for line in project["optional-dependencies"][extra])]
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize(("lock", "extras"), [("requirements.lock", ()), ("requirements-dev.lock", ("dev",))])
def test_lock_satisfies_the_project(lock: str, extras: tuple[str, ...]) -> None:
    locked = pins(lock)
    for requirement in wanted(*extras):
        versions = locked.get(requirement.name.lower().replace("_", "-"), set())
        assert versions, requirement
        assert all(requirement.specifier.contains(version) for version in versions), (requirement, versions)


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_line_is_a_version_with_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert ENTRY.sub("", text).strip() == ""


def test_the_tests_run_on_what_is_shipped() -> None:
    shipped, tested = pins("requirements.lock"), pins("requirements-dev.lock")
    assert {name: tested.get(name) for name in shipped} == shipped


def test_the_tools_that_set_up_are_locked_too() -> None:
    assert {"uv", "hatchling", "editables"} <= set(pins("requirements.lock"))


def test_prefect_has_a_version_of_its_clock_library_for_every_python() -> None:
    # Prefect takes pendulum up to 3.12 and whenever from 3.13 on: a lock made for one Python would lack the other.
    assert {"pendulum", "whenever"} <= set(pins("requirements.lock"))
