"""Timers: date, duration, cycle (semantics.md ET1 to ET5); calendar arithmetic on the office's clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

from workflows.bpmn.iso8601 import ZONE, Duration, parse_cycle, parse_duration, parse_instant
from workflows.bpmn.model import EventDefinition
from workflows.engine.events import TimerArmed, TimerDisarmed
from workflows.engine.program import Step
from workflows.engine.run import Run
from workflows.engine.state import Instance, Timer
from workflows.errors import Refused

from .delivery import repeats, trigger

Evaluate = Callable[[str], Any]


def arm(run: Run, place: Instance, step: Step, event: EventDefinition) -> None:
    """Arm the timer of `step`; it counts from now."""
    due, cycle, left = first_due(event, lambda text: run.evaluate(text, place.id), run.context.now, step.id)
    if due is not None:
        anchor = run.context.now if cycle else None
        timer_id = run.new_id()
        run.emit(TimerArmed(timer_id, place.id, step.id, due, cycle, anchor, 0, left))
        if due <= run.context.now:  # a date that is past fires at once (ET2)
            run.later(place.id, fire, run, timer_id)


def fire(run: Run, timer_id: str) -> None:
    """The timer has come due: arm its next firing if it has one, then let what waited for it go on."""
    timer = run.state.timers.get(timer_id)
    if timer is None:
        return
    place = run.state.instances[timer.instance]
    step = run.step(place, timer.element)
    run.emit(TimerDisarmed(timer.id, timer.element, fired=True))
    following = again(timer, run.new_id()) if repeats(step) else None
    if following is not None:
        run.emit(following)
    trigger(run, place, step, {})


def first_due(
    event: EventDefinition, evaluate: Evaluate, now: datetime, element: str
) -> tuple[datetime | None, str | None, int | None]:
    """When a timer is first due, the text of its cycle if it has one, and how many firings it has (None: no end)."""
    try:
        if event.date is not None:
            return instant_of(evaluate(event.date)), None, 1
        if event.duration is not None:
            return relative(evaluate(event.duration), now), None, 1
        text = str(evaluate(event.cycle or ""))
        cycle = parse_cycle(text)
        due = cycle.due(0, now)
        return (due.astimezone(UTC) if due else None), text, cycle.repetitions
    except ValueError as problem:
        raise Refused("EXPRESSION_ERROR", element=element, message=str(problem)) from problem


def again(timer: Timer, timer_id: str) -> TimerArmed | None:
    """The next firing of a cycle, counted from its anchor and not from when it was late; None after the last."""
    left = None if timer.left is None else timer.left - 1
    if timer.cycle is None or timer.anchor is None or left == 0:
        return None
    try:
        due = parse_cycle(timer.cycle).due(timer.fired + 1, timer.anchor, timer.due)
    except ValueError:  # beyond the calendar
        return None
    if due is None:
        return None
    return TimerArmed(
        timer_id, timer.instance, timer.element, due.astimezone(UTC), timer.cycle, timer.anchor, timer.fired + 1, left
    )


def instant_of(value: Any) -> datetime:  # noqa: ANN401 - whatever an expression gives
    """An instant (UTC) from a date-time, a day (its midnight in Viet Nam) or an ISO text; ValueError for anything
    else."""
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=ZONE)).astimezone(UTC)
    if isinstance(value, date):
        return datetime.combine(value, time(), ZONE).astimezone(UTC)
    if isinstance(value, str):
        return parse_instant(value).astimezone(UTC)
    raise ValueError(f"not an instant: {value!r:.80}")


def relative(value: Any, now: datetime) -> datetime:  # noqa: ANN401 - whatever an expression gives
    """The instant (UTC) a duration after now; ValueError for anything that is no duration."""
    if isinstance(value, str):
        value = parse_duration(value)
    if not isinstance(value, Duration):
        raise ValueError(f"not a duration: {value!r:.80}")
    return value.add_to(now).astimezone(UTC)


def instant_or_period(value: Any, now: datetime) -> datetime:  # noqa: ANN401 - whatever an expression gives
    """An instant, or a period relative to now (H4)."""
    if isinstance(value, Duration) or (isinstance(value, str) and value.strip().startswith("P")):
        return relative(value.strip() if isinstance(value, str) else value, now)
    return instant_of(value)
