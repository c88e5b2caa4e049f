"""The plan page: what every tab shows above, and what each tab shows below."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, or_, select

from workflows.store import directory, issuing, own_marks, plans, reporting, worklist
from workflows.store.organisation import name_on
from workflows.store.tables.consultation import opinions, rounds
from workflows.store.tables.issuing import recipients
from workflows.store.tables.plans import duties, occurrences
from workflows.store.tables.processes import cases as case_table
from workflows.store.tables.processes import events
from workflows.store.tables.reporting import cycles, submissions
from workflows.store.tables.work_items import comments
from workflows.store.tables.worklist import incidents, tasks

from .holding import Held, held_by
from .labels import body_names, person_names

HISTORY_SHOWN = 300
# Tabs that have nothing to show before the plan gets there.
MAY_BE_EMPTY = frozenset({"tien-trinh", "so-do", "y-kien", "nhiem-vu", "bao-cao", "nhat-ky"})
# An issued document keeps the name that its body had that day; the page says both.
BOTH = "{} (nay là {})"


@dataclass(frozen=True)
class OpenStep:
    """A step that waits for a person, and who holds it."""

    task: worklist.TaskRow
    held: Held


@dataclass(frozen=True)
class PlanTop:
    """What stands above every tab: the plan, where it is, who holds it, and the counts on the tabs."""

    plan: plans.Plan
    office: str
    unit: str
    steps: list[OpenStep]
    others_open: int
    others_late: int
    counts: Mapping[str, int]
    suspended: bool  # nobody may act until its process is let go on
    failed: int  # steps of machines that failed and wait for help
    watchers: frozenset[int]  # ids of people

    def has(self, tab: str) -> bool:
        """Whether there is anything on this tab yet; what can be written on or never is empty always has."""
        needs = {"ca-nam": ("nhiem-vu", "bao-cao")}.get(tab, (tab,) if tab in MAY_BE_EMPTY else ())
        return not needs or any(self.counts.get(each) for each in needs)


@dataclass(frozen=True)
class Passed:
    """One pass of a step: who, when, how it ended."""

    task: worklist.TaskRow
    by: str
    held: Held
    principal: str = ""  # in whose place it was done


@dataclass(frozen=True)
class DutyRow:
    """A duty of the plan with the times at which it falls due."""

    duty: plans.Duty
    leads: str
    coop: str
    times: list[Any]


@dataclass(frozen=True)
class CycleRow:
    """A report cycle and how many units have sent."""

    cycle: reporting.Cycle
    sent: int
    units: int
    late: int


@dataclass(frozen=True)
class HistoryRow:
    """One event of the plan's case and of the cases that belong to it."""

    case_id: int
    process: str
    seq: int
    at: datetime
    type: str
    data: Mapping[str, Any]
    actor: Mapping[str, Any]
    hash: str


def plan_top(connection: Connection, plan_id: int, now: datetime, on: date) -> PlanTop:
    """The plan and its state; NotFound when there is none."""
    plan = plans.plan(connection, plan_id)
    names = body_names(connection, [plan.office_id, plan.drafting_unit_id])
    for body_id, name in names.items():
        was = name_on(connection, body_id, name, plan.issued_on)
        names[body_id] = name if was == name else BOTH.format(was, name)
    open_tasks = worklist.open_tasks_of(connection, plan_id=plan_id)
    steps = [task for task in open_tasks if task.asked_in is None]
    own = [task for task in steps if task.case_id == plan.case_id]
    others = [task for task in steps if task.case_id != plan.case_id]
    holding = held_by(connection, own, on)
    return PlanTop(
        plan,
        names.get(plan.office_id, ""),
        names.get(plan.drafting_unit_id, ""),
        [OpenStep(task, holding[task.id]) for task in own],
        len(others),
        sum(task.due is not None and task.due < now for task in others),
        _counts(connection, plan),
        *_trouble(connection, plan),
        frozenset(own_marks.watchers_of(connection, plan_id)),
    )


def _counts(connection: Connection, plan: plans.Plan) -> Mapping[str, int]:
    def number(table: Any, *conditions: Any) -> int:  # noqa: ANN401 - typed by its use
        return int(connection.execute(select(func.count()).select_from(table).where(*conditions)).scalar_one())

    asked = select(rounds.c.id).where(rounds.c.plan_id == plan.id)
    return {
        "so-do": int(plan.case_id is not None),
        "nhat-ky": int(plan.case_id is not None),
        "y-kien": number(opinions, opinions.c.round_id.in_(asked)) or len(plan.consulted),
        "tien-trinh": number(tasks, tasks.c.case_id == (plan.case_id or 0), tasks.c.kind == "user"),
        "phien-ban": plan.version,
        "nhiem-vu": number(duties, duties.c.plan_id == plan.id),
        "noi-nhan": number(recipients, recipients.c.subject == "plan", recipients.c.subject_id == plan.id),
        "trao-doi": number(comments, comments.c.plan_id == plan.id),
        "bao-cao": number(cycles, cycles.c.plan_id == plan.id),
    }


def _trouble(connection: Connection, plan: plans.Plan) -> tuple[bool, int]:
    """Whether the plan's process stands still by order, and how many of its steps failed."""
    wanted = select(case_table.c.suspended).where(case_table.c.id == (plan.case_id or 0))
    failed = select(func.count()).select_from(incidents).join(case_table, case_table.c.id == incidents.c.case_id)
    number = connection.execute(failed.where(case_table.c.plan_id == plan.id)).scalar_one()
    return bool(connection.scalar(wanted)), int(number)


