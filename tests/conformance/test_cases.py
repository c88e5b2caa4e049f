"""The sample cases of the conformance protocol, in one go and with all memory dropped after every step."""

import json
import sys
from pathlib import Path

import pytest

from . import run_cases
from .adapter import Adapter, EngineError

CASES = Path(__file__).parent / "cases"
NAMES = sorted(path.stem for path in CASES.glob("*.json"))


@pytest.mark.parametrize("restarting", [False, True], ids=["straight", "restarting"])
@pytest.mark.parametrize("name", NAMES)
def test_case(name: str, restarting: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_cases, "EngineError", EngineError)
    monkeypatch.setattr(run_cases, "CASES", str(CASES))
    monkeypatch.setattr(sys, "argv", ["run_cases", *(["--restart"] if restarting else [])])
    case = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    assert run_cases.run(Adapter(), case) in {"ok", "refused at deploy"}
