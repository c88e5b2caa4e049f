"""How long a plan and each of its steps took, net and gross, out of the history of its case (pure)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workflows.engine.calendar import Calendar
from workflows.engine.elapsed import Elapsed, Span, elapsed

# What may make the clock stand still: the draft went back to its drafter, it lies with other bodies, the case is
# suspended. Which of them do is a setting of the office.
RETURNED, OUTSIDE, SUSPENDED = "tra_lai", "ben_ngoai", "tam_dung"
STOPS = (RETURNED, OUTSIDE, SUSPENDED)
_OUTSIDE_FORMS = frozenset({"gop_y"})
_DRAFTING_FORMS = frozenset({"soan_thao"})


@dataclass(frozen=True)
class Happening:
    """One event of the case: when, its class name, and its fields as JSON."""

    at: datetime
    type: str
    data: Mapping[str, Any]


@dataclass(frozen=True)
class StepTime:
    """One pass of a step; `state` is what it makes the plan's clock do (one of STOPS), or None."""

    task_id: str
    element: str
    name: str
    span: Span
    state: str | None
    elapsed: Elapsed


@dataclass(frozen=True)
class PlanTime:
    """The passes of all steps for people in their order, and the plan as a whole from its start."""

    steps: tuple[StepTime, ...]
    whole: Elapsed


@dataclass
class _Pass:
    data: Mapping[str, Any]
    span: Span
    state: str | None


def plan_time(history: Iterable[Happening], stops: Collection[str], calendar: Calendar, now: datetime) -> PlanTime:
    """Count. The plan's clock stands still in every state of `stops`; that of a step while the case is suspended, and
    while the plan lies with others than those who do this step."""
    passes: dict[str, _Pass] = {}
    suspended: list[Span] = []
    whole = Span(now, now)
    for each in history:
        if each.type == "CaseStarted":
            whole = Span(each.at)
        elif each.type == "CaseEnded":
            whole = Span(whole.start, each.at)
        elif each.type == "TaskOpened" and each.data.get("kind", "user") == "user":
            passes[each.data["task_id"]] = _Pass(each.data, Span(each.at), _state(each.data))
        elif each.type == "TaskClosed" and each.data["task_id"] in passes:
            ended = passes[each.data["task_id"]]
            ended.span = Span(ended.span.start, each.at)
        elif each.type == "CaseSuspended":
            suspended.append(Span(each.at))
        elif each.type == "CaseResumed" and suspended:
            suspended[-1] = Span(suspended[-1].start, each.at)
    pauses = suspended if SUSPENDED in stops else []
    away = [each for each in passes.values() if each.state is not None and each.state in stops]
    steps = tuple(
        StepTime(
            task_id,
            each.data["element"],
            each.data.get("name") or each.data["element"],
            each.span,
            each.state,
            elapsed(calendar, each.span, [*pauses, *(o.span for o in away if o.state != each.state)], now),
        )
        for task_id, each in passes.items()
    )
    return PlanTime(steps, elapsed(calendar, whole, [*pauses, *(each.span for each in away)], now))


def _state(opened: Mapping[str, Any]) -> str | None:
    form = opened.get("form_key")
    if form in _OUTSIDE_FORMS:
        return OUTSIDE
    return RETURNED if form in _DRAFTING_FORMS and opened.get("round", 1) > 1 else None
