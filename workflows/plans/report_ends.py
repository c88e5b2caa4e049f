"""Dues counted from the end of their period: "ngày 05 tháng sau", "05 ngày làm việc kể từ khi kết thúc quý".

The end of a period is the last day of its last month; only "chốt số liệu" counts from the last day of the window
(NĐ 09/2019/NĐ-CP Điều 12), which comes before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from workflows.engine.calendar import Calendar

from .document_parts import Due

# Behind a day: of the month that follows the period, whatever the period.
NEXT_MONTH = (
    r"\s+(?:cua\s+)?thang(?:\s+dau(?:\s+tien)?(?:\s+cua)?\s+(?:quy|ky|nam|thang))?"
    r"\s+(?:lien\s+ke(?!\s+truoc)|ke\s+tiep|tiep\s+theo|tiep|ke|sau|toi)\b(?:\s+(?:lien\s+ke|do|ky|quy)\b(?:\s+bao\s+cao)?)?"
)
_WITHIN = re.compile(
    r"(?:(?:trong(?:\s+vong|\s+thoi\s+han)?|cham\s+nhat|muon\s+nhat|sau)\s+)*(?:la\s+|khong\s+qua\s+)?"
    r"(?<![/\d])(?P<days>\d{1,2})(?:\s*\([^()]*\))?\s+ngay(?P<working>\s+lam\s+viec)?,?\s+(?:(?:ke|tinh)\s+)?(?:tu\s+|sau\s+)?"
    r"(?:(?:khi|ngay)\s+)?(?:(?:ket\s+thuc|het)\s+(?P<end>ky|thang|quy|6\s+thang|9\s+thang|nam(?!\s+hoc))(?:\s+bao\s+cao)?"
    r"|chot\s+so\s+lieu)\b"
)
_NEXT = re.compile(
    rf"(?P<rel>truoc|cham nhat|muon nhat|vao|den)?\s*(?:la\s+)?(?:ngay\s+)?(?P<day>\d{{1,2}}){NEXT_MONTH}"
)


def within(folded: str) -> Iterator[tuple[re.Match[str], Due]]:
    """Each number of days behind the end of a period that a folded clause names."""
    for hit in _WITHIN.finditer(folded):
        yield hit, _within(hit)


def due_from_end(folded: str) -> Due | None:
    """What a person typed, if all of it is one such due."""
    hit = _WITHIN.fullmatch(folded)
    if hit is not None:
        return _within(hit)
    hit = _NEXT.fullmatch(folded)
    if hit is None or not 1 <= int(hit["day"]) <= 31:
        return None
    return Due(None, int(hit["day"]), "before" if hit["rel"] == "truoc" else "by", after=1)


def words_from_end(due: Due) -> str:
    """Such a due as `due_from_end` reads it; "" for one that is counted otherwise."""
    if due.within is not None:
        days = f"{due.within:02d} ngày{' làm việc' if due.working else ''}"
        return f"trong vòng {days} kể từ {'ngày chốt số liệu' if due.cutoff else 'khi kết thúc kỳ'}"
    if due.after is None:
        return ""
    return f"{'trước' if due.rel == 'before' else 'chậm nhất'} ngày {due.day:02d} tháng sau"


def day_from_end(shape: Mapping[str, Any], window_to: date, calendar: Calendar) -> date | None:
    """The last day that such a due allows for the window that ends on this day; None for one counted otherwise."""
    due = Due.from_json(shape)
    if due.within is not None:
        end = window_to if due.cutoff else _first_of(window_to, 1) - timedelta(days=1)
        if not due.working:
            return end + timedelta(days=due.within)
        return calendar.local_day(calendar.add_working_days(calendar.end_of(end), due.within))
    if due.after is None or due.day is None:
        return None
    last = _first_of(window_to, due.after + 1) - timedelta(days=1)
    day = last.replace(day=min(due.day, last.day))
    return day - timedelta(days=1) if due.rel == "before" else day


def _within(hit: re.Match[str]) -> Due:
    return Due(rel="by", within=int(hit["days"]), working=hit["working"] is not None, cutoff=hit["end"] is None)


def _first_of(day: date, months: int) -> date:
    """The first day of the month so many months later."""
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)
