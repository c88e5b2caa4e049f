"""A tiny builder of processes and a driver for one case, on the engine alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.conformance.seen import EngineError
from workflows.bpmn.iso8601 import parse_duration
from workflows.errors import Refused

from .invariants import WatchedDriver

START = datetime(2026, 1, 5, 1, tzinfo=UTC)
HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" '
    'xmlns:flowable="http://flowable.org/bpmn" xmlns:activiti="http://activiti.org/bpmn" '
    'xmlns:kehoach="http://kehoach.vn/bpmn/1" id="defs" targetNamespace="urn:t">'
)
STEP = re.compile(r"(\w+)\s*(?:\[([^\]]*)\])?\s*")


def flows(*chains: str, prefix: str = "f") -> str:
    """Sequence flows from chains such as `start a [${x}] b`: a condition stands before the target it leads to."""
    written = []
    for at, chain in enumerate(chains):
        before, condition = None, None
        for token in re.findall(r"\[[^\]]*\]|\S+", chain):
            if token.startswith("["):
                condition = token[1:-1]
                continue
            if before is not None:
                inner = f"<conditionExpression>{escape(condition)}</conditionExpression>" if condition else ""
                written.append(
                    f'<sequenceFlow id="{prefix}{at}_{before}_{token}" sourceRef="{before}" '
                    f'targetRef="{token}">{inner}</sequenceFlow>'
                )
            before, condition = token, None
    return "".join(written)


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def process(body: str, *chains: str, key: str = "P", prefix: str = "f") -> str:
    """One executable process."""
    return f'<process id="{key}" isExecutable="true">{body}{flows(*chains, prefix=prefix)}</process>'


def file(*parts: str) -> bytes:
    """One BPMN file."""
    return (HEAD + "".join(parts) + "</definitions>").encode()


def nodes(kind: str, *names: str) -> str:
    """Plain elements of one kind."""
    return "".join(f'<{kind} id="{name}"/>' for name in names)


def users(*names: str) -> str:
    return nodes("userTask", *names)


BORDER = '<startEvent id="s"/><endEvent id="e"/>'


class Play:
    """One case (alias i) of process P, and everything else that its file deploys."""

    def __init__(self, *parts: str, start: bool = True, key: str | None = None, **variables: Any) -> None:
        self.adapter = WatchedDriver()
        self.adapter.reset(START)
        self.adapter.deploy({"x.bpmn": file(*parts)})
        self.clock = START
        self.case = self.adapter.start("P", variables, key) if start else "1"

    def done(self, task: str, nth: int | None = None, **variables: Any) -> Play:
        self.adapter.complete(self.case, task, variables, nth, None)
        return self

    def error(self, task: str, code: str) -> Play:
        self.adapter.error(self.case, task, code)
        return self

    def advance(self, by: str) -> Play:
        self.clock = parse_duration(by).add_to(self.clock)
        self.adapter.advance(self.clock)
        return self

    def message(self, name: str, key: str | None = None, **variables: Any) -> str | None:
        return self.adapter.message(name, key, variables)

    def signal(self, name: str, **variables: Any) -> Play:
        self.adapter.signal(name, variables)
        return self

    def set(self, **variables: Any) -> Play:
        self.adapter.set_vars(self.case, variables)
        return self

    def look(self, case: str | None = None) -> dict[str, Any]:
        return self.adapter.snapshot(case or self.case)

    @property
    def waiting(self) -> list[str]:
        return sorted(self.look()["waiting"])

    @property
    def state(self) -> str:
        return self.look()["state"]

    @property
    def visited(self) -> Counter[str]:
        return Counter(self.look()["visited"])

    @property
    def ended(self) -> list[str]:
        return self.look()["done"]

    @property
    def vars(self) -> dict[str, Any]:
        return self.look()["vars"]

    def task(self, element: str) -> dict[str, Any]:
        return next(task for task in self.look()["tasks"] if task["element"] == element)

    @property
    def incidents(self) -> list[tuple[str, str]]:
        return [(item["code"], item["element"]) for item in self.look()["incidents"]]


def refused(code: str) -> Any:
    """The expectation that something is refused with this code."""
    return pytest.raises((EngineError, Refused), match=rf"^{code}\b")


def reasons(act: Callable[[], object]) -> list[tuple[str, dict[str, Any]]]:
    """What is refused, as (code, facts), with all reasons."""
    with pytest.raises((EngineError, Refused)) as caught:
        act()
    error = caught.value if isinstance(caught.value, Refused) else caught.value.__cause__
    assert isinstance(error, Refused)
    return [(reason.code, dict(reason.facts)) for reason in error.reasons]


def hours(number: float) -> timedelta:
    return timedelta(hours=number)
