"""The days that matter to one plan: what is open in it, rounds, report cycles and duties to come."""

from __future__ import annotations

from sqlalchemy import Connection, select

from workflows.plans.duties import number_in_document
from workflows.store import plans, worklist
from workflows.store.local_days import local_day
from workflows.store.tables.consultation import rounds
from workflows.store.tables.plans import duties, occurrences
from workflows.store.tables.reporting import cycles

from .own_dates import MOST, OwnDate


def plan_dates(connection: Connection, plan_id: int) -> list[OwnDate]:
    """Everything of this plan that has a last day and is not over, in order of days."""
    plan = plans.plan(connection, plan_id)
    path = f"/ke-hoach/{plan_id}"
    found = [
        OwnDate(
            f"viec-{task.id}",
            "viec",
            local_day(task.due),
            task.name,
            plan.title,
            f"{path}/tien-trinh",
            task.opened_at,
        )
        for task in worklist.open_tasks_of(connection, plan_id=plan_id)
        if task.due is not None and task.asked_in is None
    ]
    open_rounds = select(rounds).where(rounds.c.plan_id == plan_id, rounds.c.closed_at.is_(None))
    found += [
        OwnDate(
            f"vong-{row.id}",
            "vong",
            local_day(row.deadline),
            f"Hết hạn lấy ý kiến vòng {row.no}",
            plan.title,
            f"{path}/y-kien",
            row.opened_at,
        )
        for row in connection.execute(open_rounds)
    ]
    due_cycles = select(cycles).where(
        cycles.c.plan_id == plan_id, cycles.c.sent_at.is_(None), cycles.c.closed_at.is_(None)
    )
    for row in connection.execute(due_cycles.order_by(cycles.c.opens_on).limit(MOST)):
        for who, day in (("đơn vị", row.unit_due), ("cơ quan", row.office_due)):
            what = f"Hạn báo cáo kỳ {row.key} của {who}"
            key = f"ky-{row.id}-{'don-vi' if who == 'đơn vị' else 'co-quan'}"
            found.append(OwnDate(key, "ky", day, what, plan.title, f"{path}/bao-cao", row.opened_at or plan.created_at))
    coming = (
        select(occurrences.c.id, occurrences.c.due_on, duties.c.no, duties.c.title)
        .join(duties, duties.c.id == occurrences.c.duty_id)
        .where(duties.c.plan_id == plan_id, occurrences.c.due_on.is_not(None), occurrences.c.opened_at.is_(None))
        .where(occurrences.c.passed_over.is_(None))
        .order_by(occurrences.c.due_on, occurrences.c.id)
        .limit(MOST)
    )
    found += [
        OwnDate(
            f"nhiem-vu-{row.id}",
            "nhiem_vu",
            row.due_on,
            f"Hạn nhiệm vụ {number_in_document(row.no)}",
            row.title,
            f"{path}/nhiem-vu",
            plan.created_at,
        )
        for row in connection.execute(coming)
    ]
    return sorted(found, key=lambda each: (each.day, each.key))
