"""Ai đang chậm: two clicks from the first page, as a list to print and as a worksheet."""

from __future__ import annotations

from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest, Visit
from service.words import list_words, report_words
from service.words.dates import day_words, period_said, time_words
from workflows.store.local_days import local_day
from workflows.store.screens import sight
from workflows.store.screens.late_units import LateUnit, late_units

from .list_files import ListFile, list_file

pages = Pages()
HOME = "/bao-cao/cham"


@pages.get(HOME, PERSON)
def show(visit: Guest) -> Response:
    """Late reports of the own offices, the longest first."""
    found = late_of(visit)
    return visit.page("late_reports.html", found=found, today=local_day(visit.now), period=_period, said=report_words)


@pages.get(f"{HOME}/tai-ve", PERSON)
def as_file(visit: Guest) -> Response:
    """The same as a file."""
    today, found = local_day(visit.now), late_of(visit)
    rows = [
        (
            str(at),
            each.unit,
            each.title,
            _period(each),
            day_words(each.due),
            str(each.days(today)),
            "; ".join(each.held.people or each.held.bodies) if each.held else "",
            time_words(each.reminded_at) if each.reminded_at else "",
        )
        for at, each in enumerate(found, start=1)
    ]
    cover = [time_words(visit.now)]
    return list_file(
        visit, ListFile(list_words.LATE_REPORTS, report_words.LATE_LIST, report_words.LATE_COLUMNS, rows, cover)
    )


def late_of(visit: Visit) -> list[LateUnit]:
    """The late reports that concern the offices of the visitor."""
    with visit.web.database.read() as connection:
        offices = sight.sight_of(connection, visit.person.groups).office_ids
        return late_units(connection, offices, local_day(visit.now))


def _period(each: LateUnit) -> str:
    return each.cycle.title or period_said(each.cycle.key)
