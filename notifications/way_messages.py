"""What a person is told to see whether a way out of the house reaches them."""

from __future__ import annotations

from dataclasses import dataclass

from .messages import Linked


@dataclass(frozen=True)
class WayTried(Linked):
    """SET-01 "Gửi thử": a letter that says nothing but that letters arrive."""

    template = "way_tried"
    at: str  # "09:30 ngày 18/11/2026"


WAY_KINDS = (WayTried,)
