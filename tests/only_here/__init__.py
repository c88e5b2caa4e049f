"""Nobody in a whole test run speaks to another machine: not the tests, and no Python program that they start.

The guard is an audit hook, which nothing that is imported later can take away. A child gets it by the file
`sitecustomize.py` in `children/`, which Python loads before anything else.
"""

from __future__ import annotations

import atexit
import os
import sys
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

__all__ = ["SpokeElsewhere", "install", "nobody_speaks_elsewhere", "taken"]
CHILDREN = Path(__file__).with_name("children")
# Under the name that a child knows it by: a worker of xdist is a child, and has one guard, not two.
sys.path.insert(0, str(CHILDREN))
_guard = import_module("only_this_machine")
NOTES: str = _guard.NOTES
SpokeElsewhere: type[RuntimeError] = _guard.SpokeElsewhere


def install() -> None:
    """Guard this process, and those that it starts from now on."""
    handle, place = tempfile.mkstemp(prefix="kehoach-elsewhere-")  # of this process alone: xdist has several
    os.close(handle)
    atexit.register(Path(place).unlink)
    os.environ[NOTES] = place
    others = [each for each in os.environ.get("PYTHONPATH", "").split(os.pathsep) if each and each != str(CHILDREN)]
    os.environ["PYTHONPATH"] = os.pathsep.join([str(CHILDREN), *others])
    _guard.guard()


def taken() -> list[str]:
    """Who was spoken to since the last time, and forget it."""
    place = Path(os.environ[NOTES])
    told = place.read_text(encoding="utf-8").splitlines()
    if told:
        place.write_text("", encoding="utf-8")
    return told


@pytest.fixture(autouse=True)
def nobody_speaks_elsewhere() -> Iterator[None]:
    """Each test fails that speaks to another machine, also where somebody caught the error."""
    yield
    assert taken() == []
