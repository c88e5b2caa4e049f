"""Số liệu: late and done by unit and month, how far the reports are, and where plans spend their days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection
from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest, Visit
from service.charts.months import stacked_months
from service.charts.picture import Part, Picture
from service.charts.progress import Measured, progress_bars
from service.words import figure_words as words
from workflows.errors import NotFound
from workflows.store.local_days import local_day
from workflows.store.screens import cycle_progress, work_by_month
from workflows.store.screens.cycle_progress import CycleProgress
from workflows.store.screens.labels import body_names

from .heat import ProcessHeat, heat_of
from .list_files import ListFile, list_file
from .year_filter import PAGE, Shown, shown_of

pages = Pages()


@dataclass(frozen=True)
class YearSeen:
    """Everything that the page shows of a year."""

    months: Picture
    units: Picture
    cycles: Picture
    reports: Picture
    listed: list[CycleProgress]
    heat: list[ProcessHeat]

    def sheet(self, name: str) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
        """The heading and the rows of one table; NotFound for a name that is none of ours."""
        pictures = {"thang": self.months, "don-vi": self.units, "ky": self.cycles, "bao-cao": self.reports}
        if name == "buoc":
            rows = [(each.name, *row) for each in self.heat for row in each.rows]
            return (words.STEPS_BY_PROCESS, *words.STEP_COLUMNS), rows
        if name not in pictures:
            raise NotFound("sheet", name=name)
        return pictures[name].head, pictures[name].rows


@pages.get(PAGE, PERSON)
def figures(visit: Guest) -> Response:
    """The year's figures; the questions live in the address."""
    with visit.web.database.read() as connection:
        shown = shown_of(visit, connection)
        seen = year_seen(visit, connection, shown) if shown.asked.office_ids else None
    return visit.page("figures.html", shown=shown, seen=seen, figure_words=words, today=local_day(visit.now))


@pages.get(f"{PAGE}/tai-ve", PERSON)
def download(visit: Guest, bang: str = "") -> Response:
    """One of the tables as a file to keep."""
    if bang not in words.SHEETS:
        raise NotFound("sheet", name=bang)
    with visit.web.database.read() as connection:
        shown = shown_of(visit, connection)
        head, rows = year_seen(visit, connection, shown).sheet(bang)
    columns = [(each, 40 if at == 0 else 18) for at, each in enumerate(head)]
    title = words.SHEETS[bang].format(shown.asked.year)
    return list_file(visit, ListFile(f"so-lieu-{bang}-{shown.asked.year}", title, columns, rows))


def year_seen(visit: Visit, connection: Connection, shown: Shown) -> YearSeen:
    """The figures as pictures with their tables."""
    asked = shown.asked
    work = work_by_month.work_by_month(connection, asked, visit.now)
    by_body = work_by_month.by_body(work)
    names = body_names(connection, by_body)
    called = {body: names.get(body, "") if body is not None else words.SINGLE_PERSON for body in by_body}
    units = sorted((Measured(called[body], counts) for body, counts in by_body.items()), key=_most_late)
    progress = cycle_progress.cycle_progress(connection, asked, local_day(visit.now))
    cycles = [Measured(words.CYCLE.format(each.key, each.title), each.units) for each in progress.cycles]
    by_unit = sorted((Measured(name, counts) for name, counts in progress.by_unit.items()), key=_most_late)
    months = {month: _by_look(counts, words.WORK) for month, counts in work_by_month.by_month(work).items()}
    return YearSeen(
        stacked_months("thang", words.BY_MONTH.format(asked.year), tuple(words.WORK.values()), months),
        _bars("don-vi", words.BY_UNIT.format(asked.year), words.UNIT, words.WORK, units),
        _bars("ky", words.CYCLES.format(asked.year), words.REPORT_CYCLE, words.REPORTS, cycles),
        _bars("bao-cao", words.REPORTS_BY_UNIT.format(asked.year), words.UNIT, words.REPORTS, by_unit),
        progress.cycles,
        heat_of(connection, asked, visit.now),
    )


def _bars(id: str, name: str, of: str, parts: Mapping[str, Part], rows: Sequence[Measured]) -> Picture:
    looked = [Measured(each.name, _by_look(each.counts, parts)) for each in rows]
    return progress_bars(id, name, of, tuple(parts.values()), looked, done=("c-done", "c-late"))


def _by_look(counts: Mapping[str, int], parts: Mapping[str, Part]) -> dict[str, int]:
    return {parts[state].look: number for state, number in counts.items()}


def _most_late(row: Measured) -> tuple[int, str]:
    late = (work_by_month.OVERDUE, work_by_month.LATE, cycle_progress.MISSING, cycle_progress.SENT_LATE)
    return -sum(row.counts.get(state, 0) for state in late), row.name
