"""One thing that a careful clerk would mark in the margin of a draft."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Literal

from workflows.plans.document import PlanDocument

Weight = Literal["error", "warning", "note"]
WEIGHTS: tuple[Weight, ...] = ("error", "warning", "note")


@dataclass(frozen=True)
class PlanFinding:
    """Where it stands (a line of the text, from 1, or None), a stable code, a sentence in Vietnamese, how grave it is.

    `error`: must not go out so; `warning`: probably wrong; `note`: mended when it is printed, or custom.
    """

    line: int | None
    code: str
    message: str
    weight: Weight = "warning"


def issue_day(document: PlanDocument, on: date) -> date:
    """The day that the draft bears: `on` where that may be it, else the last day that what is written leaves open."""
    if document.date is not None:
        return document.date
    year, _, month = (document.date_partial or "").partition("-")
    if not year or on.isoformat().startswith(document.date_partial or ""):
        return on
    last = int(month or "12")
    return date(int(year), last, calendar.monthrange(int(year), last)[1])
