"""Recurrences against the years of the plan."""

from __future__ import annotations

from dataclasses import replace

from workflows.plans.checks import check_plan
from workflows.plans.document import Period
from workflows.plans.read_text import read_text
from workflows.plans.time_shapes import Milestone, Milestones, Recurring, TimeShape

from .marked import GOOD, ON

DOCUMENT = read_text(GOOD)


def codes(time: TimeShape, last: int = 2026) -> list[str]:
    first, *others = DOCUMENT.tasks
    changed = replace(DOCUMENT, period=Period(2026, last), tasks=(replace(first, time=(time,)), *others))
    return [finding.code for finding in check_plan(changed, ON)]


def test_every_year_in_a_plan_of_one_year() -> None:
    assert codes(Recurring("year")) == ["RECURS_BEYOND_PERIOD"]
    assert codes(Milestones((Milestone("một lần", Recurring("year")),))) == ["RECURS_BEYOND_PERIOD"]
    assert codes(Recurring("year"), last=2027) == []
    assert codes(Recurring("year", 2)) == []


def test_a_total_that_the_arithmetic_contradicts() -> None:
    assert codes(Recurring("month", 4, total=48)) == []
    assert codes(Recurring("month", 4, total=96), last=2027) == []
    assert codes(Recurring("month", 4, total=40)) == ["TOTAL_DIFFERS"]
