"""One plan on its own: an office is founded from it, its clerk imports it, and its whole period passes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from notifications.channels.memory import MemoryChannel
from service.auth.actor import actor_of
from service.demo.found_office import Office, found_office
from workflows.actions import Desk, Routing, confirm_reading, deploy_library, import_plan, start_plan
from workflows.actions.import_plan import read_plan
from workflows.engine.actor import CLOCK
from workflows.engine.calendar import VIETNAM, Calendar
from workflows.plans.document import PlanDocument
from workflows.store import clockwork, directory
from workflows.store.database import Database, open_memory
from workflows.store.plans import Consulted

from .duty_times import DutyTime, duty_times
from .people import People
from .record import CycleTime, Life, Reviewed, Step, cycle_times, life_of, reviews, steps_of
from .story import Happening, Told, late_acts, story, told
from .year import Year

BASE_URL = "http://kehoach.example"
DRAFTING_HOUR = time(8, 0)


@dataclass(frozen=True)
class Simulated:
    """The outcome of a simulation: what happened, who was told what, and the totals."""

    title: str
    happened: Sequence[Happening]
    told: Sequence[Told]
    summary: Mapping[str, Any]
    duties: Sequence[DutyTime]
    first: date
    last: date
    life: Life
    cycles: Sequence[CycleTime]
    reviews: Sequence[Reviewed]
    steps: Sequence[Step]


def simulate_plan(
    text: str, first: date | None, last: date | None, late: float, seed: int, *, letters: bool = True
) -> Simulated:
    """Let the plan live from `first` to `last` (default: its period and the month after) with these habits.

    Without letters nobody is written to, which takes a third of the time.
    """
    document = read_plan(text)
    start = datetime.combine(first or _first_day(document), DRAFTING_HOUR, VIETNAM)
    end = datetime.combine(last or _last_day(document), time(23, 59, 59), VIETNAM)
    database = open_memory()
    try:
        return _simulate(database, text, document, (start, end), People(Random(seed), late, Calendar()), letters)
    finally:
        database.close()


def _simulate(  # noqa: PLR0917 - the facts of a simulation
    database: Database,
    text: str,
    document: PlanDocument,
    watched: tuple[datetime, datetime],
    people: People,
    letters: bool,
) -> Simulated:
    start, end = watched
    deploy_library(Desk(database, start, CLOCK))
    with database.write() as connection:
        clockwork.seed_calendar(connection, range(start.year - 1, end.year + 2))
        office = found_office(connection, document, {})
    plan_id = draft_and_start(database, office, text, start)
    with database.read() as connection:
        people.calendar = clockwork.calendar_of(connection, office.id)
    year = Year(database, people, MemoryChannel() if letters else None, BASE_URL, files=True)
    year.run(start + timedelta(hours=1), end, {})
    return _told(database, plan_id, document.title or "", year, watched)


def _told(database: Database, plan_id: int, title: str, year: Year, watched: tuple[datetime, datetime]) -> Simulated:
    """What the database holds at the end of it."""
    start, end = watched
    with database.read() as connection:
        happened = story(connection, plan_id, year.acted)
        letters = told(connection, plan_id)
        life = life_of(connection, plan_id)
        summary = {
            "done": len(year.acted),
            "late": len(late_acts(year.acted)),
            "letters": len(letters),
            "reports": sum(one.kind == "report_sent" for one in happened),
            "duties": sum(one.kind == "duty_done" for one in happened),
            "ended": life.ended is not None,
        }
        return Simulated(
            title,
            happened,
            letters,
            summary,
            duty_times(connection, plan_id, end),
            start.date(),
            end.date(),
            life,
            cycle_times(connection, plan_id, end),
            reviews(connection, plan_id),
            steps_of(connection, plan_id, end),
        )


def draft_and_start(database: Database, office: Office, text: str, now: datetime) -> int:
    """The drafting unit's head imports the plan, confirms what was read, and sends it on its way; the plan's id."""
    with database.read() as connection:
        head = directory.head_of(connection, office.drafting_unit_id, now.astimezone(VIETNAM).date())
        assert head is not None, "every unit that is founded has a head"
        desk = Desk(database, now, actor_of(connection, head.person_id, head.name, now))
    plan_id = import_plan(desk, office_id=office.id, drafting_unit_id=office.drafting_unit_id, text=text)
    confirm_reading(desk, plan_id)
    start_plan(desk, plan_id, routing_of(office, read_plan(text)))
    return plan_id


def routing_of(office: Office, document: PlanDocument) -> Routing:
    """Who is asked: the Mặt trận always, and three others; who signs: as the plan's signature block has it."""
    bodies = office.bodies
    mandatory = [Consulted(office.front_id, mandatory=True)]
    others = [
        *bodies.get("party", ())[:1],
        *bodies.get("association", ())[:1],
        *(unit for unit in bodies.get("unit", ()) if unit != office.drafting_unit_id),
    ]
    consulted = mandatory + [Consulted(body, mandatory=False) for body in others[:3]]
    deputy = (document.signer.authority or "").startswith("KT")
    lines = () if document.recipients else _lines_of_noi_nhan(document)
    return Routing("pho_chu_tich" if deputy else "chu_tich", tuple(consulted), recipients=lines)


def _lines_of_noi_nhan(document: PlanDocument) -> tuple[str, ...]:
    """What a clerk would type where the text has no Nơi nhận: everybody who leads a task, and the archive."""
    leads = dict.fromkeys(name for task in document.tasks for name in task.lead)
    return (*(f"{name};" for name in leads), "Lưu: VT.")


def _first_day(document: PlanDocument) -> date:
    year = document.period.first if document.period else (document.date or date(2024, 1, 1)).year
    return document.date if document.date and document.date.year >= year else date(year, 1, 4)


def _last_day(document: PlanDocument) -> date:
    year = document.period.last if document.period else _first_day(document).year
    return date(year + 1, 1, 31)
