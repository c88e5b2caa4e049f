"""A neutral answer that a form gives away itself: what it refuses to be without, and its first choice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from workflows.actions import Desk, act_on_task, complete_task
from workflows.actions.act_on_task import Done
from workflows.actions.forms import FORMS
from workflows.errors import Reason, Refused
from workflows.store.worklist import TaskRow

WORDS = "Thực hiện theo kế hoạch đã ban hành."
MOST_TRIES = 12  # fields of a form that are found out one after the other


def hand_in_neutrally(desk: Desk, task: TaskRow, seen_hash: str | None) -> Done:
    """Complete the task without an answer of its own: a form of ours tells what it wants by its refusals, each of
    which writes nothing; a form that is none of ours is completed as it is.

    What cannot be answered so (FORM_OUT_OF_PLACE, a rule about people) is raised as it came.
    """
    if task.form not in FORMS:
        return complete_task(desk, task.id)
    fields: dict[str, str] = {}
    for _ in range(MOST_TRIES):
        try:
            return act_on_task(desk, task.id, fields, seen_hash=seen_hash)
        except Refused as refused:
            found = _answers(refused.reasons, desk.now)
            if all(fields.get(name) == value for name, value in found.items()):
                raise
            fields |= found
    raise Refused("LIMIT_EXCEEDED", limit=MOST_TRIES)


def _answers(reasons: tuple[Reason, ...], now: datetime) -> dict[str, str]:
    """The fields that these reasons ask for; none where a reason is about something else."""
    found: dict[str, str] = {}
    for reason in reasons:
        field, answer = reason.facts.get("field"), _ANSWERS.get(reason.code)
        value = answer(reason.facts, now) if answer and isinstance(field, str) else None
        if value is None or not isinstance(field, str):
            return {}
        found[field] = value
    return found


def _first_allowed(facts: Mapping[str, object], now: datetime) -> str | None:
    """A form names the way on first, and its ways back behind it."""
    del now
    allowed = facts.get("allowed")
    return str(allowed[0]) if isinstance(allowed, list) and allowed else None


def _words(facts: Mapping[str, object], now: datetime) -> str:
    del facts, now
    return WORDS


def _tomorrow(facts: Mapping[str, object], now: datetime) -> str:
    del facts
    return f"{now + timedelta(days=1):%d/%m/%Y}"


_ANSWERS: Mapping[str, Callable[[Mapping[str, object], datetime], str | None]] = {
    "FIELD_REQUIRED": _words,
    "REASON_REQUIRED": _words,
    "BAD_FIELD": _first_allowed,
    "BAD_DATE": _tomorrow,
}
