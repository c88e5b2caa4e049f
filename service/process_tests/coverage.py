"""Path coverage: which flow nodes and sequence flows of each process were passed over by all scenarios together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from workflows.bpmn.model import Flow, Node, Process

from .driver import Driver

LEFT = frozenset({"NodePassed", "NodeLeft"})


@dataclass(frozen=True)
class Part:
    """A flow node or a sequence flow, with the name that people know it by."""

    id: str
    name: str | None


@dataclass(frozen=True)
class Passed:
    """How much of one kind was passed."""

    passed: tuple[Part, ...]
    missing: tuple[Part, ...]

    @property
    def percent(self) -> int:
        """Rounded down, so that only all of them are 100."""
        total = len(self.passed) + len(self.missing)
        return 100 * len(self.passed) // total if total else 100


@dataclass(frozen=True)
class Covered:
    """One process: its flow nodes and its sequence flows."""

    process: str
    name: str | None
    nodes: Passed
    flows: Passed


class Coverage:
    """Gathers what scenarios passed over."""

    def __init__(self) -> None:
        self._processes: dict[str, Process] = {}
        self._nodes: set[tuple[str, str]] = set()
        self._flows: set[tuple[str, str]] = set()

    def add(self, driver: Driver) -> None:
        """Take what one scenario has left in its driver."""
        for key in driver.store.files:
            self._processes.update({process.id: process for process in driver.store.load(key).processes})
        for case in driver.store.cases:
            self._nodes |= _nodes_left(driver.store.history(case))
        self._flows |= driver.flows

    def of_each_process(self) -> list[Covered]:
        """The coverage, by process, in the order in which they were met."""
        return [self._covered(process) for process in self._processes.values()]

    def _covered(self, process: Process) -> Covered:
        nodes = [Part(node.id, node.name) for node in process.walk() if _can_be_left(node)]
        flows = [Part(flow.id, _name_of(flow, process)) for flow in _flows_of(process)]
        return Covered(
            process.id, process.name, _split(nodes, process, self._nodes), _split(flows, process, self._flows)
        )


def _nodes_left(history: Iterable[Mapping[str, Any]]) -> set[tuple[str, str]]:
    """The flow nodes that tokens left normally, with their processes; `history` is one case's."""
    process_of: dict[str, str] = {}
    found = set()
    for event in history:
        kind = event["event"]
        if kind == "CaseStarted":
            process_of["0"] = event["process"]
        elif kind == "CaseCalled":
            process_of[event["instance"]] = event["process"]
        elif kind == "NodeEntered":
            process_of[event["instance"]] = process_of[event["parent"]]
        elif kind in LEFT and event.get("how", "completed") == "completed":
            found.add((process_of[event["parent"] if kind == "NodePassed" else event["instance"]], event["element"]))
    return found


def _can_be_left(node: Node) -> bool:
    """All but the compensation events at the border of a step, which only point at what undoes it."""
    return not (node.kind == "boundaryEvent" and node.compensation_handler is not None)


def _flows_of(process: Process) -> list[Flow]:
    return [*process.flows, *(flow for node in process.walk() for flow in node.flows)]


def _name_of(flow: Flow, process: Process) -> str:
    names = {node.id: node.name or node.id for node in process.walk()}
    told = f"{names.get(flow.source, flow.source)} → {names.get(flow.target, flow.target)}"
    return f"{told} ({flow.name})" if flow.name else told


def _split(parts: list[Part], process: Process, left: set[tuple[str, str]]) -> Passed:
    return Passed(
        tuple(part for part in parts if (process.id, part.id) in left),
        tuple(part for part in parts if (process.id, part.id) not in left),
    )
