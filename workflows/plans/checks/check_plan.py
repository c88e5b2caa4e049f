"""All questions asked of one plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from workflows.plans.document import PlanDocument

from .addressees import check_addressees
from .bases import check_bases
from .bodies import check_bodies
from .finding import WEIGHTS, PlanFinding
from .form import check_form
from .levels import check_levels
from .recurrences import check_recurrences
from .years import check_years

CHECKS: tuple[Callable[[PlanDocument, date], Iterator[PlanFinding]], ...] = (
    check_form,
    check_bases,
    check_bodies,
    check_addressees,
    check_levels,
    check_years,
    check_recurrences,
)


def check_plan(document: PlanDocument, on: date) -> tuple[PlanFinding, ...]:
    """Every finding of a plan that is to be issued on this day, the gravest first, then in the order of the text."""
    found = dict.fromkeys(finding for check in CHECKS for finding in check(document, on))
    return tuple(sorted(found, key=lambda one: (WEIGHTS.index(one.weight), one.line or 0, one.code)))
