"""A draft of a process tried out: the directory of the house in a database in memory, the draft as its newest version,
and a sample plan that lives there for some weeks. The real database is only read, and no letter leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from sqlalchemy import Connection

from notifications.channels.memory import MemoryChannel
from service.auth.actor import actor_of
from workflows.actions import Desk, Routing, confirm_reading, deploy_definition, import_plan, start_plan
from workflows.actions.forms import FORMS
from workflows.actions.import_plan import read_plan
from workflows.engine.actor import CLOCK
from workflows.engine.calendar import VIETNAM
from workflows.errors import Refused
from workflows.store import clockwork, directory, plans
from workflows.store.copy_of_office import copy_directory
from workflows.store.database import Database, open_memory
from workflows.store.plans import Consulted
from workflows.store.worklist import TaskRow

from .one_plan import BASE_URL, DRAFTING_HOUR
from .people import People
from .story import Happening, Told, story, told
from .year import Year

FARTHEST: Final = timedelta(days=400)


@dataclass(frozen=True)
class Tried:
    """What happened to the sample plan, every letter that would have left, and steps at which the copy got stuck."""

    title: str
    happened: Sequence[Happening]
    told: Sequence[Told]
    stuck: Sequence[tuple[str, str]]


@dataclass
class _Patient(People):
    """People as ever, but a refusal is kept with its step rather than raised, and what has no form waits."""

    stuck: dict[str, str] = field(default_factory=dict)

    def moment(self, task: TaskRow) -> datetime | None:
        """As ever; never for a step that virtual people cannot fill in."""
        if task.form in FORMS:
            return super().moment(task)
        self.stuck.setdefault(task.name, "NO_FORM_TO_TRY")
        return None

    def refused(self, task: TaskRow, refusal: Refused) -> None:
        """The task stays where it is."""
        self.stuck[task.name] = refusal.code
        self.intended[task.id] = None


@dataclass(frozen=True)
class Trial:
    """What is tried: the file of the draft, the plan whose text is the sample, the days, the share of late tasks."""

    xml: str
    plan_id: int
    first: date
    last: date
    late: float = 0.0


def try_process(database: Database, trial: Trial) -> Tried:
    """Let a copy of this plan run through the draft; BAD_TRY_PERIOD, NotFound, BadDefinition, and whatever the verbs
    refuse on the way to the start."""
    if not trial.first < trial.last <= trial.first + FARTHEST:
        raise Refused("BAD_TRY_PERIOD", field="den_het", most=FARTHEST.days)
    copy = open_memory()
    try:
        copy.forget_references()
        with database.read() as connection:  # whose plan it is decides who may try it
            plan, text = plans.plan(connection, trial.plan_id), plans.current_text(connection, trial.plan_id)
        with database.house.read() as source, copy.write() as target:
            copy_directory(source, target)
        start = datetime.combine(trial.first, DRAFTING_HOUR, VIETNAM)
        deploy_definition(Desk(copy, start, CLOCK), trial.xml.encode())
        return _run(copy, plan, text, trial)
    finally:
        copy.close()


def _run(copy: Database, plan: plans.Plan, text: str, trial: Trial) -> Tried:
    start = datetime.combine(trial.first, DRAFTING_HOUR, VIETNAM)
    with copy.read() as connection:
        head = directory.head_of(connection, plan.drafting_unit_id, trial.first)
        if head is None:
            raise Refused("NO_HOLDER", group=directory.body(connection, plan.drafting_unit_id).name)
        desk = Desk(copy, start, actor_of(connection, head.person_id, head.name, start))
        routing = _routing(connection, plan, text, trial.first)
        calendar = clockwork.calendar_of(connection, plan.office_id)
    plan_id = import_plan(desk, office_id=plan.office_id, drafting_unit_id=plan.drafting_unit_id, text=text)
    confirm_reading(desk, plan_id)
    start_plan(desk, plan_id, routing)
    people = _Patient(Random(1), trial.late, calendar)
    year = Year(copy, people, MemoryChannel(), BASE_URL)
    year.run(start + timedelta(hours=1), datetime.combine(trial.last, time(23, 59, 59), VIETNAM), {})
    with copy.read() as connection:
        happened, letters = story(connection, plan_id, year.acted), told(connection, plan_id)
    return Tried(plan.title, happened, letters, tuple(people.stuck.items()))


def _routing(connection: Connection, plan: plans.Plan, text: str, on: date) -> Routing:
    """The Mặt trận is asked, and two others that are there; who signs is as the signature block has it."""
    document = read_plan(text)
    bodies = [each for each in directory.bodies_of(connection, plan.office_id, on) if each.id != plan.drafting_unit_id]
    front = [Consulted(each.id, mandatory=True) for each in bodies if each.kind == "front"]
    others = [Consulted(each.id, mandatory=False) for each in bodies if each.kind in ("party", "association", "unit")]
    deputy = (document.signer.authority or "").startswith("KT")
    lines = () if document.recipients else ("Lưu: VT.",)
    return Routing("pho_chu_tich" if deputy else "chu_tich", (*front, *others[:2]), recipients=lines)
