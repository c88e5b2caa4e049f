"""Finding who catches an error or escalation: from inside outwards, a matching code before a catch-all (EE1 to EE3,
EC1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from workflows.engine.program import Step
from workflows.engine.run import Run
from workflows.engine.state import Instance


def find(run: Run, origin: str, kind: str, code: str | None) -> tuple[Instance, Step] | None:
    """The waiting instance and the catching event; the level beats the exactness.

    What an event sub-process throws starts it not once more: it is for the others.
    """
    current: str | None = origin
    within: str | None = None  # the element inside the scope from which the search comes
    while current is not None:
        place = run.state.instances[current]
        step = run.step(place)
        if step.inside is not None and place.role != "body" and "interrupted" not in run.state.facts.get(current, {}):
            others = (start for start in step.inside.handler_starts if start.node.scope != within)
            found = _match(others, kind, code)
            if found is not None:
                return place, found
        is_round = place.parent is not None and run.state.instances[place.parent].role == "body"
        if not is_round:
            found = _match(step.boundaries, kind, code)
            if found is not None:
                return place, found
        current, within = place.parent, place.element
    return None


def take(run: Run, place: Instance, catcher: Step, variables: Mapping[str, Any]) -> None:
    """Let the catching event go on."""
    run.rules[catcher.kind].triggered(run, place, catcher, variables)


def _match(steps: Iterable[Step], kind: str, code: str | None) -> Step | None:
    anything = None
    for step in steps:
        for event in step.node.events:
            if event.kind == kind:
                if event.code is not None and event.code == code:
                    return step
                if event.code is None and anything is None:
                    anything = step
    return anything
