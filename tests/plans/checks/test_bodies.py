"""Duties that nobody leads, or that one body both leads and helps with."""

from __future__ import annotations

from dataclasses import replace

from workflows.plans.checks import check_plan
from workflows.plans.read_text import read_text

from .marked import GOOD, ON

DOCUMENT = read_text(GOOD)


def codes_with(**change: tuple[str, ...]) -> list[tuple[str, int | None]]:
    first, *others = DOCUMENT.tasks
    changed = replace(DOCUMENT, tasks=(replace(first, **change), *others))  # type: ignore[arg-type]  # names of fields
    return [(finding.code, finding.line) for finding in check_plan(changed, ON)]


def test_a_duty_without_a_body() -> None:
    assert codes_with(lead=()) == [("DUTY_WITHOUT_BODY", DOCUMENT.tasks[0].first_line)]


def test_a_body_that_leads_and_helps() -> None:
    lead = DOCUMENT.tasks[0].lead
    assert codes_with(coop=lead) == [("LEADS_AND_HELPS", DOCUMENT.tasks[0].first_line)]
