"""What the forms of a report cycle show: the unit's prefilled form, the office's table of figures and its draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection

from workflows.plans.consolidation import Compared, Given, compared, given_in, totals_of
from workflows.plans.cycles import key_a_year_before
from workflows.plans.normalise import low
from workflows.plans.report_draft import counts_of, words_of_office, words_of_unit
from workflows.plans.report_form import DEFAULT_FORM, Line, figures_in, form_of, kept, written
from workflows.store import reporting, submitting
from workflows.store.change_threshold import share_flagged
from workflows.store.submitting import Submission
from workflows.store.unit_work import work_of_unit

LATE = "gửi muộn"


@dataclass(frozen=True)
class UnitForm:
    """The form of one unit: its lines, what stands in them before it types, and the same of the year before."""

    form: tuple[Line, ...]
    prefill: Mapping[str, str]
    before: Mapping[str, str]


@dataclass(frozen=True)
class UnitFigures:
    """One row of the table of figures: the submission and its figure in each figure line, None: not reported."""

    submission: Submission
    cells: Sequence[str | None]


@dataclass(frozen=True)
class OfficeTable:
    """Units by lines with their totals; `added` are units that sent after the report was passed on for signature."""

    lines: tuple[Line, ...]
    rows: list[UnitFigures]
    totals: tuple[Compared, ...]
    draft: str
    added: list[str] = field(default_factory=list)


def unit_form(connection: Connection, cycle: reporting.Cycle, body_id: int, today: date) -> UnitForm:
    """The form as the unit finds it: what it sent before and got back, else its tasks of the window."""
    form = form_of(cycle.form)
    found = submitting.submission_of(connection, cycle.id, body_id)
    before = {key: written(value) for key, value in _year_before(connection, cycle, form, body_id).items()}
    if found.text:
        sent = {key: written(value) for key, value in found.figures.items()}
        return UnitForm(form, {"noi_dung": found.text, **sent}, before)
    work = work_of_unit(connection, cycle.plan_id, body_id, cycle.window_from, min(cycle.window_to, today))
    if not work:
        return UnitForm(form, {}, before)
    counts = counts_of(work, today) if form == DEFAULT_FORM else {}
    prefill = {key: str(count) for key, count in counts.items()}
    return UnitForm(form, {"noi_dung": words_of_unit(work, today), **prefill}, before)


def office_table(connection: Connection, cycle: reporting.Cycle) -> OfficeTable:
    """Every unit's figures as they are now with the totals; a unit that is no more has no row."""
    form = form_of(cycle.form)
    found = [each for each in submitting.submissions_of(connection, cycle.id) if each.status != submitting.GONE]
    given = [_given(each) for each in found]
    flagged = share_flagged(connection, cycle.office_id)
    totals = compared(totals_of(form, given), _year_before(connection, cycle, form, None), flagged)
    sent = [(each.body_name, each.text or "") for each in found if each.status == submitting.SENT]
    missing = [each.body_name for each in found if each.status != submitting.SENT]
    notes = {each.body_name: LATE for each in found if each.late}
    draft = words_of_office(sent, missing, totals, notes)
    lines = figures_in(form)
    rows = [UnitFigures(each, _cells(lines, each)) for each in found]
    return OfficeTable(lines, rows, totals, draft, _added(cycle, found))


def _given(each: Submission) -> Given:
    figures = each.figures if each.status == submitting.SENT else None
    return Given(each.body_id, each.body_name, figures, each.coverage if figures is not None else None)


def _cells(lines: Sequence[Line], each: Submission) -> list[str | None]:
    if each.status != submitting.SENT:
        return [None] * len(lines)
    return [written(each.figures[line.key]) if line.key in each.figures else None for line in lines]


def _added(cycle: reporting.Cycle, found: Sequence[Submission]) -> list[str]:
    """Units whose figures differ from what the report was consolidated from."""
    if not cycle.summary:
        return []
    frozen = {each.body_id: each.figures for each in given_in(cycle.summary)}
    now = {each.body_id: each for each in found}
    return [
        each.body_name
        for body_id, each in now.items()
        if each.status == submitting.SENT and frozen.get(body_id) != dict(each.figures)
    ]


def _year_before(
    connection: Connection, cycle: reporting.Cycle, form: Sequence[Line], body_id: int | None
) -> dict[str, int | str]:
    """The figures of the same period a year before, of one unit or of the office, by the lines of today's form."""
    earlier = reporting.same_period(connection, cycle.rule_id, key_a_year_before(cycle.key))
    if earlier is None or earlier.opened_at is None:
        return {}
    lines = form_of(earlier.form)
    if body_id is None:
        totals = totals_of(lines, given_in(earlier.summary)) if earlier.summary else ()
        known = {low(total.line.label): total.figure for total in totals if total.figure is not None}
    else:
        own = [each for each in submitting.submissions_of(connection, earlier.id) if each.body_id == body_id]
        figures = own[0].figures if own and own[0].status == submitting.SENT else {}
        known = {low(line.label): Decimal(str(figures[line.key])) for line in lines if line.key in figures}
    return {line.key: kept(known[low(line.label)]) for line in figures_in(form) if low(line.label) in known}
