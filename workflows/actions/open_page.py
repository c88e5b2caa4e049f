"""A person who may act opens a task: from then on nobody takes it away from them, and what they read is remembered."""

from __future__ import annotations

from workflows.store import seen

from .desk import Desk


def open_page(desk: Desk, task_id: str, plan_id: int | None, version: int | None) -> bool:
    """Note that the actor has the task and this version of its plan before their eyes; False when it is closed by now.

    A second look writes nothing.
    """
    person = desk.by.person
    if person is None:
        return True
    with desk.database.read() as connection:
        known = seen.has_opened(connection, task_id, person)
        if known and (plan_id is None or version is None or seen.has_seen(connection, plan_id, person, version)):
            return True
    with desk.open() as work:
        if not seen.note_opening(work.connection, task_id, person, work.now):
            return False
        if plan_id is not None and version is not None:
            seen.note_version(work.connection, plan_id, person, version, work.now)
        return True
