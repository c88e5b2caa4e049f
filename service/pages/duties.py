"""Nhiệm vụ: every duty that one may see as a table and as a board, and the table as a file."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection
from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest, Visit
from service.words import duty_words as said
from service.words import list_words
from service.words.dates import day_words, period_said, time_words
from workflows.plans.duties import number_in_document
from workflows.store.local_days import local_day
from workflows.store.screens import duty_table, sight
from workflows.store.screens.duty_table import DutyLine
from workflows.store.screens.own_dates import OwnDate
from workflows.store.screens.who_helps import helping_bodies

from .duty_filter import asked_of
from .list_files import MOST_LINES, ListFile, list_file

pages = Pages()
PAGE_SIZE = 100
MOST_IN_A_COLUMN = 50


@pages.get("/nhiem-vu", PERSON)
def table(visit: Guest, trang: int = 1) -> Response:
    """The table; its filters and order live in the address."""
    asked, page, today = asked_of(visit), max(1, trang), local_day(visit.now)
    with visit.web.database.read() as connection:
        seen = _sight(visit, connection)
        lines = duty_table.duty_lines(connection, seen, asked.query, today, PAGE_SIZE + 1, (page - 1) * PAGE_SIZE)
        totals = duty_table.unit_totals(connection, seen, asked.query, today)
        units = duty_table.leading_bodies(connection, seen)
        helpers = helping_bodies(connection, seen)
        plans = duty_table.plans_with_duties(connection, seen)
    return visit.page(
        "duties.html",
        asked=asked,
        lines=lines[:PAGE_SIZE],
        more=len(lines) > PAGE_SIZE,
        page=page,
        totals=totals,
        units=units,
        helpers=helpers,
        plans=plans,
        said=said,
    )


@pages.get("/nhiem-vu/bang", PERSON)
def board(visit: Guest) -> Response:
    """The same as columns by state; a card leads to the page on which it is moved."""
    asked, today = asked_of(visit), local_day(visit.now)
    with visit.web.database.read() as connection:
        seen = _sight(visit, connection)
        columns = {
            state: duty_table.duty_lines(
                connection, seen, replace(asked.query, state=state), today, MOST_IN_A_COLUMN + 1
            )
            for state in said.BOARD
        }
    return visit.page("duties_board.html", asked=asked, columns=columns, most=MOST_IN_A_COLUMN, said=said)


@pages.get("/nhiem-vu/tai-ve", PERSON)
def as_file(visit: Guest) -> Response:
    """The lines that the filters leave."""
    asked, today = asked_of(visit), local_day(visit.now)
    with visit.web.database.read() as connection:
        found = duty_table.duty_lines(connection, _sight(visit, connection), asked.query, today, MOST_LINES)
    rows = [sheet_row(line) for line in found]
    days = [
        OwnDate(f"nhiem-vu-{each.id}", "", due, each.title, each.plan_title, f"/nhiem-vu/{each.id}", visit.now)
        for each in found
        if (due := each.due_on) is not None
    ]
    cover = [time_words(visit.now)]
    return list_file(visit, ListFile(list_words.DUTIES, said.SHEET_TITLE, said.SHEET_COLUMNS, rows, cover, days))


def sheet_row(line: DutyLine) -> tuple[str, ...]:
    """One line in the order of the columns."""
    return (
        line.plan_title,
        number_in_document(line.no),
        line.title,
        line.lead,
        period_said(line.key),
        day_words(line.opens_on),
        day_words(line.due_on) if line.due_on else said.ALL_ALONG,
        said.STATE[line.state],
        said.counted(line.done_count, line.required, line.unit),
        f"{line.percent}%" if line.percent is not None else "",
        line.result or "",
    )


def _sight(visit: Visit, connection: Connection) -> sight.Sight:
    return sight.sight_with_lent(connection, visit.person.groups, visit.person_id, visit.now)
