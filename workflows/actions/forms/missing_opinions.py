"""Thiếu ý kiến bắt buộc: the head of the drafting unit extends the round or goes on, and says why."""

from __future__ import annotations

from workflows.engine.calendar import Calendar
from workflows.errors import Refused

from .filing import Filed, Filing


def decide_missing(filing: Filing) -> Filed:
    """Extend the round until the end of a later day, or go on without the missing answers."""
    reason = filing.reason()
    if filing.choice("gia_han", ("co", "khong")) == "khong":
        return Filed("khong_gia_han", {"gia_han": False}, reason)
    day = filing.day("han_moi")
    if day <= filing.work.today:
        raise Refused("DATE_NOT_AHEAD", field="han_moi", value=day.isoformat())
    deadline = Calendar().end_of(day)
    return Filed("gia_han", {"gia_han": True, "han_gia_han": deadline.isoformat()}, reason)
