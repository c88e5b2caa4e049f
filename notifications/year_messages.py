"""Letters of the turn of the year."""

from __future__ import annotations

from dataclasses import dataclass

from .messages import AboutPlan, Message


@dataclass(frozen=True)
class SuccessorDrafted(AboutPlan):
    """The drafting unit hears that the draft which amends or replaces its plan is there to be finished."""

    template = "successor_drafted"
    event = "viec_moi"
    deed: str  # "sửa đổi, bổ sung", "thay thế"
    year: int  # of the review
    before: str  # the plan that it comes after, with its number


YEAR_KINDS: tuple[type[Message], ...] = (SuccessorDrafted,)
