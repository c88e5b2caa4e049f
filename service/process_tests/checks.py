"""The checks of an `expect` step: what was wanted against what is seen, as sentences in Vietnamese."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from workflows.bpmn.iso8601 import parse_instant

Seen = Mapping[str, Any]


def differences(seen: Seen, wanted: Mapping[str, Any]) -> Iterator[str]:
    """A sentence for every check that fails; `seen` is the snapshot of a case."""
    for name, value in wanted.items():
        if name in CHECKS and not CHECKS[name](seen, value):
            yield f"{WORDS[name]}: mong {_told(value)}, thực tế {_told(_actual(seen, name, value))}"


def listed(value: Any) -> list[Any]:  # noqa: ANN401 - a JSON value
    """A list, or the one thing that stands for a list of it."""
    return value if isinstance(value, list) else [value]


def _told(value: Any) -> str:  # noqa: ANN401 - a JSON value
    return json.dumps(value, ensure_ascii=False, default=str)


def _actual(seen: Seen, name: str, wanted: Any) -> Any:  # noqa: ANN401 - a JSON value
    if name in {"visited", "notVisited", "counts"}:
        return seen["visited"]
    if name == "vars":
        return {key: seen["vars"].get(key) for key in wanted}
    if name == "absent":
        return sorted(set(wanted) & set(seen["vars"]))
    if name == "task":
        return next((task for task in seen["tasks"] if task["element"] == wanted.get("element")), None)
    return seen[{"stateNot": "state", "doneSet": "done"}.get(name, name)]


def _due(timers: list[Mapping[str, str]]) -> list[tuple[str, datetime]]:
    return sorted((timer["element"], parse_instant(timer["due"])) for timer in timers)


def _task(seen: Seen, wanted: Mapping[str, Any]) -> bool:
    task = next((task for task in seen["tasks"] if task["element"] == wanted.get("element")), None)
    return task is not None and all(_same_in_task(task, name, value) for name, value in wanted.items())


def _same_in_task(task: Mapping[str, Any], name: str, value: Any) -> bool:  # noqa: ANN401 - a JSON value
    found = task.get(name)
    if name == "vars":
        return all(task["vars"].get(key) == item for key, item in value.items())  # null: none, as in the protocol
    if name in {"due", "followUp"} and found is not None and value is not None:
        return parse_instant(found) == parse_instant(value)
    return sorted(found or ()) == sorted(value) if name.startswith("candidate") else bool(found == value)


CHECKS: Mapping[str, Callable[[Seen, Any], bool]] = {
    "state": lambda seen, wanted: seen["state"] in listed(wanted),
    "stateNot": lambda seen, wanted: seen["state"] not in listed(wanted),
    "waiting": lambda seen, wanted: Counter(seen["waiting"]) == Counter(wanted),
    "done": lambda seen, wanted: seen["done"] == wanted,
    "doneSet": lambda seen, wanted: Counter(seen["done"]) == Counter(wanted),
    "visited": lambda seen, wanted: all(seen["visited"].get(name) for name in wanted),
    "notVisited": lambda seen, wanted: not any(seen["visited"].get(name) for name in wanted),
    "counts": lambda seen, wanted: all(seen["visited"].get(name, 0) == number for name, number in wanted.items()),
    "vars": lambda seen, wanted: all(
        name in seen["vars"] and seen["vars"][name] == value for name, value in wanted.items()
    ),
    "absent": lambda seen, wanted: not set(wanted) & set(seen["vars"]),
    "timers": lambda seen, wanted: _due(seen["timers"]) == _due(wanted),
    "task": _task,
}
WORDS: Mapping[str, str] = {
    "state": "trạng thái",
    "stateNot": "trạng thái khác",
    "waiting": "đang chờ ở",
    "done": "việc đã xong (theo thứ tự)",
    "doneSet": "việc đã xong",
    "visited": "đã đi qua",
    "notVisited": "chưa đi qua",
    "counts": "số lần đi qua",
    "vars": "biến",
    "absent": "không có biến",
    "timers": "hẹn giờ",
    "task": "việc đang mở",
}
