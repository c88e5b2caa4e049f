"""What letters say of plans, tasks and reports, as the database has it at the moment of writing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from workflows.plans.cycles import period_words
from workflows.plans.numbering import format_number
from workflows.store import cases, directory, plans, reporting, submitting
from workflows.store.directory.groups import PERSON, is_group
from workflows.store.plans import Plan
from workflows.store.reporting import Cycle
from workflows.store.worklist import TaskRow

from .addressee import AddressBook
from .audience import holding
from .due_words import HANOI, in_words, relative
from .one_line import trimmed

NO_NUMBER = "chưa có số"
STEP_LIMIT = 160  # characters of a step with the title of its duty


@dataclass(frozen=True)
class PlanFacts:
    """A plan as every letter about it names it."""

    id: int
    title: str
    number: str  # "16/KH-UBND" or "chưa có số"
    issued_on: str  # dd/mm/yyyy or ""
    unit: str  # that drafts it
    version: int
    content_hash: str


@dataclass(frozen=True)
class TaskFacts:
    """A step as every letter about it names it; `plan` is None for a task of a process without a plan."""

    task: TaskRow
    plan: PlanFacts | None
    step: str  # for an occurrence of a duty with the duty's title
    duty: str  # the title of the duty, or ""
    due: str  # "còn 2 ngày – 20/11/2026"
    late: str  # "quá hạn 2 ngày"
    holder: str  # "đ/c Nguyễn Văn A; đ/c Trần B" or the body
    holder_unit: str
    holder_outside: bool
    since: str  # dd/mm/yyyy
    cycle: Cycle | None

    @property
    def title(self) -> str:
        """The plan's, or where there is none the step's."""
        return self.plan.title if self.plan is not None else self.step

    @property
    def about(self) -> str:
        """What the subject names."""
        return self.duty or self.title


def plan_facts(connection: Connection, plan_id: int) -> PlanFacts:
    """The plan with its current version."""
    plan = plans.plan(connection, plan_id)
    return PlanFacts(
        id=plan.id,
        title=plan.title,
        number=number_of(plan),
        issued_on=f"{plan.issued_on:%d/%m/%Y}" if plan.issued_on else "",
        unit=directory.body(connection, plan.drafting_unit_id).name,
        version=plan.version,
        content_hash=plans.current_stamp(connection, plan_id).content_hash,
    )


def task_facts(book: AddressBook, task: TaskRow) -> TaskFacts:
    """The task with who has it and since when."""
    plan = plan_facts(book.connection, task.plan_id) if task.plan_id is not None else None
    having = list(holding(book, task))
    people = [book.mention(each.name) if each.person_id is not None else each.name for each in having]
    body_ids = _bodies_of(task)
    duty = _duty(book.connection, task)
    return TaskFacts(
        task=task,
        plan=plan,
        step=trimmed(f"{task.name}: {duty}", STEP_LIMIT) if duty else task.name,
        duty=duty,
        due=in_words(task.due, book.now),
        late=relative(task.due, book.now) if task.due is not None else "",
        holder=some(people),
        holder_unit=some([book.known(body_id).name for body_id in body_ids]),
        holder_outside=any(book.is_outside(body_id) for body_id in body_ids),
        since=f"{task.opened_at.astimezone(HANOI):%d/%m/%Y}",
        cycle=_cycle(book.connection, task),
    )


def number_of(document: Plan | Cycle) -> str:
    """The number and symbol as printed, or that there is none yet."""
    if document.number is None or document.symbol is None:
        return NO_NUMBER
    return format_number(document.number, document.symbol)


def period_of(cycle: Cycle) -> str:
    """A cycle in words: "năm 2026", "quý III/2026", "tháng 10/2026"."""
    return cycle.title or period_words(cycle.key)


def moment(at: datetime) -> str:
    """An instant in words: "08:15 ngày 18/11/2026"."""
    return f"{at.astimezone(HANOI):%H:%M ngày %d/%m/%Y}"


def missing_units(connection: Connection, cycle_id: int) -> str:
    """The units that sent no report, or "không có"."""
    silent = [one.body_name for one in submitting.submissions_of(connection, cycle_id) if one.status != "da_gui"]
    return "; ".join(silent) or "không có"


def some(names: list[str]) -> str:
    """A few names, and how many more."""
    first = list(dict.fromkeys(names))
    return (
        "; ".join(first[:3]) + (f" và {len(first) - 3} nơi khác" if len(first) > 3 else "") if first else "chưa có ai"
    )


def _bodies_of(task: TaskRow) -> list[int]:
    named = [directory.parse_group(key) for key in task.groups if is_group(key)]
    return list(dict.fromkeys(body_id for role, body_id in named if role != PERSON))


def _duty(connection: Connection, task: TaskRow) -> str:
    duty_id = _variable(connection, task, "nhiem_vu") if task.process == "nhiem_vu" else None
    if duty_id is None or task.plan_id is None:
        return ""
    return next((duty.title for duty in plans.duties_of(connection, task.plan_id) if duty.id == duty_id), "")


def _cycle(connection: Connection, task: TaskRow) -> Cycle | None:
    cycle_id = _variable(connection, task, "ky") if task.process in ("bao_cao", "bo_sung_bao_cao") else None
    return reporting.cycle(connection, int(cycle_id)) if cycle_id is not None else None


def _variable(connection: Connection, task: TaskRow, name: str) -> Any:  # noqa: ANN401 - a JSON value
    """A variable of the task's case, whichever scope holds it."""
    scopes = cases.load_case(connection, task.case_id, lock=False).state.get("variables", {})
    return next((scope[name] for scope in scopes.values() if name in scope), None)
