"""What somebody in a body without account hears when a colleague hands on the link of its task."""

from __future__ import annotations

from dataclasses import dataclass

from .messages import AboutPlan


@dataclass(frozen=True)
class LinkPassed(AboutPlan):
    """APR-15: the task of the body, with a link of one's own; whoever handed it on has none any more."""

    template = "link_passed"
    by: str  # who handed it on, as they said
    step: str
    due: str


LINK_KINDS = (LinkPassed,)
