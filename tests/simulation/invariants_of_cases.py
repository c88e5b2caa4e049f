"""What holds for each case: its chain, its history, its state, and the rows that were made of it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from workflows.engine import event_from_json, replay, state_to_json
from workflows.store.chain import verify_chain

from .world import Violation, World


def check_cases(world: World) -> None:
    """Every case that changed since the last look."""
    for case_id, revision, head, state in world.look("SELECT id, revision, chain_head, state FROM cases ORDER BY id"):
        before = world.heads.get(case_id)
        if before is not None:
            _nothing_rewritten(world, case_id, *before)
        if before == (revision, head):
            continue
        _chain(world, case_id)
        history = world.look("SELECT type, data, at FROM events WHERE case_id = ? ORDER BY seq", case_id)
        _replays(case_id, history, _json(state))
        _timers_in_time(world, case_id, history)
        _rows(world, case_id, _json(state))
        world.heads[case_id] = (revision, head)


def _nothing_rewritten(world: World, case_id: int, revision: int, head: str) -> None:
    """I13: what stood in the log when it was last looked at stands there still."""
    found = world.one("SELECT hash FROM events WHERE case_id = ? AND seq = ?", case_id, revision)
    if found != head:
        raise Violation("I13", f"event {revision} of case {case_id} is not what it was")


def _chain(world: World, case_id: int) -> None:
    """I6: the chain verifies, and ends where the case says."""
    with world.without_faults(), world.database.read() as connection:
        found = verify_chain(connection, case_id)
    if found:
        raise Violation("I6", f"the chain of case {case_id} is broken: {found[0]}")


def _replays(case_id: int, history: list[tuple[Any, ...]], state: object) -> None:
    """I16: the history alone gives the state that is kept."""
    happened = [event_from_json({"event": kind, **_json(data)}) for kind, data, _ in history]
    again = json.loads(json.dumps(state_to_json(replay(happened))))
    if again != state:
        wrong = [key for key in again if again[key] != state[key]] if isinstance(state, dict) else again
        raise Violation("I16", f"replaying case {case_id} gives another {wrong}")


def _timers_in_time(world: World, case_id: int, history: list[tuple[Any, ...]]) -> None:
    """I7: no timer fires before its instant, and none twice."""
    due: dict[str, str] = {}
    for kind, data, at in history:
        facts = _json(data) if "Timer" in kind else {}
        if kind in ("TimerArmed", "TimerRescheduled"):
            due[facts["timer_id"]] = facts["due"]
        elif kind == "TimerDisarmed":
            armed = due.pop(facts["timer_id"], None)
            if armed is None:
                raise Violation("I7", f"timer {facts['timer_id']} of case {case_id} ended twice")
            if facts.get("fired") and world.at(datetime.fromisoformat(armed)) > at:
                raise Violation("I7", f"timer {facts['timer_id']} of case {case_id} fired at {at}, before {armed}")


def _rows(world: World, case_id: int, state: dict[str, Any]) -> None:
    """I9: what the state says is open is open in the rows, and nothing else."""
    for name, sql in (
        ("tasks", "SELECT id FROM tasks WHERE case_id = ? AND status = 'open'"),
        ("timers", "SELECT timer_id FROM timers WHERE case_id = ?"),
        ("subscriptions", "SELECT subscription_id FROM subscriptions WHERE case_id = ?"),
    ):
        rows = {str(row[0]).removeprefix(f"{case_id}-") for row in world.look(sql, case_id)}
        kept = {str(each["id"]) if isinstance(each, dict) else str(each) for each in _records(state.get(name, {}))}
        if rows != kept:
            raise Violation("I9", f"case {case_id} has {name} {sorted(kept)} and rows {sorted(rows)}")


def _records(found: Any) -> list[Any]:
    return list(found) if isinstance(found, list) else list(found.keys())


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str | bytes) else value
