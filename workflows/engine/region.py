"""What a step's token leads to inside one scope: which steps would be done again when the step is begun anew, and which
tokens of others its joins need for that. Decides what a return takes away."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from .program import Chart, Step

WAITING_JOINS = frozenset({"parallelGateway", "inclusiveGateway", "complexGateway"})


@dataclass(frozen=True, slots=True)
class Region:
    """The steps that a token from one step can come to by itself.

    `arrived` are flows into parallel joins whose tokens came from elsewhere and must be there again; `beside` are those
    into inclusive joins, whose tokens may have been on their way.
    """

    steps: frozenset[str]
    arrived: frozenset[str]
    beside: frozenset[str] = frozenset()


def region_from(chart: Chart, start: Step, goal: str) -> Region | None:
    """The region of `start` that holds the step `goal`; None when no token from there comes to it.

    A join lets a token on only with its other tokens. Where the way to the goal needs that, those of a parallel join
    are taken as arrived; an inclusive one waits for nobody who does not come. Beyond a complex join nothing is known.
    """
    arrived: set[str] = set()
    beside: set[str] = set()
    passable: set[str] = set()
    leading = chart.leading_to(goal)
    while True:
        steps = _covered(chart, start, arrived, passable)
        if goal in steps:
            return Region(frozenset(steps), frozenset(arrived), frozenset(beside))
        blocked = [
            step
            for step in chart.steps.values()
            if step.id in leading and step.id not in steps and _is_join(step)
            if any(chart.sources[flow] in steps for flow in step.incoming) and step.kind != "complexGateway"
        ]
        if not blocked:
            return None
        for step in blocked:
            passable.add(step.id)
            awaited = arrived if step.kind == "parallelGateway" else beside
            awaited.update(flow for flow in step.incoming if chart.sources[flow] not in steps)


def leads_to(chart: Chart, start: Step, goal: str) -> bool:
    """Whether a token of `start` comes to `goal` by itself, however the ways out are chosen."""
    return goal in _covered(chart, start, (), ())


def _is_join(step: Step) -> bool:
    return step.kind in WAITING_JOINS and len(step.incoming) > 1


def _covered(chart: Chart, start: Step, arrived: Collection[str], passable: Collection[str]) -> set[str]:
    found = {start.id}
    growing = True
    while growing:
        growing = False
        for step in chart.steps.values():
            if step.id not in found and _is_reached(chart, step, found, arrived, passable):
                found.add(step.id)
                growing = True
    return found


def _is_reached(chart: Chart, step: Step, found: set[str], arrived: Collection[str], passable: Collection[str]) -> bool:
    if step.kind == "boundaryEvent":
        return step.node.attached_to in found
    event = step.node.events[0] if step.node.events else None
    if step.kind == "intermediateCatchEvent" and event is not None and event.kind == "link":
        return any(_throws(other, event.name) for other in chart.steps.values() if other.id in found)
    coming = [flow for flow in step.incoming if chart.sources[flow] in found]
    if not coming:
        return False
    if not _is_join(step) or step.id in passable:
        return True
    return all(flow in coming or flow in arrived for flow in step.incoming)


def _throws(step: Step, link: str | None) -> bool:
    event = step.node.events[0] if step.node.events else None
    return step.kind == "intermediateThrowEvent" and event is not None and event.kind == "link" and event.name == link
