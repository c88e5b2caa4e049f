"""The days that a plan's words name: "Quý III/2024", "tháng 3 đến tháng 10", "trước ngày 30/11", "tuần 2 tháng 4"."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise

from .dates import real_date
from .document_parts import Period
from .time_shapes import Deadline, Rel, SimpleTime, Window

_BETWEEN_DAYS = r"[\s,)]*(?:va|,|;)\s*(?:(?:dot|lan|ky)\s+\w+\s*:?\s*|nam\s*)?\(?(?:truoc\s+)?(?:ngay\s+)?"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_WEEKS = {**_ROMAN, "5": 5, "dau": 1, "hai": 2, "ba": 3, "tu": 4, "cuoi": -1}
_YEAR = r"(?:/|,?\s+nam\s+|\s*-\s*)((?:19|20)\d\d)"
DAY = re.compile(
    r"(?<![\d/])(\d{1,2})\s*(?:/|-(?=\d)|\s+thang\s+)\s*(\d{1,2})(?:\s*(?:/|-(?=\d)|,?\s+nam\s+)\s*((?:19"
    r"|20)\d\d))?(?![\d/])"
)
# "10-20/5/2026", "từ ngày 10 đến hết ngày 20/5".
_DAY_SPAN = re.compile(
    r"(?<![\d/])(?<!thang )(?<!quy )(\d{1,2})\s*(?:-|den|toi)\s*(?:het\s+)?(?:ngay\s+)?"
    r"(\d{1,2})\s*(?:/|\s+thang\s+)(\d{1,2})(?:(?:/|,?\s+nam\s+)((?:19|20)\d\d))?(?![\d/])"
)
_Q = r"(?:iv|i{1,3}|[1-4])\b"
# "Quý III", "Q.III/2026", "Q3", and "III/2026" by itself.
_QUARTER = r"(?:quy\s*|\bq\.?\s*|\b(?=(?:iv|i{1,3})\s?/\s?20\d\d))"
_QUARTERS = re.compile(rf"{_QUARTER}({_Q}(?:\s*(?:,|-|va|den)\s*(?:quy\s+|q\.?\s*)?{_Q})*)(?:{_YEAR})?")
_QUARTER_SPAN = re.compile(
    rf"{_QUARTER}({_Q})(?:{_YEAR})\s*(?:-|den|toi)\s*(?:het\s+|cuoi\s+)?{_QUARTER}({_Q})(?:{_YEAR})"
)
_MONTHS = re.compile(
    r"thang\s+(\d{1,2})(?:\s*(?:-|den|,|va|den het)\s*(?:thang\s+)?(\d{1,2})(?!\d|\s*/\s*\d{1,2}/))*"
    rf"(?:{_YEAR})?(?!\s*/\s*\d)"
)
_MONTH_LIST = re.compile(
    rf"thang\s+(\d{{1,2}}(?:\s*(?:,|va)\s*(?:thang\s+)?\d{{1,2}})+)(?!\d)(?:{_YEAR})?(?!\s*/\s*\d)"
)
_DAY_OF_MONTHS = re.compile(r"ngay\s+(\d{1,2})\s+(?:cua\s+)?(?:cac|moi)\s+thang\b")
_MONTH_SPAN = re.compile(
    rf"(?:tu\s+)?(?:dau\s+)?thang\s+(\d{{1,2}})(?:{_YEAR})?\s*(?:-|den|toi)\s*(?:het\s+"
    rf"|cuoi\s+)?(?:thang\s+)?(\d{{1,2}})(?:{_YEAR})?(?!\s*/)"
)
_HALF = re.compile(r"(?:6 thang (dau|cuoi)(?: nam)?|\bnua (dau|cuoi) nam)(?:\s*((?:19|20)\d\d))?")
_YEARS = re.compile(r"((?:19|20)\d\d)\s*(?:-|den(?: nam)?)\s*((?:19|20)\d\d)")
_SCHOOL_YEAR = re.compile(r"nam hoc\s+(20\d\d)\s*-\s*(20\d\d)")
_FROM_SCHOOL_YEAR = re.compile(r"\btu nam hoc 20\d\d\s*-\s*20\d\d(?! den)")
_YEAR_ALONE = re.compile(r"\s*(?:cac\s+)?(?:nam\s+)?((?:19|20)\d\d)\s*")
_PIECES = re.compile(r"\s*(?:,|;|\bva\b)\s*")
_ONE_YEAR = re.compile(r"nam\s+((?:19|20)\d\d)")
_WEEK = re.compile(
    r"tuan(?: thu)?\s+(\d|i{1,3}|iv|dau|cuoi|hai|ba|tu)(?: tien| cung)?"
    rf"\s*,?\s+(?:cua )?thang\s+(\d{{1,2}})(?:{_YEAR})?"
)
_MONTH_YEARS = re.compile(r"(?<![\d/q])(\d{1,2})/(20\d\d)(?:\s*(?:-|den|toi)\s*(?:het\s+)?(\d{1,2})/(20\d\d))?")
# By the hour of a day is on that day; before the end of something is by its end.
BEFORE = re.compile(
    r"\btruoc\b(?!\s+(?:luc\s+)?\d{1,2}\s*(?:gio|h\b|h\d|g\d)|\s+khi\s+(?:het|ket thuc)|, trong va sau)"
)
_UNTIL = re.compile(
    r"(?:^|\b)(?:den|cham nhat|muon nhat|truoc khi (?:het|ket thuc))\s+(?:het\s+|cuoi\s+)?(?:thang|quy|nam|ngay)"
)
_TWO_QUARTERS = re.compile(rf"{_QUARTER}{_Q}\s+den\s")
_AROUND = re.compile(r"\btruoc,? (?:trong )?va sau\b|\btruoc, trong va sau\b")
_FROM = re.compile(r"(?<!thu )\b(?:tu|sau)\s+(?:ngay|thang|quy|dau|nam|\d)")
_TO = re.compile(r"\b(?:den|toi|het|-)\b|\d\s*-\s*\d|\btruoc\b")


def dated(text: str, period: Period | None) -> SimpleTime | None:
    """The one span or last day that the words name; None where they name none."""
    year = only_year(period)
    if _AROUND.search(text):
        return None
    span = _week_of(text, year) or _between_days(text, year) or _between_months(text, year)
    if span:
        return span
    before = bool(BEFORE.search(text))
    day = DAY.search(text)
    named = (
        _on_day(text, day, before=before, year=year) if day and int(day[2]) <= 12 else _named(text, year, before=before)
    )
    return _from_there(text, named, period)


def several(text: str, period: Period | None) -> list[SimpleTime]:
    """The spans or days where the words name more than one with something between them; nothing else."""
    return (
        _several_spans(text, period)
        or _several_days(text, period)
        or _parted(text, period)
        or _piece_by_piece(text, period)
    )


def only_year(period: Period | None) -> int | None:
    """The year of a plan of one year, which its words leave out."""
    return period.last if period and period.first == period.last else None


def whole(period: Period | None) -> Window | None:
    """The time of the plan itself."""
    return Window(date(period.first, 1, 1), date(period.last, 12, 31)) if period else None


def _named(text: str, year: int | None, *, before: bool) -> SimpleTime | None:
    window = _named_span(text, year)
    if window is None:
        return None
    if before:
        return Deadline(window.start, "before")
    ends = _UNTIL.search(text) and not _FROM.search(text) and not _TWO_QUARTERS.search(text)
    return Deadline(window.end, "by") if ends else window


def _from_there(text: str, named: SimpleTime | None, period: Period | None) -> SimpleTime | None:
    """ "Từ ngày 01/7/2026", "sau quý II": to the end of the plan; None where that is not known or before it."""
    found, end = _FROM.search(text), whole(period)
    if isinstance(named, Window) and end and _FROM_SCHOOL_YEAR.search(text) and named.start <= end.end:
        return Window(named.start, end.end)
    if named is None or found is None or _TO.search(text):
        return named
    after = found[0].startswith("sau")
    first = named.day if isinstance(named, Deadline) else getattr(named, "end" if after else "start", None)
    if first is None or end is None:
        return None
    first += timedelta(days=1 if after else 0)
    return Window(first, end.end) if first <= end.end else None


def _on_day(text: str, day: re.Match[str], *, before: bool, year: int | None) -> SimpleTime | None:
    of_year = int(day[3]) if day[3] else year
    rel: Rel = "before" if before else "by"
    if of_year is None:
        known = real_date(2024, int(day[2]), int(day[1]))
        return Deadline(None, rel, None, (int(day[2]), int(day[1]))) if known else None
    on = real_date(of_year, int(day[2]), int(day[1]))
    return Deadline(on, rel) if on else None


def _week_of(text: str, year: int | None) -> Window | None:
    """ "Tuần 2 tháng 12/2026": the second week, Monday to Sunday, that has most of its days in the month."""
    found = _WEEK.search(text)
    of_year = int(found[3]) if found and found[3] else year
    month = _months(of_year, int(found[2]), of_year, int(found[2])) if found and of_year else None
    if not found or month is None:
        return None
    number = _WEEKS.get(found[1], 0)
    last = month.end - timedelta(days=3)
    mondays = [day - timedelta(days=day.weekday()) for day in (month.start + timedelta(days=3), last)]
    monday = mondays[1] if number < 0 else mondays[0] + timedelta(weeks=number - 1)
    return Window(monday, monday + timedelta(days=6)) if number else None


def _between_days(text: str, year: int | None) -> Window | None:
    short = _DAY_SPAN.search(text)
    if short:
        of_year = int(short[4]) if short[4] else year
        first, last = (real_date(of_year, int(short[3]), int(short[at])) if of_year else None for at in (1, 2))
        return Window(first, last) if first and last and first <= last else None
    days = list(DAY.finditer(text))
    if len(days) < 2:
        return None
    gap = text[days[0].end() : days[1].start()]
    if not re.fullmatch(r"[\s,]*(?:-|den|toi)\s*(?:het\s+)?(?:ngay\s+)?", gap):
        return None
    last_year = int(days[1][3]) if days[1][3] else year
    first_year = int(days[0][3]) if days[0][3] else last_year
    if first_year is None or last_year is None:
        return None
    start = real_date(first_year, int(days[0][2]), int(days[0][1]))
    end = real_date(last_year, int(days[1][2]), int(days[1][1]))
    return Window(start, end) if start and end and start <= end else None


def _between_months(text: str, year: int | None) -> Window | None:
    quarters = _QUARTER_SPAN.search(text)
    if quarters:
        return _months(int(quarters[2]), 3 * _ROMAN[quarters[1]] - 2, int(quarters[4]), 3 * _ROMAN[quarters[3]])
    found = _MONTH_SPAN.search(text)
    if not found:
        return None
    last_year = int(found[4]) if found[4] else year
    first_year = int(found[2]) if found[2] else last_year
    if first_year is None or last_year is None:
        return None
    return _months(first_year, int(found[1]), last_year, int(found[3]))


def _named_span(text: str, year: int | None) -> Window | None:
    quarters = _QUARTERS.search(text)
    if quarters:
        of_year = int(quarters[2]) if quarters[2] else year
        named = [_ROMAN[part] for part in re.findall(r"iv|i{1,3}|[1-4]", quarters[1])]
        return _months(of_year, 3 * min(named) - 2, of_year, 3 * max(named)) if of_year else None
    half = _HALF.search(text)
    if half:
        of_year, first = int(half[3]) if half[3] else year, 1 if "dau" in (half[1], half[2]) else 7
        return _months(of_year, first, of_year, first + 5) if of_year else None
    months = _MONTHS.search(text)
    if months:
        of_year = int(months[3]) if months[3] else year
        return _months(of_year, int(months[1]), of_year, int(months[2] or months[1])) if of_year else None
    of_years = _MONTH_YEARS.search(text)
    if of_years:
        last_month, last_year = (3, 4) if of_years[3] else (1, 2)
        return _months(int(of_years[2]), int(of_years[1]), int(of_years[last_year]), int(of_years[last_month]))
    school = _SCHOOL_YEAR.search(text)
    if school:  # from the opening in September to the end of May (khung kế hoạch thời gian năm học)
        return _months(int(school[1]), 9, int(school[2]), 5)
    years = _YEARS.search(text)
    if years:
        return _months(int(years[1]), 1, int(years[2]), 12)
    if re.search(r"\bcuoi nam\b", text) and year:
        return _months(year, 12, year, 12)
    one = _ONE_YEAR.search(text) or _YEAR_ALONE.fullmatch(text)
    return _months(int(one[1]), 1, int(one[1]), 12) if one else None


def _several_spans(text: str, period: Period | None) -> list[SimpleTime]:
    """ "Đợt 1 từ 01/4 đến 30/4, đợt 2 từ 01/9 đến 30/9": a window for each; nothing for a single span."""
    days = list(DAY.finditer(text))
    year = only_year(period)
    pieces = [text[one.start() : other.end()] for one, other in pairwise(days)]
    spans = [span for span in (_between_days(piece, year) for piece in pieces) if span]
    return list(spans) if len(spans) >= 2 and len(days) == 2 * len(spans) else []


def _several_days(text: str, period: Period | None) -> list[SimpleTime]:
    """ "Trước ngày 30/4 và trước ngày 02/9": a deadline for each day; nothing for a span or a single day."""
    days = list(DAY.finditer(text))
    gaps = [text[one.end() : other.start()] for one, other in pairwise(days)]
    if not gaps or not all(re.fullmatch(_BETWEEN_DAYS, gap) for gap in gaps):
        return []
    year = only_year(period)
    before = bool(BEFORE.search(text))
    shapes = [_on_day(text, day, before=before, year=year) for day in days]
    return [shape for shape in shapes if shape is not None]


def _parted(text: str, period: Period | None) -> list[SimpleTime]:
    """ "Quý II và Quý IV", "Tháng 6, tháng 12": several spans with gaps between them; nothing when they touch."""
    year = only_year(period)
    quarters = _QUARTERS.search(text)
    months = _MONTH_LIST.search(text)
    if quarters and not re.search(r"-|den", quarters[1]):
        named = sorted({3 * _ROMAN[part] - 2 for part in re.findall(r"iv|i{1,3}|[1-4]", quarters[1])})
        of_year, length = int(quarters[2]) if quarters[2] else year, 3
    elif months:
        named = sorted({int(part) for part in re.findall(r"\d{1,2}", months[1])})
        of_year, length = int(months[2]) if months[2] else year, 1
    else:
        return []
    day = _DAY_OF_MONTHS.search(text)
    if day and of_year and length == 1:
        rel: Rel = "before" if BEFORE.search(text) else "by"
        days = [real_date(of_year, month, int(day[1])) for month in named]
        return [Deadline(each, rel) for each in days if each is not None]
    gaps = any(after - before > length for before, after in pairwise(named))
    spans = [_months(of_year, first, of_year, first + length - 1) for first in named] if of_year and gaps else []
    return [span for span in spans if span is not None]


def _months(first_year: int, first: int, last_year: int, last: int) -> Window | None:
    if not (1 <= first <= 12 and 1 <= last <= 12) or (first_year, first) > (last_year, last):
        return None
    return Window(date(first_year, first, 1), date(last_year, last, monthrange(last_year, last)[1]))


def _piece_by_piece(text: str, period: Period | None) -> list[SimpleTime]:
    """ "Tháng 3/2026 và tháng 9/2026", "khởi công 01/3, hoàn thành 30/11": where every piece names its own time.

    Spans that touch are one; a last day within a span, or at the end of one that only begins, says when that ends.
    """
    pieces = _PIECES.split(text)
    found = [dated(piece, period) for piece in pieces] if len(pieces) > 1 else []
    times: list[SimpleTime] = []
    for each in found:
        if each is None:
            return []
        last = times[-1] if times else None
        if isinstance(last, Window) and isinstance(each, Window) and each.start == last.end + timedelta(days=1):
            times[-1] = Window(last.start, each.end)
        elif isinstance(last, Window) and isinstance(each, Deadline) and each.day and last.start < each.day <= last.end:
            begins = _FROM.search(text) is not None
            end = each.day - timedelta(days=1 if each.rel == "before" else 0)
            times[-1] = Window(last.start, end) if begins else each
        else:
            times.append(each)
    return times
