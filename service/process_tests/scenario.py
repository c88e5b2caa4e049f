"""Reads a scenario file and plays it, step by step, on whatever offers the operations of the protocol."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from workflows.bpmn.iso8601 import parse_duration, parse_instant

from .checks import CHECKS, differences, listed
from .seen import CAPABILITIES, EngineError

START = "2026-01-05T01:00:00Z"
# What each operation cannot do without.
OPERATIONS: dict[str, tuple[str, ...]] = {
    "start": ("process",),
    "complete": ("task",),
    "error": ("task", "code"),
    "advance": (),
    "message": ("name",),
    "signal": ("name",),
    "set": ("vars",),
    "activate": ("adhoc", "elements"),
    "cancel": (),
    "restart": (),
    "expect": (),
}
OF_EXPECT = {"op", "in", "instances", "missingOk", *CHECKS}


class BadScenario(Exception):
    """A file that is no scenario; the text is a Vietnamese sentence."""


@dataclass(frozen=True)
class Told:
    """One step as it was played: `wrong` are sentences, none when all is as wanted."""

    number: int
    step: dict[str, Any]
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scenario:
    """A scenario file that was read: the processes it deploys and its steps."""

    path: Path
    title: str
    files: dict[str, bytes]
    deploy: dict[str, Any]
    clock: datetime
    steps: tuple[dict[str, Any], ...]


def read_scenario(path: Path) -> Scenario:
    """The scenario in this file; BadScenario says what is wrong with it."""
    try:
        case = json.loads(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise BadScenario(f"Không đọc được tệp {path}.") from problem
    except ValueError as problem:
        raise BadScenario(f"Tệp {path} không phải là JSON đúng dạng: {problem}.") from problem
    if not isinstance(case, dict) or not isinstance(case.get("steps"), list):
        raise BadScenario(f"Tệp {path} không phải là kịch bản: phải có danh sách “steps”.")
    unknown = set(case.get("needs", ())) - CAPABILITIES
    if unknown:
        raise BadScenario(f"Kịch bản {path} cần thứ không có: {', '.join(sorted(unknown))}.")
    for number, step in enumerate(case["steps"], 1):
        _check_step(path, number, step)
    files = {}
    for name in case.get("files") or [f"{path.stem}.bpmn"]:
        try:
            files[name] = (path.parent / name).read_bytes()
        except OSError as problem:
            raise BadScenario(f"Kịch bản {path} dùng tệp {name} nhưng không đọc được tệp đó.") from problem
    try:
        clock = parse_instant(case.get("clock", START)).astimezone(UTC)
    except ValueError as problem:
        raise BadScenario(f"Kịch bản {path}: không đọc được “clock”.") from problem
    title = case.get("title") or case.get("case") or path.stem
    return Scenario(path, title, files, case.get("deploy", {"expect": "ok"}), clock, tuple(case["steps"]))


def _check_step(path: Path, number: int, step: Any) -> None:  # noqa: ANN401 - whatever the file holds
    where = f"Kịch bản {path}, bước {number}"
    if not isinstance(step, dict) or step.get("op") not in OPERATIONS:
        raise BadScenario(f"{where}: “op” phải là một trong: {', '.join(OPERATIONS)}.")
    missing = [name for name in OPERATIONS[step["op"]] if name not in step]
    if missing:
        raise BadScenario(f"{where} ({step['op']}): thiếu {', '.join(missing)}.")
    unknown = set(step) - OF_EXPECT if step["op"] == "expect" else ()
    if unknown:
        raise BadScenario(f"{where}: không có phép kiểm {', '.join(sorted(unknown))}.")
    try:
        for length in (step[name] for name in ("by", "downtime") if name in step):
            parse_duration(length)
        if "by" in step:
            return
        if "to" in step:
            parse_instant(step["to"])
        elif step["op"] == "advance":
            raise BadScenario(f"{where} (advance): thiếu by hoặc to.")
    except (ValueError, TypeError) as problem:
        raise BadScenario(f"{where}: không đọc được thời gian.") from problem


def play(scenario: Scenario, driver: Any, *, restarting: bool = False) -> Iterator[Told]:  # noqa: ANN401 - any adapter
    """Deploy the files, then play the steps up to the first that goes wrong; `driver` offers the operations.

    With `restarting` all memory is dropped after every step.
    """
    yield from _Played(scenario, driver, restarting=restarting).steps()


class _Played:
    """A scenario while it is played."""

    def __init__(self, scenario: Scenario, driver: Any, *, restarting: bool) -> None:  # noqa: ANN401 - any adapter
        self._scenario = scenario
        self._driver = driver
        self._restarting = restarting
        self._clock = scenario.clock
        self._instances: dict[str, Any] = {}

    def steps(self) -> Iterator[Told]:
        self._driver.reset(self._clock)
        told, deployed = self._deployed()
        yield told
        if not deployed:
            return
        for number, step in enumerate(self._scenario.steps, 1):
            wrong = tuple(self._expected(step) if step["op"] == "expect" else self._acted(step))
            yield Told(number, step, wrong)
            if wrong:
                return
            if self._restarting and step["op"] != "expect":
                self._driver.restart(self._clock)

    def _deployed(self) -> tuple[Told, bool]:
        wanted = self._scenario.deploy
        step = {"op": "deploy", "files": list(self._scenario.files), **wanted}
        try:
            self._driver.deploy(self._scenario.files)
        except EngineError as refused:
            if wanted.get("expect") == "ok":
                return Told(0, step, (f"tệp bị từ chối: {refused}",)), False
            codes = listed(wanted.get("code", refused.code))
            wrong = () if refused.code in codes else (f"tệp bị từ chối vì {refused.code}, mong {', '.join(codes)}",)
            hidden = wanted.get("mustNotContain")
            if hidden and hidden in str(refused):
                wrong = (*wrong, f"lời từ chối có “{hidden}”")
            return Told(0, step, wrong), False
        if wanted.get("expect") == "refused":
            return Told(0, step, ("tệp được nhận trong khi phải bị từ chối",)), False
        return Told(0, step), True

    def _acted(self, step: dict[str, Any]) -> Iterator[str]:
        fails = step.get("fails", {})
        wanted = listed(step.get("raises") or fails.get("code") or [])
        try:
            self._do(step)
        except EngineError as refused:
            if not wanted:
                yield f"bị từ chối: {refused}"
            elif refused.code not in wanted:
                yield f"bị từ chối vì {refused.code}, mong {', '.join(wanted)}"
            return
        if "raises" in step:
            yield f"được thực hiện trong khi phải bị từ chối ({', '.join(wanted)})"
        elif fails:
            found = self._driver.snapshot(self._instance(step))["incidents"]
            element = fails.get("element")
            if not any(item["code"] in wanted and element in {None, item["element"]} for item in found):
                yield f"không có sự cố {', '.join(wanted)} ở {element or 'bước nào'}; đang có {found}"

    def _instance(self, step: dict[str, Any]) -> Any:  # noqa: ANN401 - whatever the driver calls a case
        name = step.get("as", step.get("in", "i"))
        if name not in self._instances:
            raise EngineError("NO_MATCH", f"chưa có hồ sơ “{name}”")
        return self._instances[name]

    def _do(self, step: dict[str, Any]) -> None:
        driver, variables = self._driver, dict(step.get("vars", {}))
        acts: dict[str, Callable[[], Any]] = {
            "start": lambda: self._begun(step, driver.start(step["process"], variables, step.get("key"))),
            "complete": lambda: driver.complete(
                self._instance(step),
                step["task"],
                variables,
                step.get("nth"),
                step.get("where"),
                step.get("local", False),
            ),
            "error": lambda: driver.error(self._instance(step), step["task"], step["code"]),
            "advance": lambda: driver.advance(self._moved(step)),
            "message": lambda: self._begun(step, driver.message(step["name"], step.get("key"), variables)),
            "signal": lambda: driver.signal(step["name"], variables),
            "set": lambda: driver.set_vars(self._instance(step), variables),
            "activate": lambda: driver.activate(self._instance(step), step["adhoc"], step["elements"]),
            "cancel": lambda: driver.cancel(self._instance(step)),
            "restart": lambda: driver.restart(self._moved({"by": step.get("downtime", "PT0S")})),
        }
        acts[step["op"]]()

    def _begun(self, step: dict[str, Any], case: Any) -> None:  # noqa: ANN401 - whatever the driver calls a case
        if step["op"] == "start" or "as" in step:
            if case is None:
                raise EngineError("NO_MATCH", "tin không mở hồ sơ nào")
            self._instances[step.get("as", "i")] = case

    def _moved(self, step: dict[str, Any]) -> datetime:
        self._clock = parse_duration(step["by"]).add_to(self._clock) if "by" in step else parse_instant(step["to"])
        return self._clock

    def _expected(self, step: dict[str, Any]) -> Iterator[str]:
        for process, number in step.get("instances", {}).items():
            found = self._driver.count(process)
            if found != number:
                yield f"số hồ sơ đang chạy của {process}: mong {number}, thực tế {found}"
        if not CHECKS.keys() & step.keys():
            return
        try:
            yield from differences(self._driver.snapshot(self._instance(step)), step)
        except EngineError as refused:
            yield str(refused)
