"""The sample cases of the conformance protocol, in one go and with all memory dropped after every step."""

from pathlib import Path

import pytest

from .scenario import Scenario

CASES = sorted((Path(__file__).parent / "cases").glob("*.json"), key=lambda path: path.stem)


@pytest.mark.parametrize("restarting", [False, True], ids=["straight", "restarting"])
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path, restarting: bool) -> None:
    Scenario(path, restarting=restarting).play()
