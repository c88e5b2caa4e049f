"""The state of a case: what an instance sees, what is inside it, and what its JSON leaves out (DESIGN 3)."""

from __future__ import annotations

import pytest

from workflows.engine import State, state_from_json, state_to_json

PLACES = [
    {"id": "0", "element": "P", "parent": None, "role": "process"},
    {"id": "1", "element": "sp", "parent": "0"},
    {"id": "2", "element": "a", "parent": "1"},
    {"id": "3", "element": "goi", "parent": "1"},
    {"id": "4", "element": "Q", "parent": "3", "root": "4", "role": "process"},
    {"id": "5", "element": "b", "parent": "4", "root": "4"},
    {"id": "6", "element": "c", "parent": "0"},
]
WRITTEN = {
    "status": "active",
    "counter": 9,
    "suspended": True,
    "business_key": "K",
    "instances": PLACES,
    "variables": {"0": {"x": 0, "y": 0}, "1": {"x": 1}, "2": {"z": 2}, "4": {"w": 4}},
    "facts": {"1": {"done": True}},
    "homes": {"0": ["d", "P"], "4": ["d", "Q"]},
    "held": {"0": {"f": 2}},
    "kept": {"0": [{"id": "7", "element": "k"}]},
    "rounds": {"a": 2},
    "performed": {"a": ["an"]},
    "tasks": [{"id": "2", "element": "a", "assignee": "an"}],
    "timers": [{"id": "8", "instance": "1", "element": "t", "due": "2026-01-05T01:00:00+00:00"}],
    "subscriptions": [{"id": "9", "instance": "1", "element": "w", "kind": "message", "name": "tin"}],
    "watches": [{"id": "10", "instance": "1", "element": "v", "value": True}],
    "incidents": [{"id": "11", "code": "A"}],
}


def test_json_and_back() -> None:
    state = state_from_json(WRITTEN)
    assert state_to_json(state) == WRITTEN
    assert state.children == {"0": 2, "1": 2, "3": 1, "4": 1}
    assert state_to_json(State()) == {"status": "new", "counter": 0}
    empty = state_from_json({"status": "new", "counter": 0})
    assert empty == State() and (empty.business_key, empty.suspended, empty.children) == (None, False, {})


def test_the_nearest_variable_is_seen_and_a_call_is_a_border() -> None:
    state = state_from_json(WRITTEN)
    assert state.visible("0") == {"x": 0, "y": 0}
    assert state.visible("1") == {"x": 1, "y": 0}
    assert state.visible("2") == {"x": 1, "y": 0, "z": 2}
    assert state.visible("3") == {"x": 1, "y": 0}
    assert state.visible("4") == state.visible("5") == {"w": 4}
    assert state.visible("6") == {"x": 0, "y": 0}
    assert state.visible("99") == {}


def test_what_is_inside_oldest_first() -> None:
    state = state_from_json(WRITTEN)
    assert [place.id for place in state.inside("0")] == ["1", "2", "3", "4", "5", "6"]
    assert [place.id for place in state.inside("1")] == ["2", "3", "4", "5"]
    assert [place.id for place in state.inside("5")] == []


def test_a_copy_is_a_case_of_its_own() -> None:
    state = state_from_json(WRITTEN)
    twin = state.copy()
    assert twin == state
    assert (twin.children, twin.suspended, twin.business_key, twin.counter) == (state.children, True, "K", 9)
    for name in State.__slots__:
        value = getattr(twin, name)
        if isinstance(value, dict):
            value.clear()
    assert state_to_json(state) == WRITTEN and state.children


@pytest.mark.parametrize("status", ["completed", "terminated", "cancelled", "failed", "new", "active"])
def test_a_case_is_over_in_four_ways(status: str) -> None:
    state = state_from_json({"status": status, "counter": 0})
    assert state.is_over() == (status not in {"new", "active"})


def test_the_variables_of_the_process_stay_when_it_is_over() -> None:
    assert state_from_json({**WRITTEN, "status": "completed"}).process_variables() == {"x": 0, "y": 0}
    assert State().process_variables() == {}
