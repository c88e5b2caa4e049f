"""Report cycles: what is open, what comes, who has sent, who is late, who was last reminded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, func, select

from workflows.store import reporting, submitting, unit_reminders, worklist
from workflows.store.tables.plans import plans
from workflows.store.tables.reporting import cycles, submissions
from workflows.store.tables.worklist import escalations, tasks

from .holding import Held, held_by
from .labels import PlanLabel, body_names, plan_labels
from .sight import Sight, may_see

AHEAD = timedelta(days=400)
SHOWN = 300


@dataclass(frozen=True)
class CycleListed:
    """A cycle in the list of all plans."""

    cycle: reporting.Cycle
    title: str
    sent: int
    units: int


@dataclass(frozen=True)
class UnitSeen:
    """One unit of a cycle: what it sent, who has its task, and when it was last reminded."""

    submission: submitting.Submission
    held: Held | None
    reminded_at: datetime | None
    reminded_by: str | None  # None: by the clock
    next_at: datetime | None


@dataclass(frozen=True)
class CycleSeen:
    """A cycle with everything its page shows; late units stand first."""

    cycle: reporting.Cycle
    plan: PlanLabel
    focal: str
    parent: str
    every: str
    assumed: bool
    units: list[UnitSeen]
    open_now: list[worklist.TaskRow]
    ladder: tuple[tuple[int, str], ...] = ()  # by which units are reminded: working days from their day, and who

    @property
    def sent(self) -> int:
        """How many units have sent."""
        return sum(unit.submission.status == "da_gui" for unit in self.units)


def cycles_seen(connection: Connection, sight: Sight, today: date, *, everything: bool) -> list[CycleListed]:
    """Cycles of the plans in sight: open ones by due day, then those to come; `everything` adds the finished ones."""
    wanted = (
        select(cycles, plans.c.title.label("plan_title"))
        .join(plans, plans.c.id == cycles.c.plan_id)
        .where(may_see(sight))
    )
    if not everything:
        wanted = wanted.where(cycles.c.sent_at.is_(None), cycles.c.opens_on <= today + AHEAD)
    wanted = wanted.order_by(cycles.c.opened_at.is_(None), cycles.c.office_due, cycles.c.id).limit(SHOWN)
    rows = connection.execute(wanted).all()
    tally = {
        row.cycle_id: (int(row.sent or 0), int(row.units))
        for row in connection.execute(
            select(
                submissions.c.cycle_id,
                func.count().label("units"),
                func.count().filter(submissions.c.status == "da_gui").label("sent"),
            )
            .where(submissions.c.cycle_id.in_([row.id for row in rows]))
            .group_by(submissions.c.cycle_id)
        )
    }
    names = reporting.Cycle.__dataclass_fields__
    return [
        CycleListed(
            reporting.Cycle(**{name: row._mapping[name] for name in names}), row.plan_title, *tally.get(row.id, (0, 0))
        )
        for row in rows
    ]


def cycle_seen(connection: Connection, cycle_id: int, today: date) -> CycleSeen:
    """One cycle; NotFound when there is none."""
    cycle = reporting.cycle(connection, cycle_id)
    rule = reporting.rule(connection, cycle.rule_id)
    names = body_names(connection, [rule.focal_body_id, rule.parent_body_id])
    open_now = worklist.open_tasks_of(connection, case_id=cycle.case_id) if cycle.case_id else []
    holding = held_by(connection, open_now, today)
    by_unit = {task.variables.get("don_vi_nop"): task for task in open_now}
    reminded = _reminded(connection, cycle.case_id)
    sent = submitting.submissions_of(connection, cycle_id)
    by_hand = unit_reminders.last_by_hand(connection, [each.id for each in sent])
    units = []
    for submission in sent:
        task, at, hand = by_unit.get(submission.body_id), reminded.get(submission.body_id), by_hand.get(submission.id)
        last: tuple[datetime | None, str | None] = (at, None)
        if hand and (at is None or hand.at >= at):
            last = (hand.at, hand.by)
        ahead = task.next_escalation_at if task else None
        units.append(UnitSeen(submission, holding[task.id] if task else None, *last, ahead))
    units.sort(key=lambda unit: (unit.submission.status == "da_gui", not unit.submission.late))
    return CycleSeen(
        cycle,
        plan_labels(connection, [cycle.plan_id])[cycle.plan_id],
        names.get(rule.focal_body_id, ""),
        names.get(rule.parent_body_id or 0, ""),
        rule.every,
        rule.assumed,
        units,
        [task for task in open_now if task.variables.get("don_vi_nop") is None],
        next((task.escalation for task in by_unit.values() if task.variables.get("don_vi_nop") is not None), ()),
    )


def _reminded(connection: Connection, case_id: int | None) -> dict[int, datetime]:
    """When each unit's task was last reminded or escalated, by unit."""
    rows = connection.execute(
        select(tasks.c.variables, func.max(escalations.c.at).label("at"))
        .join(escalations, escalations.c.task_id == tasks.c.id)
        .where(tasks.c.case_id == (case_id or 0))
        .group_by(tasks.c.id)
    )
    found: dict[int, datetime] = {}
    for row in rows:
        unit = row.variables.get("don_vi_nop")
        if unit is not None and row.at is not None:
            found[int(unit)] = row.at
    return found
