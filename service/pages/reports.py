"""Báo cáo: every cycle that concerns the office, and one cycle with who has sent and who is late."""

from __future__ import annotations

from sqlalchemy import Connection
from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest, Visit
from service.words import books, list_words
from service.words import signatures as said
from service.words.dates import day_words, period_said, time_words
from service.words.telling_words import TARGET, level_words
from workflows.actions.order_signatures import standing
from workflows.actions.reports.foresee_cycle import foresee_cycle
from workflows.actions.reports.keepers import consolidates
from workflows.errors import NotFound
from workflows.papers.signing.check_code import spaced
from workflows.store import issuing, reporting, signing
from workflows.store.local_days import local_day
from workflows.store.screens import reports as screen
from workflows.store.screens import sight
from workflows.store.screens.incoming_book import told_of
from workflows.store.screens.own_dates import OwnDate
from workflows.store.screens.report_task import office_table
from workflows.store.suspending import suspended_bodies

from .late_reports import late_of
from .list_files import ListFile, list_file

pages = Pages()


@pages.get("/bao-cao", PERSON)
def cycles(visit: Guest, tat_ca: str = "") -> Response:
    """Open cycles and the next ones, late first; past ones on demand."""
    today = local_day(visit.now)
    with visit.web.database.read() as connection:
        seen = sight.sight_with_lent(connection, visit.person.groups, visit.person_id, visit.now)
        rows = screen.cycles_seen(connection, seen, today, everything=bool(tat_ca))
    late = len(late_of(visit))
    return visit.page(
        "reports.html", cycles=rows, today=today, everything=bool(tat_ca), with_plan=True, period=period_of, late=late
    )


@pages.get("/bao-cao/tai-ve", PERSON)
def as_file(visit: Guest, tat_ca: str = "") -> Response:
    """The cycles as a file."""
    today = local_day(visit.now)
    with visit.web.database.read() as connection:
        seen = sight.sight_with_lent(connection, visit.person.groups, visit.person_id, visit.now)
        found = screen.cycles_seen(connection, seen, today, everything=bool(tat_ca))
    days = [
        OwnDate(f"ky-{each.id}", "ky", each.office_due, period_of(each), row.title, f"/bao-cao/{each.id}", visit.now)
        for row in found
        for each in (row.cycle,)
        if each.sent_at is None
    ]
    rows = [
        (
            period_of(row.cycle),
            row.title,
            *(day_words(day) for day in (row.cycle.window_from, row.cycle.window_to, row.cycle.opens_on)),
            *(day_words(day) for day in (row.cycle.unit_due, row.cycle.office_due)),
            f"{row.sent}/{row.units}" if row.cycle.opened_at else "",
            time_words(row.cycle.sent_at) if row.cycle.sent_at else "",
        )
        for row in found
    ]
    cover = [time_words(visit.now)]
    return list_file(visit, ListFile(list_words.CYCLES, list_words.CYCLES, list_words.CYCLE_COLUMNS, rows, cover, days))


@pages.get("/bao-cao/{cycle_id}", PERSON)
def cycle(visit: Guest, cycle_id: int) -> Response:
    """One cycle: units, days, who is late, and the report itself."""
    today = local_day(visit.now)
    with visit.web.database.read() as connection:
        seen = sight.sight_with_lent(connection, visit.person.groups, visit.person_id, visit.now)
        found = screen.cycle_seen(connection, cycle_id, today)
        if not sight.sees(connection, seen, found.cycle.plan_id):
            raise NotFound("cycle", id=cycle_id)
        visit.know_frame(connection)
        recipients = issuing.recipients_of(connection, "report", cycle_id)
        waits = found.cycle.opened_at is None
        return visit.page(
            "report.html",
            found=found,
            period=period_of,
            office=office_table(connection, found.cycle),
            ahead=foresee_cycle(connection, found.cycle, today) if waits else None,
            level_words=level_words,
            today=today,
            signatures=standing(connection, "report", cycle_id),
            check_code=spaced(signing.code_of(connection, "report", cycle_id) or ""),
            recipients=recipients,
            told=told_of(connection, recipients),
            idle=suspended_bodies(connection, [each.submission.body_id for each in found.units]),
            may_remind=_may_remind(visit, connection, found.cycle),
            target_words=TARGET,
            may_send=f"van_thu@{found.cycle.office_id}" in visit.person.groups,
            said=said,
            book_words=books,
        )


def _may_remind(visit: Visit, connection: Connection, cycle: reporting.Cycle) -> bool:
    running = cycle.opened_at is not None and cycle.closed_at is None
    return running and consolidates(visit.person.groups, reporting.rule(connection, cycle.rule_id), cycle.office_id)


def period_of(cycle: reporting.Cycle) -> str:
    """What a cycle is about: its matter, or its period in words."""
    return cycle.title or period_said(cycle.key)
