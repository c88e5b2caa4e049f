"""The sample cases of the conformance protocol on the engine alone: no store, no people, no wall clock."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conformance.scenario import Scenario

from .invariants import WatchedDriver

CASES = sorted((Path(__file__).parents[1] / "conformance/cases").glob("*.json"), key=lambda path: path.stem)


@pytest.mark.parametrize("restarting", [False, True], ids=["straight", "restarting"])
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path, restarting: bool) -> None:
    Scenario(path, WatchedDriver(), restarting=restarting).play()
