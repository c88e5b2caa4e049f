"""What a scenario can see of a case, from its state and its history; the engine's own tests use it too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from workflows.engine import State

STATES = {"active", "completed", "terminated", "cancelled", "failed"}
INNER = {"NodePassed", "NodeLeft"}
CAPABILITIES = frozenset(
    [
        "timers",
        "messages",
        "correlation",
        "signals",
        "mi",
        "micounters",
        "micollect",
        "feel",
        "errors",
        "conditional",
        "call",
        "loop",
        "deploycheck",
        "eventstart",
        "paths",
        "locals",
        "cancel",
        "limits",
        "catchup",
        "complex",
        "link",
        "compensation",
        "transaction",
        "adhoc",
        "iomapping",
        "taskmeta",
        "restart",
        "sandbox",
        "strict-or-join",
        "evdefref",
    ]
)


class EngineError(Exception):
    """A refusal with its code; the runner goes by the name of this class."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(f"{code}: {message}"[:300])
        self.code = code


def seen(state: State, history: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The snapshot of a case; `history` is its events as `event_to_json` writes them."""
    visited: dict[str, int] = {}
    done = []
    opened: dict[str, Mapping[str, Any]] = {}
    for event in history:
        if event["event"] == "TaskOpened":
            opened[event["task_id"]] = event
        if event["event"] in INNER and event.get("how", "completed") == "completed" and not event.get("body"):
            visited[event["element"]] = visited.get(event["element"], 0) + 1
            if event.get("kind", "").lower().endswith("task"):
                done.append(event["element"])
    return {
        "state": state.status if state.status in STATES else "active",
        "waiting": _waiting(state),
        "done": done,
        "visited": visited,
        "vars": state.process_variables(),
        "tasks": [_task(opened[task.id], state) for task in state.tasks.values()],
        "timers": [{"element": timer.element, "due": timer.due.isoformat()} for timer in state.timers.values()],
        "incidents": [{"code": item.code, "element": item.element} for item in state.incidents.values()],
    }


def _waiting(state: State) -> list[str]:
    """Open work items, and event instances that wait: catch events, receive tasks, event-based gateways."""
    waiting = [task.element for task in state.tasks.values()]
    own = [
        *((wait.instance, wait.element) for wait in state.subscriptions.values()),
        *((timer.instance, timer.element) for timer in state.timers.values()),
        *((watch.instance, watch.element) for watch in state.watches.values()),
    ]
    for instance in dict.fromkeys(instance for instance, _ in own):
        place = state.instances[instance]
        if (place.role == "event" and instance not in state.tasks) or (instance, place.element) in own:
            waiting.append(place.element)
    return waiting


def _task(opened: Mapping[str, Any], state: State) -> dict[str, Any]:
    return {
        "element": opened["element"],
        "name": opened.get("name"),
        "assignee": state.tasks[opened["task_id"]].assignee,
        "candidateGroups": opened.get("candidate_groups", []),
        "candidateUsers": opened.get("candidate_users", []),
        "due": opened.get("due"),
        "followUp": opened.get("follow_up"),
        "priority": opened.get("priority", 50),
        "formKey": opened.get("form_key"),
        "vars": state.visible(opened["task_id"]),
    }
