"""Tổng quan: in one look what waits for the person, what is late in the office, and where the plans are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest, Visit
from service.words import dates, overview_words, work_words
from workflows.store import directory
from workflows.store.local_days import local_day
from workflows.store.screens import inbox, plan_list, sight
from workflows.store.screens.late_units import LateUnit, late_units

pages = Pages()
HOME = "/tong-quan"
# Whoever leads sees the whole first; everybody else the own work.
LEADERS = frozenset({"chu_tich", "pho_chu_tich", "thu_truong"})
MOST_LOOKED_AT = 50
SHOWN = 5


@dataclass(frozen=True)
class Own:
    """What waits for the person: the first of it, how many, and how many of those looked at are late or due today."""

    rows: tuple[inbox.InboxRow, ...]
    total: int
    over: bool
    late: int
    today: int

    @property
    def count(self) -> str:
        """How many, in figures."""
        return work_words.counted(self.total, over=self.over)


@dataclass(frozen=True)
class OfOffice:
    """What goes on in the own offices: plans with late work, plans on their way and in force, late reports."""

    late: plan_list.PlanList
    on_the_way: plan_list.PlanList
    late_reports: list[LateUnit]

    @property
    def on_their_way(self) -> int:
        """How many plans are between draft and signature."""
        return self.on_the_way.counts.get("draft", 0) + self.on_the_way.counts.get("routing", 0)

    @property
    def in_force(self) -> int:
        """How many plans are being carried out."""
        return self.on_the_way.counts.get("in_force", 0)


@pages.get("/", PERSON)
def home(visit: Guest) -> Response:
    """The first page: the whole for whoever leads, the own work for everybody else."""
    leads = LEADERS & {group.partition("@")[0] for group in visit.person.groups}
    return visit.go(HOME if leads else "/viec")


@pages.get(HOME, PERSON)
def overview(visit: Guest) -> Response:
    """Four figures with their lists, each leading on to the page that has all of it."""
    with visit.web.database.read() as connection:
        own = _own(visit, connection)
        office = _of_office(visit, connection)
        offices = sight.sight_of(connection, visit.person.groups).office_ids
    shared: dict[str, Any] = {"pickable": {}, "work": work_words, "own_offices": offices}
    return visit.page(
        "overview.html",
        own=own,
        office=office,
        face=visit.office,
        sentence=overview_words.sentence(own.late, own.today, own.count, len(office.late_reports), office.late.total),
        today=local_day(visit.now),
        shown=SHOWN,
        **shared,
    )


def _own(visit: Visit, connection: Connection) -> Own:
    lent = directory.lent_to(connection, visit.person_id, visit.now)
    found = inbox.to_do(
        connection, visit.person_id, visit.person.groups, lent, visit.now, size=MOST_LOOKED_AT, waiting=False
    )
    tones = [dates.lateness(row.task.due, visit.now).tone for row in found.rows]
    return Own(found.rows[:SHOWN], found.total, found.uncounted, tones.count("late"), tones.count("today"))


def _of_office(visit: Visit, connection: Connection) -> OfOffice:
    seen, today = sight.sight_of(connection, visit.person.groups), local_day(visit.now)
    late = plan_list.list_plans(connection, seen, "", "", True, visit.now, today, 1, SHOWN)
    moving = plan_list.list_plans(connection, seen, "", "routing", False, visit.now, today, 1, SHOWN)
    return OfOffice(late, moving, late_units(connection, seen.office_ids, today))
