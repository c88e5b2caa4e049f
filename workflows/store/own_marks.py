"""What one person keeps for themselves: drafts of forms, tasks put off until a day, plans that are watched."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select

from .many_rows import among
from .steps import Remove, Step
from .tables.work_items import follow_ups, plan_watches, task_drafts
from .upsert import insert_new, insert_or_change


@dataclass(frozen=True)
class Draft:
    """What was typed into the form of a task and when it was kept."""

    fields: Mapping[str, str]
    saved_at: datetime


def save_draft(connection: Connection, task_id: str, person: str, fields: Mapping[str, str], now: datetime) -> None:
    """Keep what was typed, in place of what was kept before."""
    row = {"task_id": task_id, "person": person, "fields": dict(fields), "saved_at": now}
    statement = insert_or_change(connection, task_drafts, ("task_id", "person"), ("fields", "saved_at"))
    connection.execute(statement.values(row))


def draft_of(connection: Connection, task_id: str, person: str) -> Draft | None:
    """What this person typed before and has not handed in."""
    key = (task_drafts.c.task_id == task_id, task_drafts.c.person == person)
    row = connection.execute(select(task_drafts).where(*key)).one_or_none()
    return Draft(row.fields, row.saved_at) if row is not None else None


def pass_draft(connection: Connection, task_id: str, giver: str | None, taker: str | None, now: datetime) -> None:
    """What the giver typed goes on with the task to the taker, field by field before what the taker typed."""
    given = draft_of(connection, task_id, giver) if giver else None
    if given is None or taker is None or taker == giver:
        return
    had = draft_of(connection, task_id, taker)
    save_draft(connection, task_id, taker, {**(had.fields if had else {}), **given.fields}, now)


def forget_drafts(connection: Connection, task_id: str, person: str | None = None) -> None:
    """The task is done, or (with `person`) that person throws the own draft away."""
    gone = delete(task_drafts).where(task_drafts.c.task_id == task_id)
    connection.execute(gone if person is None else gone.where(task_drafts.c.person == person))


def put_off(connection: Connection, task_id: str, person: str, until: datetime, now: datetime) -> None:
    """Keep the task out of this person's list until then."""
    row = {"task_id": task_id, "person": person, "until": until, "set_at": now}
    statement = insert_or_change(connection, follow_ups, ("task_id", "person"), ("until", "set_at"))
    connection.execute(statement.values(row))


def follow_up_of(connection: Connection, task_id: str, person: str) -> datetime | None:
    """Until when this person put the task off."""
    key = (follow_ups.c.task_id == task_id, follow_ups.c.person == person)
    return connection.execute(select(follow_ups.c.until).where(*key)).scalar_one_or_none()


def forget_follow_ups(connection: Connection, task_id: str, person: str | None = None) -> None:
    """The task is back in the list: of everybody when it is done, else of this person."""
    gone = delete(follow_ups).where(follow_ups.c.task_id == task_id)
    connection.execute(gone if person is None else gone.where(follow_ups.c.person == person))


def ends_with(task_id: str) -> list[Step]:
    """What everybody typed into the task and put off of it is over with the task; steps of one write."""
    return [Remove(task_drafts, {"task_id": task_id}), Remove(follow_ups, {"task_id": task_id})]


def watch(connection: Connection, plan_id: int, person_id: int, now: datetime) -> None:
    """From now on this person hears of the plan's steps; watching twice is once."""
    row = {"plan_id": plan_id, "person_id": person_id, "since": now}
    connection.execute(insert_new(connection, plan_watches).values(row))


def unwatch(connection: Connection, plan_id: int, person_id: int) -> None:
    """Hear no more of it."""
    key = (plan_watches.c.plan_id == plan_id, plan_watches.c.person_id == person_id)
    connection.execute(delete(plan_watches).where(*key))


def watched_by(connection: Connection, person_id: int) -> list[int]:
    """The plans that this person watches, oldest first."""
    wanted = select(plan_watches.c.plan_id).where(plan_watches.c.person_id == person_id)
    return list(connection.scalars(wanted.order_by(plan_watches.c.plan_id)))


def plans_watched(connection: Connection, plan_ids: Collection[int | None]) -> set[int]:
    """Those of these plans that anybody watches."""
    mine = among(connection, plan_watches.c.plan_id, {each for each in plan_ids if each})
    wanted = select(plan_watches.c.plan_id).where(mine)
    return set(connection.scalars(wanted))


def watchers_of(connection: Connection, plan_id: int) -> list[int]:
    """Who watches this plan, in the order in which they began."""
    wanted = select(plan_watches.c.person_id).where(plan_watches.c.plan_id == plan_id)
    return list(connection.scalars(wanted.order_by(plan_watches.c.since, plan_watches.c.person_id)))
