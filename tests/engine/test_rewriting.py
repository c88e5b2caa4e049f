"""What a migration does to a state: elements and flows of the case's own process have their new names everywhere."""

from __future__ import annotations

from typing import Any

from workflows.engine import State, evolve, state_from_json, state_to_json
from workflows.engine import events as ev

NAMES = {"x": "y", "f": "g", "bo_x": "bo_y", "h": "k", "b": "c"}


def state(**parts: Any) -> State:
    """A case with an open instance of `x` in its own process and one in a process that it called."""
    called = {"id": "3", "element": "Q", "parent": "2", "root": "3", "role": "process"}
    places = [
        {"id": "0", "element": "x", "parent": None, "role": "process"},
        {"id": "1", "element": "x", "parent": "0"},
        {"id": "2", "element": "goi", "parent": "0"},
        called,
        {"id": "4", "element": "x", "parent": "3", "root": "3"},
    ]
    homes = {"0": ["d", "x"], "3": ["d", "Q"]}
    return state_from_json({"status": "active", "counter": 20, "instances": places, "homes": homes, **parts})


def migrated(names: dict[str, str] | None = None, **parts: Any) -> dict[str, Any]:
    before = state(**parts)
    kept = state_to_json(before)
    after = state_to_json(evolve(before, ev.CaseMigrated("d", "d2", "vì", NAMES if names is None else names)))
    assert state_to_json(before) == kept
    return after


def test_only_the_own_process_goes_on_under_another_file() -> None:
    assert migrated()["homes"] == {"0": ["d2", "x"], "3": ["d", "Q"]}
    unchanged = {**state_to_json(state()), "homes": {"0": ["d2", "x"], "3": ["d", "Q"]}}
    assert migrated({}) == migrated({"khong": "lac"}) == unchanged


def test_instances_have_their_new_names_but_not_the_process_and_not_what_it_calls() -> None:
    names = {place["id"]: place["element"] for place in migrated()["instances"]}
    assert names == {"0": "x", "1": "y", "2": "goi", "3": "Q", "4": "x"}


def test_tasks_and_conditions() -> None:
    tasks = [{"id": "1", "element": "x", "assignee": "an"}, {"id": "2", "element": "goi"}, {"id": "4", "element": "x"}]
    watches = [
        {"id": "7", "instance": "1", "element": "b", "value": True},
        {"id": "8", "instance": "2", "element": "d"},
        {"id": "9", "instance": "4", "element": "b"},
    ]
    after = migrated(tasks=tasks, watches=watches)
    assert after["tasks"] == [{**tasks[0], "element": "y"}, tasks[1], tasks[2]]
    assert after["watches"] == [{**watches[0], "element": "c"}, watches[1], watches[2]]


def test_tokens_at_joins_keep_their_number() -> None:
    held = {"0": {"f": 2, "e": 1}, "3": {"f": 1}}
    assert migrated(held=held)["held"] == {"0": {"g": 2, "e": 1}, "3": {"f": 1}}


def test_what_can_be_undone_and_what_is_being_undone() -> None:
    inner = [{"id": "12", "element": "x", "inner": [{"id": "13", "element": "b"}]}]
    records = [{"id": "10", "element": "x", "inner": inner, "variables": {"x": 1}}, {"id": "11", "element": "a"}]
    renamed = [
        {
            "id": "10",
            "element": "y",
            "inner": [{"id": "12", "element": "y", "inner": [{"id": "13", "element": "c"}]}],
            "variables": {"x": 1},
        },
        {"id": "11", "element": "a"},
    ]
    after = migrated(
        kept={"0": records, "3": records},
        facts={
            "1": {"todo": records, "running": [{"id": "14", "element": "x"}], "waits": True},
            "4": {"todo": records},
        },
    )
    assert after["kept"] == {"0": renamed, "3": records}
    assert after["facts"] == {
        "1": {"todo": renamed, "running": [{"id": "14", "element": "y"}], "waits": True},
        "4": {"todo": records},
    }


def test_rounds_of_complex_joins_and_scopes_that_were_interrupted() -> None:
    facts = {
        "0": {"fired": {"x": ["f", "e"], "j": []}, "interrupted": "h", "khac": "x"},
        "1": {"interrupted": "z"},
        "2": {"running": []},
    }
    assert migrated(facts=facts)["facts"] == {
        "0": {"fired": {"y": ["g", "e"], "j": []}, "interrupted": "k", "khac": "x"},
        "1": {"interrupted": "z"},
        "2": {"running": []},
    }


def test_incidents_with_what_is_to_be_tried_again() -> None:
    timer = {"id": "5", "instance": "1", "element": "b", "due": "2026-01-05T01:00:00+00:00"}
    incidents = [
        {"id": "15", "code": "A", "element": "x", "message": "vì", "command": {"command": "FireTimer", "timer": timer}},
        {"id": "16", "code": "B", "element": "khac", "command": {"command": "CompleteTask", "task_id": "1"}},
        {"id": "17", "code": "C"},
        {"id": "18", "code": "D", "command": {"command": "FireTimer", "timer": {**timer, "element": "khac"}}},
    ]
    after = migrated(incidents=incidents)["incidents"]
    again = {"command": "FireTimer", "timer": {**timer, "element": "c"}}
    assert after[0] == {**incidents[0], "element": "y", "command": again}
    assert after[1:] == incidents[1:]


def test_counts_of_steps_that_become_one_are_joined() -> None:
    after = migrated(
        rounds={"x": 3, "y": 2, "z": 1, "b": 1}, performed={"y": ["an"], "x": ["binh", "an"], "z": ["cuong"]}
    )
    assert after["rounds"] == {"y": 3, "z": 1, "c": 1}
    assert after["performed"] == {"y": ["an", "binh"], "z": ["cuong"]}
    assert migrated(rounds={"x": 2, "y": 5})["rounds"] == {"y": 5}
