"""The days that matter to one person: last days of own steps, ends of consultation rounds, report cycles."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, or_, select

from workflows.store import directory
from workflows.store.directory.groups import PERSON, is_group
from workflows.store.inbox import inbox
from workflows.store.local_days import local_day
from workflows.store.tables.consultation import rounds
from workflows.store.tables.plans import plans
from workflows.store.tables.reporting import cycles, submissions

MOST = 300


@dataclass(frozen=True)
class OwnDate:
    """One day: `key` stays the same while the thing does, `changed_at` moves when it is opened."""

    key: str
    kind: str  # viec | vong | ky_don_vi | ky_co_quan
    day: date
    what: str
    title: str
    path: str
    changed_at: datetime


def own_dates(connection: Connection, person_id: int, groups: Collection[str], now: datetime) -> list[OwnDate]:
    """Everything that is open and has a last day, in order of days."""
    bodies = {directory.parse_group(key)[1] for key in groups if is_group(key) and not key.startswith(f"{PERSON}@")}
    found = [*_tasks(connection, person_id, groups, now), *_rounds(connection, bodies), *_cycles(connection, bodies)]
    return sorted(found, key=lambda each: (each.day, each.key))


def _tasks(connection: Connection, person_id: int, groups: Collection[str], now: datetime) -> list[OwnDate]:
    found = inbox(connection, person_id, groups, now, limit=MOST).tasks
    wanted = select(plans.c.id, plans.c.title).where(plans.c.id.in_({task.plan_id for task in found if task.plan_id}))
    titles = {row.id: row.title for row in connection.execute(wanted)}
    return [
        OwnDate(
            f"viec-{task.id}",
            "viec",
            local_day(task.due),
            task.name,
            titles.get(task.plan_id or 0, ""),
            f"/viec/{task.id}",
            task.opened_at,
        )
        for task in found
        if task.due is not None
    ]


def _rounds(connection: Connection, bodies: Collection[int]) -> list[OwnDate]:
    """Rounds that are open, for the units that drafted their plans."""
    wanted = (
        select(rounds.c.id, rounds.c.no, rounds.c.deadline, rounds.c.opened_at, plans.c.id.label("plan"), plans.c.title)
        .join(plans, plans.c.id == rounds.c.plan_id)
        .where(rounds.c.closed_at.is_(None), plans.c.drafting_unit_id.in_(bodies))
        .order_by(rounds.c.id)
        .limit(MOST)
    )
    return [
        OwnDate(
            f"vong-{row.id}",
            "vong",
            local_day(row.deadline),
            f"Hết hạn lấy ý kiến vòng {row.no}",
            row.title,
            f"/ke-hoach/{row.plan}/y-kien",
            row.opened_at,
        )
        for row in connection.execute(wanted)
    ]


def _cycles(connection: Connection, bodies: Collection[int]) -> list[OwnDate]:
    """Report cycles that are open: the units' day for whoever has to send, the office's day for the office."""
    mine = select(submissions.c.cycle_id).where(submissions.c.body_id.in_(bodies))
    wanted = (
        select(cycles, plans.c.title.label("plan_title"))
        .join(plans, plans.c.id == cycles.c.plan_id)
        .where(cycles.c.opened_at.is_not(None), cycles.c.sent_at.is_(None))
        .where(or_(cycles.c.office_id.in_(bodies), cycles.c.id.in_(mine)))
        .order_by(cycles.c.id)
        .limit(MOST)
    )
    found: list[OwnDate] = []
    for row in connection.execute(wanted):
        path = f"/bao-cao/{row.id}"
        if row.office_id in bodies:
            what = f"Hạn báo cáo kỳ {row.key} của cơ quan"
            found.append(
                OwnDate(f"ky-{row.id}-co-quan", "ky_co_quan", row.office_due, what, row.plan_title, path, row.opened_at)
            )
        else:
            what = f"Hạn báo cáo kỳ {row.key} của đơn vị"
            found.append(
                OwnDate(f"ky-{row.id}-don-vi", "ky_don_vi", row.unit_due, what, row.plan_title, path, row.opened_at)
            )
    return found
