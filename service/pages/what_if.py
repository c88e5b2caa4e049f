"""Nếu … thì sao: who is away when, which days are free, and what of the office's open work will be late then."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from threading import Lock

from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest, Visit
from service.simulation.what_if import Assumed, Foreseen, what_if
from service.statuses import status_of
from service.whole_number import whole_number
from service.words import foresight_words
from service.words.dates import day_words, read_day
from workflows.errors import NotFound, Refused
from workflows.store import directory
from workflows.store.local_days import local_day
from workflows.store.screens import sight
from workflows.store.screens.labels import body_names
from workflows.store.screens.roster import Away

from .mistakes import Mistake, mistakes_of
from .register_entry import day_of, id_of
from .year_filter import PAGE

pages = Pages()
ABSENCES = (1, 2, 3)
AHEAD = timedelta(days=60)
MOST_HOLIDAYS = 30
# A copy of an office is played on for some seconds: one at a time, so that the pages of others stay quick.
_one_at_a_time = Lock()


@pages.get(f"{PAGE}/gia-dinh", PERSON)
def ask(visit: Guest) -> Response:
    """The form."""
    return _page(visit, {})


@pages.post(f"{PAGE}/gia-dinh", PERSON)
def foresee(visit: Guest) -> Response:
    """What will be late under these assumptions; nothing is kept and nobody is told."""
    try:
        assumed = _assumed(visit)
        if not _one_at_a_time.acquire(blocking=False):
            raise Refused("FORESEEING")
        try:
            found = what_if(visit.web.database, assumed, visit.now)
        finally:
            _one_at_a_time.release()
    except Refused as refused:
        if isinstance(refused, NotFound):
            raise
        return _page(visit, visit.form.fields, mistakes_of(refused), status_of(refused))
    return _page(visit, visit.form.fields, found=found)


def _assumed(visit: Visit) -> Assumed:
    sent = visit.form
    own = _offices(visit)
    office_id = id_of(sent.text("co_quan") or str(next(iter(own), "")), "co_quan")
    if office_id not in own:
        raise NotFound("office", id=office_id)
    typed = sent.text("so_ngay")
    days = whole_number(typed, 4)
    if typed and days is None:
        raise Refused("BAD_PACE", field="so_ngay")
    away = tuple(each for number in ABSENCES if (each := _away(visit, number)) is not None)
    return Assumed(office_id, day_of(visit, "den_het"), away, _holidays(visit), days)


def _away(visit: Visit, number: int) -> Away | None:
    """One absence; None for a line that was left empty."""
    fields = (f"nguoi-{number}", f"tu_ngay-{number}", f"den_ngay-{number}")
    if not any(visit.form.text(name) for name in fields[1:]):
        return None
    if not visit.form.text(fields[0]):
        raise Refused("NO_PERSON_AWAY", field=fields[0])
    away = Away(id_of(visit.form.text(fields[0]), fields[0]), day_of(visit, fields[1]), day_of(visit, fields[2]))
    if away.last < away.first:
        raise Refused("BAD_AWAY", field=fields[2])
    return away


def _holidays(visit: Visit) -> tuple[date, ...]:
    days = []
    for words in visit.form.text("ngay_nghi").replace(",", ";").split(";")[:MOST_HOLIDAYS]:
        if not words.strip():
            continue
        day = read_day(words.strip())
        if day is None:
            raise Refused("BAD_DATE", field="ngay_nghi", value=words.strip()[:40])
        days.append(day)
    return tuple(days)


def _offices(visit: Visit) -> Mapping[int, str]:
    """The offices that the person belongs to."""
    with visit.web.database.read() as connection:
        return body_names(connection, sight.sight_of(connection, visit.person.groups).office_ids)


def _page(
    visit: Visit,
    typed: Mapping[str, str],
    wrong: list[Mistake] | None = None,
    status: int = 200,
    found: Foreseen | None = None,
) -> Response:
    today = local_day(visit.now)
    offices = _offices(visit)
    with visit.web.database.read() as connection:
        people = {
            each.id: each.name
            for office_id in offices
            for each in directory.people_of_office(connection, office_id, today)
        }
    return visit.page(
        "what_if.html",
        status,
        offices=offices,
        people=people.items(),
        absences=ABSENCES,
        typed={"den_het": day_words(today + AHEAD), **typed},
        wrong=wrong or [],
        found=found,
        said=foresight_words,
    )
