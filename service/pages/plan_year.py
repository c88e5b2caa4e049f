"""Cả năm: the year of a plan as one chart, and its indices over the periods of its reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection
from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest
from service.charts import plan_year as chart
from service.charts.picture import Part, Picture
from service.charts.plan_year import DutyLine, Sign, Stretch, lines_in, signs_in, year_chart
from service.charts.year_sheet import year_sheet
from service.charts.years import Index, lines_over_years
from service.words import figure_words as words
from service.words.dates import day_words, local_day
from workflows.plans.duties import number_in_document
from workflows.store import clockwork
from workflows.store.clockwork import CalendarDay
from workflows.store.plans import Plan
from workflows.store.screens import plan_page
from workflows.store.screens.indices import PlanFigures, figures_by_period
from workflows.store.screens.plan_page import CycleRow, DutyRow

from .plan import Opened, open_plan, plan_tab

pages = Pages()


@pages.get("/ke-hoach/{plan_id}/ca-nam", PERSON)
def whole_year(visit: Guest, plan_id: int, nam: int = 0) -> Response:
    """One year of the plan: duties along the months, days that matter, today; and how its indices went."""
    with visit.web.database.read() as connection:
        opened = open_plan(visit, connection, plan_id)
        seen = _year_seen(connection, opened, nam)
        return plan_tab(
            visit,
            opened,
            "ca-nam",
            years=seen.years,
            year=seen.year,
            picture=year_chart("ca-nam", seen.name, seen.year, opened.today, seen.signs, seen.lines),
            indices=_indices(figures_by_period(connection, plan_id)),
        )


@pages.get("/ke-hoach/{plan_id}/ca-nam/in", PERSON)
def on_paper(visit: Guest, plan_id: int, nam: int = 0, kho: str = "") -> Response:
    """The same year as one landscape sheet, A4 or A3."""
    with visit.web.database.read() as connection:
        opened = open_plan(visit, connection, plan_id)
        seen = _year_seen(connection, opened, nam)
    sheet = year_sheet("to-nam", seen.name, seen.year, seen.signs, seen.lines)
    plan = opened.top.plan
    return visit.page(
        "plan_year_sheet.html", plan=plan, year=seen.year, picture=sheet, size="a3" if kho == "a3" else "a4"
    )


@dataclass(frozen=True)
class _YearSeen:
    """What both pictures of a year are drawn from."""

    years: list[int]
    year: int
    name: str
    signs: list[Sign]
    lines: list[DutyLine]


def _year_seen(connection: Connection, opened: Opened, asked: int) -> _YearSeen:
    plan = opened.top.plan
    duties = plan_page.duty_rows(connection, plan.id)
    cycles = plan_page.cycle_rows(connection, plan.id)
    years = _years(plan, duties, cycles, opened.today)
    year = asked if asked in years else min(years, key=lambda each: abs(each - opened.today.year))
    lines, signs = [_line(row, plan, opened.today) for row in duties], list(_signs(plan, cycles))
    if signs_in(year, signs) or lines_in(year, lines):  # days off alone are no year of a plan
        signs += _days(clockwork.calendar_days_of(connection, plan.office_id), year)
    return _YearSeen(years, year, words.YEAR_OF_PLAN.format(year), signs, lines)


def _years(plan: Plan, duties: Sequence[DutyRow], cycles: Sequence[CycleRow], today: date) -> list[int]:
    days = [day for row in duties for time in row.times for day in (time.opens_on, time.due_on) if day]
    days += [day for row in cycles for day in (row.cycle.unit_due, row.cycle.office_due)]
    days += [plan.issued_on] if plan.issued_on else []
    found = {day.year for day in days} or {plan.period_from or today.year}
    return list(range(min(found), max(found) + 1))


def _line(row: DutyRow, plan: Plan, today: date) -> DutyLine:
    name = f"{number_in_document(row.duty.no)}. {row.duty.title}"
    return DutyLine(name, row.leads or row.duty.lead_raw or "", [_stretch(time, plan, today) for time in row.times])


def _stretch(time: Any, plan: Plan, today: date) -> Stretch:  # noqa: ANN401 - a row of occurrences
    state, said = _state(time, today)
    end = time.due_on or date(max(plan.period_to or time.opens_on.year, time.opens_on.year), 12, 31)
    return Stretch(min(time.opens_on, end), end, state, f"{time.key}: {said}")


def _state(time: Any, today: date) -> tuple[Part, str]:  # noqa: ANN401 - a row of occurrences
    if time.done_at is not None:
        done = local_day(time.done_at)
        state = chart.DONE_LATE if time.due_on and done > time.due_on else chart.DONE
        return state, words.DONE_ON.format(state.words.lower(), day_words(done))
    if time.due_on is None:
        return chart.STEADY, chart.STEADY.words.lower()
    state = chart.OVERDUE if time.due_on < today else chart.RUNNING if time.opened_at else chart.AHEAD
    return state, state.words.lower()


def _signs(plan: Plan, cycles: Sequence[CycleRow]) -> Iterator[Sign]:
    if plan.issued_on:
        yield Sign(plan.issued_on, "milestone", words.ISSUED)
    if plan.period_to:
        yield Sign(date(plan.period_to, 12, 31), "milestone", words.PERIOD_ENDS)
    for row in cycles:
        yield Sign(row.cycle.unit_due, "unit_report", words.UNITS_REPORT.format(row.cycle.key))
        yield Sign(row.cycle.office_due, "office_report", words.OFFICE_REPORTS.format(row.cycle.key))


def _days(entered: Sequence[CalendarDay], year: int) -> Iterator[Sign]:
    """Days off, half days and days worked instead; neighbours are one sign, named by its first and its last day."""
    sign: Sign | None = None
    first = ""
    for each in entered:
        if each.day.year != year:
            continue
        if sign and each.kind == sign.kind and each.day - sign.end == timedelta(days=1):
            named = first if each.name == first else f"{first} – {each.name}"
            sign = replace(sign, last=each.day, words=named)
            continue
        if sign:
            yield sign
        sign, first = Sign(each.day, each.kind, each.name, each.day), each.name
    if sign:
        yield sign


def _indices(found: PlanFigures) -> Picture | None:
    """What the units reported, by period, beside the targets; None while nobody has reported anything."""
    if not found.lines:
        return None
    indices = [
        Index(f"{each.name} ({each.unit})" if each.unit else each.name, _numbers(each.figures), _numbers(each.targets))
        for each in found.lines
    ]
    return lines_over_years("chi-so", words.INDICES, found.periods, indices)


def _numbers(figures: Mapping[str, Decimal]) -> dict[str, float]:
    return {period: float(figure) for period, figure in figures.items()}
