"""What one unit sent in a cycle, every version of it; given back with a reason, or opened again after the last day."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection
from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.words import report_words
from service.words.dates import period_said, time_words
from workflows.actions.reports.give_back import reopen_report, return_report
from workflows.actions.reports.keepers import consolidates
from workflows.errors import NotFound, Refused
from workflows.plans.report_form import figures_in, form_of, written
from workflows.store import reporting, submitting
from workflows.store.screens import sight
from workflows.store.screens.report_task import office_table

from .list_files import ListFile, list_file
from .mistakes import Mistake, mistakes_of

pages = Pages()
UNIT = "/bao-cao/{cycle_id}/don-vi/{submission_id}"


@pages.get(UNIT, PERSON)
def show(visit: Guest, cycle_id: int, submission_id: int) -> Response:
    """The report of the unit as it stands, and what happened to it."""
    return _page(visit, cycle_id, submission_id)


@pages.post(UNIT + "/tra-lai", PERSON)
def give_back(visit: Guest, cycle_id: int, submission_id: int) -> Response:
    """Give the report back to the unit."""
    return _do(visit, cycle_id, submission_id, return_report)


@pages.post(UNIT + "/mo-lai", PERSON)
def reopen(visit: Guest, cycle_id: int, submission_id: int) -> Response:
    """Ask the unit once more after its figures were closed."""
    return _do(visit, cycle_id, submission_id, reopen_report)


@pages.get("/bao-cao/{cycle_id}/so-lieu.xlsx", PERSON)
def figures(visit: Guest, cycle_id: int) -> Response:
    """Units by lines with their totals, as a worksheet."""
    with visit.web.database.read() as connection:
        cycle = seen_cycle(visit, connection, cycle_id)
        table = office_table(connection, cycle)
    columns = [
        ("TT", 6),
        (report_words.UNIT_COLUMN, 40),
        *((f"{each.label} {each.unit}".strip(), 20) for each in table.lines),
    ]
    rows = [
        (str(at), row.submission.body_name, *(cell or report_words.NO_FIGURE for cell in row.cells))
        for at, row in enumerate(table.rows, start=1)
    ]
    rows.append(
        (
            "",
            report_words.TOTAL_ROW,
            *("" if each.total.figure is None else written(each.total.figure) for each in table.totals),
        )
    )
    reported = (f"{each.total.reported}/{each.total.asked}" for each in table.totals)
    rows.append(("", report_words.REPORTED_ROW, *reported))
    cover = [cycle.title or period_said(cycle.key), time_words(visit.now)]
    return list_file(visit, ListFile(f"so-lieu-{cycle.id}", report_words.FIGURES_OF, columns, rows, cover))


def seen_cycle(visit: Visit, connection: Connection, cycle_id: int) -> reporting.Cycle:
    """The cycle, if the visitor may look at its plan; else there is none."""
    cycle = reporting.cycle(connection, cycle_id)
    if not sight.sees(
        connection, sight.sight_with_lent(connection, visit.person.groups, visit.person_id, visit.now), cycle.plan_id
    ):
        raise NotFound("cycle", id=cycle_id)
    return cycle


def _do(visit: Visit, cycle_id: int, submission_id: int, verb: Callable[..., int]) -> Response:
    if visit.form.has("xem_lai"):
        return _page(visit, cycle_id, submission_id)
    with visit.web.database.read() as connection:
        _own(connection, seen_cycle(visit, connection, cycle_id), submission_id)
    try:
        verb(visit.desk(), submission_id, visit.form.text("ly_do"))
    except Refused as refused:
        if status_of(refused) != 422:
            raise
        return _page(visit, cycle_id, submission_id, mistakes_of(refused), 422)
    visit.web.nudge()
    return visit.go(f"/bao-cao/{cycle_id}/don-vi/{submission_id}")


def _own(connection: Connection, cycle: reporting.Cycle, submission_id: int) -> submitting.Submission:
    found = submitting.submission(connection, submission_id)
    if found.cycle_id != cycle.id:
        raise NotFound("submission", id=submission_id)
    return found


def _page(
    visit: Visit, cycle_id: int, submission_id: int, wrong: list[Mistake] | None = None, status: int = 200
) -> Response:
    with visit.web.database.read() as connection:
        visit.know_frame(connection)
        cycle = seen_cycle(visit, connection, cycle_id)
        found = _own(connection, cycle, submission_id)
        rule = reporting.rule(connection, cycle.rule_id)
        source = reporting.cycle(connection, found.source_cycle_id) if found.source_cycle_id else None
        below = source is not None and sight.sees(
            connection, sight.sight_of(connection, visit.person.groups), source.plan_id
        )
        return visit.page(
            "unit_report.html",
            status=status,
            cycle=cycle,
            period=cycle.title or period_said(cycle.key),
            found=found,
            form=figures_in(form_of(cycle.form)),
            source=source if below else None,
            events=submitting.events_of(connection, submission_id),
            may=cycle.closed_at is None and consolidates(visit.person.groups, rule, cycle.office_id),
            typed=visit.form.fields,
            wrong=wrong or [],
            said=report_words,
        )
