"""Plays one case of the conformance protocol on an adapter; an AssertionError says which step differs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from workflows.bpmn.iso8601 import parse_duration, parse_instant

from .seen import EngineError

Step = dict[str, Any]


class Scenario:
    """One case while it is played."""

    def __init__(self, path: Path, adapter: Any, *, restarting: bool = False) -> None:
        self.case = json.loads(path.read_text(encoding="utf-8"))
        self.folder = path.parent
        self.restarting = restarting
        self.adapter = adapter
        self.instances: dict[str, Any] = {}
        self.clock = parse_instant(self.case.get("clock", "2026-01-05T01:00:00Z")).astimezone(UTC)

    def play(self) -> None:
        """Deploy, then every step in its order."""
        assert set(self.case["needs"]) <= self.adapter.capabilities
        self.adapter.reset(self.clock)
        if not self._deployed(self.case.get("deploy", {"expect": "ok"})):
            return
        for number, step in enumerate(self.case["steps"]):
            where = f"step {number} {step}"
            if step["op"] == "expect":
                self._expect(step, where)
                continue
            self._act(step, where)
            if self.restarting:
                self.adapter.restart(self.clock)

    def _deployed(self, wanted: Step) -> bool:
        try:
            self.adapter.deploy({name: (self.folder / name).read_bytes() for name in self.case["files"]})
        except EngineError as refused:
            assert wanted["expect"] != "ok", refused
            assert refused.code in _listed(wanted.get("code", refused.code)), refused
            return False
        assert wanted["expect"] != "refused", "a bad file was accepted"
        return True

    def _act(self, step: Step, where: str) -> None:
        wanted = step.get("raises") or step.get("fails", {}).get("code")
        try:
            self._do(step)
        except EngineError as refused:
            assert wanted is not None and refused.code in _listed(wanted), f"{where}: {refused}"
            return
        assert "raises" not in step, f"{where}: should be refused"
        if "fails" in step:
            found = self.adapter.snapshot(self._instance(step))["incidents"]
            assert any(item["code"] in _listed(wanted) for item in found), f"{where}: {found}"

    def _instance(self, step: Step) -> Any:
        return self.instances[step.get("as", step.get("in", "i"))]

    def _do(self, step: Step) -> None:
        adapter, variables = self.adapter, dict(step.get("vars", {}))
        acts: dict[str, Callable[[], Any]] = {
            "start": lambda: self.instances.update(
                {step["as"]: adapter.start(step["process"], variables, step.get("key"))}
            ),
            "complete": lambda: adapter.complete(
                self._instance(step),
                step["task"],
                variables,
                step.get("nth"),
                step.get("where"),
                step.get("local", False),
            ),
            "error": lambda: adapter.error(self._instance(step), step["task"], step["code"]),
            "advance": lambda: adapter.advance(self._moved(step)),
            "message": lambda: self._message(step, variables),
            "signal": lambda: adapter.signal(step["name"], variables),
            "set": lambda: adapter.set_vars(self._instance(step), variables),
            "activate": lambda: adapter.activate(self._instance(step), step["adhoc"], step["elements"]),
            "cancel": lambda: adapter.cancel(self._instance(step)),
            "restart": lambda: adapter.restart(self._moved({"by": step.get("downtime", "PT0S")})),
        }
        acts[step["op"]]()

    def _moved(self, step: Step) -> datetime:
        self.clock = parse_duration(step["by"]).add_to(self.clock) if "by" in step else parse_instant(step["to"])
        return self.clock

    def _message(self, step: Step, variables: dict[str, Any]) -> None:
        started = self.adapter.message(step["name"], step.get("key"), variables)
        if "as" in step:
            assert started is not None
            self.instances[step["as"]] = started

    def _expect(self, step: Step, where: str) -> None:
        for process, number in step.get("instances", {}).items():
            assert self.adapter.count(process) == number, where
        seen = self.adapter.snapshot(self._instance(step))
        for name, wanted in step.items():
            if name not in {"op", "in", "instances", "missingOk"}:
                assert CHECKS[name](seen, wanted), f"{where}: {name} is {seen.get(name, seen['visited'])}"


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _due(timers: list[dict[str, str]]) -> list[tuple[str, datetime]]:
    return sorted((timer["element"], parse_instant(timer["due"])) for timer in timers)


def _task(seen: dict[str, Any], wanted: dict[str, Any]) -> bool:
    task = next(task for task in seen["tasks"] if task["element"] == wanted["element"])
    for name, value in wanted.items():
        if name == "vars":
            if any(task["vars"].get(key) != item for key, item in value.items()):
                return False
        elif name in {"due", "followUp"}:
            if parse_instant(task[name]) != parse_instant(value):
                return False
        elif (sorted(task[name]) if name.startswith("candidate") else task[name]) != (
            sorted(value) if name.startswith("candidate") else value
        ):
            return False
    return True


CHECKS: dict[str, Callable[[dict[str, Any], Any], bool]] = {
    "state": lambda seen, wanted: seen["state"] in _listed(wanted),
    "stateNot": lambda seen, wanted: seen["state"] not in _listed(wanted),
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
