"""Lưu nháp: what was typed into the form of an open task stays with the person who typed it, until it is handed in."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.engine import may_act
from workflows.errors import Refused
from workflows.store import own_marks

from .desk import Desk
from .open_task import open_task
from .state_secrets import require_no_secret

LONGEST_DRAFT = 2_000_000  # characters of all fields together; a text of a plan is the longest of them
MOST_FIELDS = 400


def save_draft(desk: Desk, task_id: str, fields: Mapping[str, str]) -> None:
    """Keep these fields for the actor; only for a task that the actor may do now. Refused: TOO_LONG, STATE_SECRET."""
    if len(fields) > MOST_FIELDS or sum(map(len, fields.values())) > LONGEST_DRAFT:
        raise Refused("TOO_LONG", field="van_ban", most=LONGEST_DRAFT)
    require_no_secret(*fields.values())
    with desk.open() as work:
        task, known = open_task(work, task_id)
        reasons = may_act(known.state.tasks[task.task_id], work.by)
        if reasons:
            raise Refused.because(reasons)
        if work.by.person is None:
            raise Refused("NOT_SIGNED_IN")
        own_marks.save_draft(work.connection, task.id, work.by.person, fields, work.now)


def drop_draft(desk: Desk, task_id: str) -> None:
    """Throw the own draft away."""
    with desk.open() as work:
        task, _ = open_task(work, task_id)
        if work.by.person is not None:
            own_marks.forget_drafts(work.connection, task.id, work.by.person)
