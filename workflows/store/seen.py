"""What people have seen of tasks and of the versions of a plan."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, func, select

from .steps import Insert
from .tables.seen import task_openings, versions_seen
from .tables.worklist import tasks
from .upsert import insert_new


def note_opening(connection: Connection, task_id: str, person: str, at: datetime) -> bool:
    """Keep that this person opened the task; False when it is no longer open.

    The task's row is locked, so that an opening comes before or after a withdrawal, never beside it.
    """
    status = connection.execute(select(tasks.c.status).where(tasks.c.id == task_id).with_for_update()).scalar()
    if status != "open":
        return False
    connection.execute(insert_new(connection, task_openings).values(task_id=task_id, person=person, at=at))
    return True


def has_opened(connection: Connection, task_id: str, person: str) -> bool:
    """Whether this person has opened the task before."""
    mine = (task_openings.c.task_id == task_id, task_openings.c.person == person)
    return connection.execute(select(task_openings.c.at).where(*mine)).first() is not None


def opened_by_others(
    connection: Connection, task_ids: Collection[str], persons: Collection[str], *, lock: bool = False
) -> set[str]:
    """Those of these tasks that anybody but these persons has opened; with `lock` nobody opens one meanwhile."""
    if lock:
        connection.execute(select(tasks.c.id).where(tasks.c.id.in_(task_ids)).order_by(tasks.c.id).with_for_update())
    wanted = select(task_openings.c.task_id).where(
        task_openings.c.task_id.in_(task_ids), task_openings.c.person.not_in(persons)
    )
    return set(connection.scalars(wanted))


def note_version(connection: Connection, plan_id: int, person: str, version: int, at: datetime) -> None:
    """Keep that this person has seen this version of the plan; the first time stands."""
    row = version_row(plan_id, person, version, at).rows[0]
    connection.execute(insert_new(connection, versions_seen).values(row))


def version_row(plan_id: int, person: str, version: int, at: datetime) -> Insert:
    """`note_version` as a step of one write."""
    return Insert(versions_seen, [{"plan_id": plan_id, "person": person, "version": version, "at": at}], new_only=True)


def has_seen(connection: Connection, plan_id: int, person: str, version: int) -> bool:
    """Whether this person has seen this version."""
    mine = (versions_seen.c.plan_id == plan_id, versions_seen.c.person == person, versions_seen.c.version == version)
    return connection.execute(select(versions_seen.c.at).where(*mine)).first() is not None


def last_seen(connection: Connection, plan_id: int, person: str, *, before: int) -> int | None:
    """The newest version before this one that the person read or decided on; None when there is none."""
    mine = (versions_seen.c.plan_id == plan_id, versions_seen.c.person == person, versions_seen.c.version < before)
    return connection.execute(select(func.max(versions_seen.c.version)).where(*mine)).scalar()
