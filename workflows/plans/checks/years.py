"""Years that do not belong to the plan: in its date, in its times, in what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from workflows.plans.document import PlanDocument
from workflows.plans.normalise import clean_line, plain
from workflows.plans.time_shapes import Deadline, Milestones, TimeShape, Window

from .finding import PlanFinding, issue_day

_ITSELF = re.compile(
    r"(?:tren day la|ban hanh|xay dung|trien khai thuc hien|noi dung) ke hoach\b[^;.]{0,200}?\bnam (?P<year>20\d\d)\b"
)
_YEAR = re.compile(r"\b20\d\d\b")


def check_years(document: PlanDocument, on: date) -> Iterator[PlanFinding]:
    """The period against the date, the times of tasks and the closing words; a period that is over before it starts."""
    period = document.period
    if period is None:
        return
    if period.last < period.first:
        yield PlanFinding(None, "PERIOD_BACKWARDS", f"Thời kỳ {period.first}–{period.last} ngược.", "error")
        return
    issued = issue_day(document, on)
    if issued.year > period.last:
        words = f"Kế hoạch {_span(document)} nhưng ban hành ngày {issued:%d/%m/%Y}, khi thời kỳ đã hết."
        yield PlanFinding(None, "DATE_AFTER_PERIOD", words, "error")
    for task in document.tasks:
        rows = [(row.time_raw, row.time, row.line) for row in task.rows] or [
            (task.time_raw, task.time, task.first_line)
        ]
        for raw, times, line in rows:
            yield from _times(document, task.no, raw, times, line)
    yield from _itself(document)


def _times(
    document: PlanDocument, no: str, raw: str | None, times: tuple[TimeShape, ...], line: int
) -> Iterator[PlanFinding]:
    assert document.period is not None
    allowed = range(document.period.first, document.period.last + 2)  # the last report is due in the year after
    years = {day.year for time in times for day in _days(time)}
    years |= {int(year) for year in _YEAR.findall(raw or "")}
    wrong = sorted(year for year in years if year not in allowed)
    if wrong:
        words = f"Nhiệm vụ {no} hẹn năm {wrong[0]}, ngoài thời kỳ {_span(document)} của kế hoạch."
        yield PlanFinding(line, "TIME_OUTSIDE_PERIOD", words, "error")


def _days(time: TimeShape) -> list[date]:
    if isinstance(time, Deadline):
        return [time.day] if time.day else []
    if isinstance(time, Window):
        return [time.start, time.end]
    if isinstance(time, Milestones):
        return [day for item in time.items for day in _days(item.time)]
    return []


def _itself(document: PlanDocument) -> Iterator[PlanFinding]:
    assert document.period is not None
    cited = {reference.line for reference in (*document.legal_bases_block, *document.references)}
    for no, raw in enumerate(document.lines, 1):
        found = _ITSELF.search(plain(clean_line(raw)))
        if found and no not in cited and int(found["year"]) not in document.period.years:
            words = f"Câu này gọi kế hoạch là của năm {found['year']}, trong khi thời kỳ là {_span(document)}."
            yield PlanFinding(no, "WRONG_YEAR", words, "error")


def _span(document: PlanDocument) -> str:
    assert document.period is not None
    first, last = document.period.first, document.period.last
    return str(first) if first == last else f"{first}–{last}"
