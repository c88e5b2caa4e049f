"""Quy định của cơ quan: what silence means, when the clock stands still, when letters rest, which change of a figure
is pointed out, and how long the files of finished plans are kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.whole_number import whole_number
from service.words import deadline_words as said
from service.words.report_words import FILE_KIND
from workflows.actions.consulting.set_silence_rule import SETTERS, set_silence_rule
from workflows.actions.deadlines.change_calendar import KEEPERS, Preview
from workflows.actions.deadlines.set_quiet_hours import set_quiet_hours
from workflows.actions.deadlines.set_stops import set_clock_stops
from workflows.actions.reports.set_change_threshold import set_change_threshold
from workflows.actions.set_retention import set_retention
from workflows.engine.office_week import hours_text
from workflows.errors import Refused
from workflows.plans.plan_time import STOPS
from workflows.store import clockwork, directory, preferences, stops, yearly
from workflows.store.change_threshold import percent_flagged
from workflows.store.silence import silence_basis

from .calendar import office_of
from .mistakes import Mistake, mistakes_of

pages = Pages()
# Monday first.
WEEK_FIELDS = ("thu_2", "thu_3", "thu_4", "thu_5", "thu_6", "thu_7", "chu_nhat")


@pages.get("/quy-dinh", PERSON)
def show(visit: Guest) -> Response:
    """The rules of the own office, for everybody in it to see."""
    return rules_page(visit)


@pages.post("/quy-dinh/im-lang", PERSON)
def put_silence(visit: Guest) -> Response:
    """Set what silence means, with its legal basis."""
    form = visit.form
    consents = form.text("im_lang") == "dong_y"
    return _do(
        visit, lambda: set_silence_rule(visit.desk(), office_of(visit), consents=consents, basis=form.text("can_cu"))
    )


@pages.post("/quy-dinh/dong-ho", PERSON)
def put_stops(visit: Guest) -> Response:
    """Set in which states the clock stands still."""
    states = [each for each in STOPS if visit.form.has(f"dung_{each}")]
    return _do(visit, lambda: set_clock_stops(visit.desk(), office_of(visit), states))


@pages.post("/quy-dinh/gio-yen-lang", PERSON)
def put_quiet_hours(visit: Guest) -> Response:
    """Set the hours in which letters rest."""
    return _do(visit, lambda: set_quiet_hours(visit.desk(), office_of(visit), visit.form.text("gio_yen_lang")))


@pages.post("/quy-dinh/nguong-thay-doi", PERSON)
def put_threshold(visit: Guest) -> Response:
    """Set from which change on a figure of a report is pointed out."""
    return _do(visit, lambda: set_change_threshold(visit.desk(), office_of(visit), visit.form.text("nguong")))


@pages.post("/quy-dinh/luu-tru", PERSON)
def put_retention(visit: Guest) -> Response:
    """Set how long files of a kind are kept, with the legal basis."""
    form, typed = visit.form, visit.form.text("so_nam")
    years = (whole_number(typed, 3) or 0) if typed else None
    kind, basis = form.text("loai_ho_so"), form.text("can_cu_luu_tru")
    return _do(visit, lambda: set_retention(visit.desk(), office_of(visit), kind, years, basis))


def _do(visit: Visit, verb: Callable[[], object]) -> Response:
    if visit.form.has("xem_lai"):
        return rules_page(visit, visit.form.fields)
    try:
        verb()
    except Refused as refused:
        if status_of(refused) != 422:
            raise
        return rules_page(visit, visit.form.fields, mistakes_of(refused), 422)
    return visit.go("/quy-dinh")


def rules_page(
    visit: Visit,
    typed: Mapping[str, str] | None = None,
    wrong: list[Mistake] | None = None,
    status: int = 200,
    moves: Preview | None = None,
) -> Response:
    """The rules of the office; with `moves` the due dates that another week would move, to be agreed to."""
    office_id = office_of(visit)
    with visit.web.database.read() as connection:
        office = directory.body(connection, office_id)
        basis, stopping = silence_basis(connection, office_id), stops.stops_of(connection, office_id)
        percent, retention = percent_flagged(connection, office_id), yearly.retention_of(connection, office_id)
        quiet, week = preferences.quiet_of_office(connection, office_id), clockwork.week_of(connection, office_id)
    kept = {"im_lang": "dong_y" if basis else "khong", "can_cu": basis or "", "gio_yen_lang": quiet}
    kept |= dict(zip(WEEK_FIELDS, week.days, strict=True))
    kept |= {"nguong": str(percent)}
    kept |= {"gio_lam_viec": hours_text(week.hours), "het_gio": "co" if week.closes else "khong"}
    return visit.page(
        "office_rules.html",
        status=status,
        office=office,
        basis=basis,
        stopping=stopping,
        quiet=quiet,
        states=STOPS,
        said=said,
        week=week,
        hours=hours_text(week.hours),
        week_fields=WEEK_FIELDS,
        moves=moves,
        percent=percent,
        retention=retention,
        file_kinds=FILE_KIND,
        is_clerk=f"van_thu@{office_id}" in visit.person.groups,
        may_keep_calendar=bool({f"{role}@{office_id}" for role in KEEPERS} & visit.person.groups),
        may_set=bool({f"{role}@{office_id}" for role in SETTERS} & visit.person.groups),
        typed=typed if typed is not None else kept,
        wrong=wrong or [],
    )
