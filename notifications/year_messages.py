"""Letters of the turn of the year."""

from __future__ import annotations

from dataclasses import dataclass

from .messages import AboutPlan, Linked, Message


@dataclass(frozen=True)
class SuccessorDrafted(AboutPlan):
    """The drafting unit hears that the draft which amends or replaces its plan is there to be finished."""

    template = "successor_drafted"
    event = "viec_moi"
    deed: str  # "sửa đổi, bổ sung", "thay thế"
    year: int  # of the review
    before: str  # the plan that it comes after, with its number


@dataclass(frozen=True)
class RetentionDue(Linked):
    """The clerks hear, once a year, how many files need not be kept longer; what becomes of them people decide."""

    template = "retention_due"
    event = "he_thong"
    year: int
    files: int


YEAR_KINDS: tuple[type[Message], ...] = (SuccessorDrafted, RetentionDue)
