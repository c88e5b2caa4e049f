"""What released versions wrote is read, replayed and written again exactly: old cases go on under later versions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from workflows.engine import event_from_json, event_to_json, replay, state_from_json, state_to_json

HISTORIES = sorted((Path(__file__).parent / "histories").glob("*.json"))


def cases_of(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def test_there_is_a_history_to_replay() -> None:
    assert HISTORIES
    assert all(len(cases_of(path)) > 15 for path in HISTORIES)


@pytest.mark.parametrize("path", HISTORIES, ids=lambda path: path.stem)
def test_events_replay_to_the_snapshot_that_was_kept(path: Path) -> None:
    for case in cases_of(path):
        state = replay([event_from_json(written) for written in case["events"]])
        assert json.loads(json.dumps(state_to_json(state))) == case["state"], case["scenario"]


@pytest.mark.parametrize("path", HISTORIES, ids=lambda path: path.stem)
def test_what_was_written_is_written_the_same_again(path: Path) -> None:
    for case in cases_of(path):
        for written in case["events"]:
            assert event_to_json(event_from_json(written)) == written, case["scenario"]
        assert json.loads(json.dumps(state_to_json(state_from_json(case["state"])))) == case["state"], case["scenario"]


@pytest.mark.parametrize("path", HISTORIES, ids=lambda path: path.stem)
def test_every_kind_of_event_that_was_released_is_in_it(path: Path) -> None:
    kinds = {written["event"] for case in cases_of(path) for written in case["events"]}
    assert {
        "CaseStarted",
        "TaskOpened",
        "TimerArmed",
        "SubscriptionOpened",
        "CompensationTaken",
        "IncidentRaised",
    } <= kinds
