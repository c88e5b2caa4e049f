"""What a new plan begins with: an empty form of a plan, last year's with its years moved, or one to carry out a plan
of an upper level. Nothing is kept before somebody hands it in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from service.auth.visit import Visit
from service.whole_number import whole_number
from service.words import vi
from workflows.actions.paper_facts import matter_of
from workflows.errors import NotFound
from workflows.plans.blank_plan import Upper, blank_plan
from workflows.plans.period_shift import carry_forward
from workflows.plans.word_diff import Comparison, compare
from workflows.store import directory, plans
from workflows.store.local_days import local_day
from workflows.store.screens import sight
from workflows.store.screens.plan_list import PlanRow, list_plans

BLANK = "mau"
OFFERED = 100
# A plan is carried on into these years from today's.
YEARS = range(-1, 6)


@dataclass(frozen=True)
class Offered:
    """The plans that a new one may begin with: the own offices' and those received, newest first."""

    own: Sequence[PlanRow] = ()
    upper: Sequence[PlanRow] = ()


@dataclass(frozen=True)
class Begun:
    """The text that fills the form, where it comes from in words, and what was changed in it."""

    text: str
    source: str
    compared: Comparison | None = field(default=None)


def offered(visit: Visit, connection: Connection) -> Offered:
    """What the form offers to begin with."""
    own = sight.sight_of(connection, visit.person.groups)
    found = list_plans(connection, own, "", "", False, visit.now, local_day(visit.now), 1, OFFERED).rows
    numbered = [row for row in found if row.number is not None]
    return Offered(
        [row for row in numbered if row.office_id in own.office_ids],
        [row for row in numbered if row.office_id not in own.office_ids],
    )


def begun_with(visit: Visit, connection: Connection, unit: directory.Body, given: str, year: int) -> Begun | None:
    """The text for this unit from what the address names (`mau`, or the id of a plan); None where it names nothing.

    NotFound for a plan that the visitor may not see.
    """
    today = local_day(visit.now)
    if not given:
        return None
    office = directory.body(connection, unit.office_id or 0)
    if given == BLANK:
        return Begun(blank_plan(office.name, unit.name, office.place or "", today), "")
    number = whole_number(given)
    own = sight.sight_of(connection, visit.person.groups)
    if number is None or not sight.sees(connection, own, number):
        raise NotFound("plan", id=given)
    plan = plans.plan(connection, number)
    version = plans.version(connection, plan.id, plan.version)
    source = f"{vi.numbered(plan.number, plan.symbol)} – {plan.title}"
    if plan.office_id != office.id:
        matter = matter_of(connection, plan, today)
        parts = [each.title for each in version.document.sections if each.found and each.title]
        upper = Upper(matter.called, matter.about, parts)
        return Begun(blank_plan(office.name, unit.name, office.place or "", today, upper), source)
    wanted = year if year - today.year in YEARS else today.year + 1
    text = carry_forward(version.text, version.document, wanted)
    return Begun(text, source, compare(version.text, text))
