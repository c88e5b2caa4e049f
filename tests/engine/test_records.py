"""Events and records as JSON: what is at its default is left out, everything comes back as it was."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from workflows.engine import event_from_json, event_to_json
from workflows.engine import events as ev
from workflows.engine.records import from_fields, to_fields
from workflows.engine.state import Timer

NOON = datetime(2026, 1, 5, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("event", "written"),
    [
        (ev.CaseStarted("d", "P"), {"definition": "d", "process": "P"}),
        (ev.CaseStarted("d", "P", {"x": 1}), {"definition": "d", "process": "P", "variables": {"x": 1}}),
        (
            ev.TaskOpened("1", "a", due=NOON, candidate_groups=("g",), escalation=((-2, "x"), (1, "y"))),
            {
                "task_id": "1",
                "element": "a",
                "due": "2026-01-05T05:00:00+00:00",
                "candidate_groups": ["g"],
                "escalation": [[-2, "x"], [1, "y"]],
            },
        ),
        (
            ev.TimerArmed("1", "0", "t", NOON),
            {"timer_id": "1", "instance": "0", "element": "t", "due": NOON.isoformat()},
        ),
        (
            ev.TimerArmed("1", "0", "t", NOON, "R/P1D", NOON, 3, None),
            {
                "timer_id": "1",
                "instance": "0",
                "element": "t",
                "due": NOON.isoformat(),
                "cycle": "R/P1D",
                "anchor": NOON.isoformat(),
                "fired": 3,
                "left": None,
            },
        ),
        (ev.TokensMoved("vì", ("x",), ()), {"reason": "vì", "cancel": ["x"]}),
        (ev.ConditionChecked("1", False), {"watch_id": "1", "value": False}),
        (ev.CaseResumed(), {}),
    ],
)
def test_an_event_and_its_json(event: ev.Event, written: dict[str, object]) -> None:
    assert event_to_json(event) == {"event": type(event).__name__, **written}
    assert event_from_json({"event": type(event).__name__, **written}) == event


def test_a_null_where_an_instant_may_be_missing() -> None:
    assert from_fields(Timer, {**to_fields(Timer("1", "0", "t", NOON)), "anchor": None}) == Timer("1", "0", "t", NOON)


def test_a_value_that_only_looks_like_the_default_is_written() -> None:
    assert to_fields(Timer("1", "0", "t", NOON, fired=False))["fired"] is False
    assert "fired" not in to_fields(Timer("1", "0", "t", NOON, fired=0))
