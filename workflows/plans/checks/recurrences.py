"""Recurrences that do not fit the plan: longer than its period, or with a total that the arithmetic contradicts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from workflows.plans.document import PlanDocument
from workflows.plans.time_shapes import Milestones, Recurring, SimpleTime, TimeShape

from .finding import PlanFinding

_TIMES_A_YEAR = {"year": 1, "half": 2, "quarter": 4, "month": 12, "week": 52}
_WORDS = {"year": "hằng năm", "half": "6 tháng", "quarter": "hằng quý", "month": "hằng tháng", "week": "hằng tuần"}


def check_recurrences(document: PlanDocument, on: date) -> Iterator[PlanFinding]:
    """Each recurring time of each task against the years of the plan."""
    del on
    if document.period is None or document.period.last < document.period.first:
        return
    years = len(document.period.years)
    yearly: list[tuple[str, int]] = []
    for task in document.tasks:
        rows = [(row.time, row.line) for row in task.rows] or [(task.time, task.first_line)]
        for times, line in rows:
            for time in (each for shape in times for each in _simple(shape)):
                if isinstance(time, Recurring):
                    yield from _total(task.no, line, time, years)
                    if years == 1 and _only_yearly(time):
                        yearly.append((task.no, line))
    if yearly:
        tasks = ", ".join(dict.fromkeys(no for no, _ in yearly))
        words = f"Nhiệm vụ {tasks} lặp lại hằng năm, nhưng kế hoạch chỉ có một năm."
        yield PlanFinding(yearly[0][1], "RECURS_BEYOND_PERIOD", words, "note")


def _simple(shape: TimeShape) -> list[SimpleTime]:
    return [item.time for item in shape.items] if isinstance(shape, Milestones) else [shape]


def _only_yearly(time: Recurring) -> bool:
    """ "Hằng năm" and nothing more: in a plan of one year it was taken over from a longer one."""
    return time.every == "year" and time.due is None and not time.minimum and time.count == 1 and time.total is None


def _total(no: str, line: int, time: Recurring, years: int) -> Iterator[PlanFinding]:
    """The total that is written against the number of times: for one year or for all of them."""
    in_a_year = _TIMES_A_YEAR.get(time.every)
    if time.total is None or in_a_year is None or time.minimum:
        return
    expected = time.count * in_a_year
    if time.total not in (expected, expected * years):
        words = (
            f"Nhiệm vụ {no}: {time.count} lần {_WORDS[time.every]} là {expected} một năm, nhưng ghi tổng {time.total}."
        )
        yield PlanFinding(line, "TOTAL_DIFFERS", words)
