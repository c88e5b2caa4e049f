"""Báo cáo: every cycle that concerns the office, and one cycle with who has sent and who is late."""

from __future__ import annotations

from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest
from service.words import books
from service.words import signatures as said
from workflows.actions.order_signatures import standing
from workflows.errors import NotFound
from workflows.papers.signing.check_code import spaced
from workflows.plans.cycles import period_words
from workflows.store import issuing, reporting, signing
from workflows.store.local_days import local_day
from workflows.store.screens import reports as screen
from workflows.store.screens import sight
from workflows.store.screens.incoming_book import told_of
from workflows.store.screens.report_task import office_table

from .late_reports import late_of

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


@pages.get("/bao-cao/{cycle_id}", PERSON)
def cycle(visit: Guest, cycle_id: int) -> Response:
    """One cycle: units, days, who is late, and the report itself."""
    today = local_day(visit.now)
    with visit.web.database.read() as connection:
        seen = sight.sight_with_lent(connection, visit.person.groups, visit.person_id, visit.now)
        found = screen.cycle_seen(connection, cycle_id, today)
        if not sight.sees(connection, seen, found.cycle.plan_id):
            raise NotFound("cycle", id=cycle_id)
        recipients = issuing.recipients_of(connection, "report", cycle_id)
        return visit.page(
            "report.html",
            found=found,
            period=period_of,
            office=office_table(connection, found.cycle),
            today=today,
            signatures=standing(connection, "report", cycle_id),
            check_code=spaced(signing.code_of(connection, "report", cycle_id) or ""),
            recipients=recipients,
            told=told_of(connection, recipients),
            may_send=f"van_thu@{found.cycle.office_id}" in visit.person.groups,
            said=said,
            book_words=books,
        )


def period_of(cycle: reporting.Cycle) -> str:
    """What a cycle is about: its matter, or its period in words."""
    return cycle.title or period_words(cycle.key)