def passes(connection: Connection, case_id: int, on: date) -> list[Passed]:
    """Every pass of every step of the plan's case, in the order in which they were opened."""
    found = worklist.tasks_of_case(connection, case_id)
    names = person_names(connection, [name for task in found for name in (task.closed_by, task.closed_for)])
    holding = held_by(connection, found, on)
    return [
        Passed(task, names.get(task.closed_by or "", ""), holding[task.id], names.get(task.closed_for or "", ""))
        for task in found
    ]


def duty_rows(connection: Connection, plan_id: int) -> list[DutyRow]:
    """The duties in the order of the document with their occurrences by day."""
    found = plans.duties_of(connection, plan_id)
    ids = [item.get("body") for duty in found for item in (*duty.leads, *duty.coop)]
    names = body_names(connection, ids)
    times: dict[int, list[Any]] = {}
    rows = connection.execute(
        select(occurrences)
        .where(occurrences.c.duty_id.in_([duty.id for duty in found]))
        .order_by(occurrences.c.opens_on, occurrences.c.id)
    )
    for row in rows:
        times.setdefault(row.duty_id, []).append(row)
    return [
        DutyRow(duty, _called(duty.leads, names), _called(duty.coop, names), times.get(duty.id, [])) for duty in found
    ]


def _called(listed: tuple[Mapping[str, Any], ...], names: Mapping[int, str]) -> str:
    """Each body by its name in the directory, else as the document has it, said once."""
    return ", ".join(dict.fromkeys(names.get(item.get("body") or 0) or str(item.get("raw", "")) for item in listed))


def cycle_rows(connection: Connection, plan_id: int) -> list[CycleRow]:
    """The cycles of a plan in the order of time."""
    rows = connection.execute(select(cycles).where(cycles.c.plan_id == plan_id).order_by(cycles.c.opens_on)).all()
    tally = _tally(connection, [row.id for row in rows])
    return [CycleRow(reporting.Cycle(**row._mapping), *tally.get(row.id, (0, 0, 0))) for row in rows]


def _tally(connection: Connection, cycle_ids: list[int]) -> dict[int, tuple[int, int, int]]:
    found: dict[int, tuple[int, int, int]] = {}
    wanted = select(submissions).where(submissions.c.cycle_id.in_(cycle_ids))
    for row in connection.execute(wanted):
        sent, units, late = found.get(row.cycle_id, (0, 0, 0))
        found[row.cycle_id] = (sent + (row.status == "da_gui"), units + 1, late + bool(row.late))
    return found


def recipients_seen(connection: Connection, plan_id: int) -> list[issuing.Recipient]:
    """The addressees in the order of the document."""
    return issuing.recipients_of(connection, "plan", plan_id)


def history(  # noqa: PLR0917 - what narrows a list
    connection: Connection,
    plan_id: int,
    types: frozenset[str] | None,
    page: int,
    person: str = "",
    size: int = HISTORY_SHOWN,
) -> list[HistoryRow]:
    """Events of the plan's own and dependent cases, newest first, one more than fits the page; with `types` only
    those, with `person` only what this person did or had done in their place; pages count from 1."""
    table = case_table
    wanted = (
        select(events, table.c.process)
        .join(table, table.c.id == events.c.case_id)
        .where(table.c.plan_id == plan_id)
        .order_by(events.c.at.desc(), events.c.case_id.desc(), events.c.seq.desc())
        .limit(size + 1)
        .offset((page - 1) * size)
    )
    if types is not None:
        wanted = wanted.where(events.c.type.in_(types))
    if person:
        by, for_whom = (events.c.actor[name].as_string() for name in ("person", "on_behalf_of"))
        wanted = wanted.where(or_(by == person, for_whom == person))
    return [
        HistoryRow(row.case_id, row.process, row.seq, row.at, row.type, row.data, row.actor, row.hash)
        for row in connection.execute(wanted)
    ]


def actors_of(connection: Connection, plan_id: int) -> list[tuple[str, str]]:
    """Who did something in the cases of this plan: (id, name), by name."""
    by = events.c.actor["person"].as_string()
    wanted = (
        select(by.label("person"))
        .join(case_table, case_table.c.id == events.c.case_id)
        .where(case_table.c.plan_id == plan_id, by.is_not(None))
        .distinct()
    )
    names = person_names(connection, [row.person for row in connection.execute(wanted)])
    return sorted(((key, name) for key, name in names.items() if name), key=lambda each: each[1].split()[::-1])


def task_names(connection: Connection, plan_id: int) -> dict[tuple[int, str], str]:
    """The names of all tasks of a plan's cases, by case and the task's id in it."""
    rows = connection.execute(select(tasks.c.id, tasks.c.case_id, tasks.c.name).where(tasks.c.plan_id == plan_id))
    return {(row.case_id, row.id.partition("-")[2]): row.name for row in rows}


def drafting_units(connection: Connection, groups: frozenset[str]) -> list[directory.Body]:
    """The units for which these groups may draft."""
    ids = {directory.parse_group(key)[1] for key in groups if key.startswith(("can_bo@", "thu_truong@"))}
    found = directory.bodies_by_id(connection, ids).values()
    return [body for body in found if body.kind in ("unit", "office") and body.office_id is not None]
