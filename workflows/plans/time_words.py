"""What a plan's words about time mean: "01 lần/quý", "Quý III/2024", "Trước ngày 30/11", "Thường xuyên trong năm"."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise

from .dates import real_date
from .document_parts import Period
from .normalise import plain
from .time_shapes import (
    Continuous,
    Deadline,
    Every,
    Milestone,
    Milestones,
    Recurring,
    Rel,
    SimpleTime,
    TimeShape,
    Window,
)

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_EVERY: dict[str, Every] = {"nam": "year", "quy": "quarter", "thang": "month", "tuan": "week", "ngay": "day"}
_YEAR = r"(?:/|,?\s+nam\s+|\s*-\s*)((?:19|20)\d\d)"
_PERIODIC = re.compile(r"(?:hang|moi|dinh ky|tung)\s+(?:hang\s+)?(nam|quy|thang|tuan|ngay)(?!\s+\d)\b")
# "Trước ngày 25 hằng tháng", "ngày 20 của tháng cuối quý", "ngày làm việc cuối cùng của quý".
_DAY_OF_PERIOD = re.compile(
    r"ngay\s+(?P<day>[12]?\d|3[01])\s+(?:(?:cua\s+)?(?:hang|moi|tung)\s+(?P<each>thang)"
    r"|(?:cua\s+)?thang cuoi(?: cua)?(?: moi)? (?P<last>quy|nam))\b"
)
_LAST_WORKING = re.compile(r"ngay lam viec cuoi(?: cung)?(?: cua)?(?: hang| moi)? (thang|quy|nam)\b(?! \d)")
_HALF_YEARLY = re.compile(
    r"6 thang,? (?:va )?(?:1 |mot )?nam\b|6 thang mot lan|(?:dinh ky|hang|moi)\s+(?:hang\s+)?(?:6"
    r"|sau) thang\b(?! dau| cuoi)"
)
_RATE = re.compile(
    r"(\d{1,3})\s*([^\d\s/;,.()]+(?:,?\s[^\d\s/;,.()]+){0,2})?\s*/\s*(?:(?!moi|nam|quy|thang|tuan"
    r"|ngay)[^\d/;,.()]{2,25}/\s*)?(?:moi\s+)?(\d{1,2})?\s*(nam|quy|thang|tuan|ngay)\b"
)
_PER_ROUND = re.compile(r"(\d{1,2})\s*(nam|quy|thang|tuan)\s*/\s*(\d{1,2})?\s*(lan|ky)\b")
_EACH = re.compile(
    r"(?:moi|hang|mot)\s+(nam|quy|thang|tuan|ngay)[^;.]{0,40}?(?<![\d/])(\d{1,3}|mot|hai|ba)\s+([^\d\s;,.()]+)"
)
_LEAST = re.compile(r"toi thieu|it nhat|tro len|khong it hon")
_TOTAL = re.compile(r"(\d{1,4})\s+([^\d\s;,.()]+)\s*\(\s*\d")
_DAY = re.compile(
    r"(?<![\d/])(\d{1,2})\s*(?:/|-(?=\d)|\s+thang\s+)\s*(\d{1,2})(?:\s*(?:/|-(?=\d)|,?\s+nam\s+)\s*((?:19"
    r"|20)\d\d))?(?![\d/])"
)
_Q = r"(?:iv|i{1,3}|[1-4])\b"
_QUARTERS = re.compile(rf"quy\s+({_Q}(?:\s*(?:,|-|va|den|den quy|va quy)\s*(?:quy\s+)?{_Q})*)(?:{_YEAR})?")
_MONTHS = re.compile(
    r"thang\s+(\d{1,2})(?:\s*(?:-|den|,|va|den het)\s*(?:thang\s+)?(\d{1,2})(?!\d|\s*/\s*\d{1,2}/))*"
    rf"(?:{_YEAR})?(?!\s*/\s*\d)"
)
_MONTH_LIST = re.compile(
    rf"thang\s+(\d{{1,2}}(?:\s*(?:,|va)\s*(?:thang\s+)?\d{{1,2}})+)(?!\d)(?:{_YEAR})?(?!\s*/\s*\d)"
)
_MONTH_SPAN = re.compile(
    rf"(?:tu\s+)?(?:dau\s+)?thang\s+(\d{{1,2}})(?:{_YEAR})?\s*(?:-|den|toi)\s*(?:het\s+"
    rf"|cuoi\s+)?(?:thang\s+)?(\d{{1,2}})(?:{_YEAR})?(?!\s*/)"
)
_HALF = re.compile(r"6 thang (dau|cuoi)(?: nam)?(?:\s*((?:19|20)\d\d))?")
_YEARS = re.compile(r"((?:19|20)\d\d)\s*(?:-|den(?: nam)?)\s*((?:19|20)\d\d)")
_ONE_YEAR = re.compile(r"nam\s+((?:19|20)\d\d)")
_FINISHED = re.compile(r"hoan thanh (?:truoc|xong|cham nhat)|xong truoc")
_WEEK = re.compile(rf"tuan(?: thu)?\s+(\d|i{{1,3}}|iv)\s*,?\s+(?:cua )?thang\s+(\d{{1,2}})(?:{_YEAR})?")
_MONTH_YEARS = re.compile(r"(?<![\d/])(\d{1,2})/(20\d\d)(?:\s*(?:-|den|toi)\s*(?:het\s+)?(\d{1,2})/(20\d\d))?")
_SPANNED = re.compile(r"\d\s*(?:-|\bden\b|\btoi\b)\s*(?:het\s+|cuoi\s+)?(?:ngay\s+|thang\s+)?\d")
_BEFORE = re.compile(r"\btruoc\b")
_BY = re.compile(r"\b(?:den|cham nhat|han|xong|hoan thanh|muon nhat|ket thuc)\b")
_ALWAYS = re.compile(r"thuong xuyen|lien tuc|suot|ca nam|hang ngay|quanh nam")
_ITEM = re.compile(r"\s*(?:;|\n|<br\s*/?>|(?:^|(?<=[.\s]))[-+•]\s(?=[^\W\d])|\.\s+(?=\S))\s*")
# Without a dash at its start a phrase has no items: "Quý II - Quý III/2026" is a span.
_PART = re.compile(r"\s*(?:;|\n|<br\s*/?>|\.\s+(?=\S))\s*")
_STEP = re.compile(r"(?P<head>[^:]{2,60}):\s*(?P<tail>\S.*)")
_TAGS = re.compile(r"<(?!br)[^<>]{0,80}>")


def read_time(words: str, period: Period | None = None) -> tuple[TimeShape, ...]:
    """The shapes that the words mean, () when they mean none; `period` gives the year where the words leave it out."""
    bare = _TAGS.sub(" ", words[:2000]).strip()
    listed = bare[:1] in "-+•" or ":" in bare
    parts = [part.strip(" .,-") for part in (_ITEM if listed else _PART).split(bare)]
    parts = [part for part in parts if part]
    steps = [_step(part, period) for part in parts]
    known = tuple(step for step in steps if step is not None)
    if len(parts) >= 2 and len(known) == len(parts):
        return (Milestones(known),)
    shapes = [shape for part in parts for shape in _one(part, period)]
    return tuple(dict.fromkeys(shapes))


def _step(part: str, period: Period | None) -> Milestone | None:
    """ "Quý I: xây dựng" or "xây dựng: quý I" as a milestone."""
    found = _STEP.match(part)
    if not found:
        return None
    for time, text in ((found["head"], found["tail"]), (found["tail"], found["head"])):
        shapes = _one(time, period)
        if len(shapes) == 1 and not _one(text, period) and not re.search(r"thoi gian|tan suat", plain(text)):
            return Milestone(text.strip(), shapes[0])
    return None


def _one(words: str, period: Period | None) -> list[SimpleTime]:
    text = plain(words)
    rate = _rate(text, words)
    if rate:
        return [*_apart_from_rate(text, rate, period), rate]
    of_period = _day_of_period(text)
    if of_period:
        return [of_period]
    dated = _dated(text, period)
    finished = isinstance(dated, Deadline) and _FINISHED.search(text)
    if _ALWAYS.search(text) and not finished:
        return [_all_along(dated, period, goes_on="duy tri" in text or "tiep tuc" in text)]
    repeated = _PERIODIC.search(text)
    if repeated and not finished:
        return [_repeated(text, repeated[1], dated)]
    if dated:
        return _several_spans(text, period) or _several_days(text, period) or _parted(text, period) or [dated]
    if _HALF_YEARLY.search(text):
        return [Recurring("half")]
    if re.search(r"\btrong nam\b|\btrong ky\b|\btrong giai doan\b", text):
        whole = _whole(period)
        return [whole] if whole else [Continuous()]
    return []


def _day_of_period(text: str) -> Recurring | None:
    """A day that comes again in every month, quarter or year, by its number or as the last working one."""
    least, last = bool(_LEAST.search(text)), _LAST_WORKING.search(text)
    if last:
        return Recurring(_EVERY[last[1]], 1, least, last_working_day=True)
    found = _DAY_OF_PERIOD.search(text)
    if found is None or int(found["day"]) == 0:
        return None
    rel: Rel = "before" if _BEFORE.search(text) else "by"
    return Recurring(_EVERY[found["each"] or found["last"]], 1, least, due=(None, int(found["day"])), rel=rel)


def _apart_from_rate(text: str, rate: SimpleTime, period: Period | None) -> list[SimpleTime]:
    """The span within which a rate holds ("Từ 01/10 đến 31/5, 02 buổi/tuần"); none when it has a total or is whole."""
    counted = isinstance(rate, Recurring) and rate.total is not None
    rest = _PER_ROUND.sub(" ", _RATE.sub(" ", text))
    dated = _dated(rest, period)
    spanned = _SPANNED.search(rest) is not None
    whole = dated == _whole(period)
    return [dated] if isinstance(dated, Window) and spanned and not counted and not whole else []


def _rate(text: str, words: str) -> SimpleTime | None:
    least, total = bool(_LEAST.search(text)), _TOTAL.search(text)
    whole = (int(total[1]), total[2]) if total else None
    spaced = _PER_ROUND.search(text)
    if spaced:
        return _spaced(int(spaced[1]), spaced[2], least=least)
    found = _RATE.search(text)
    if found:
        per = int(found[3] or 1)
        every = _stretched(per, found[4])
        unit = words[found.start(2) : found.end(2)].strip().lower() if found[2] else None
        return Recurring(every, int(found[1]), least, whole[0] if whole else None, _counted(unit))
    each = _EACH.search(text)
    if each:
        count = {"mot": 1, "hai": 2, "ba": 3}.get(each[2]) or int(each[2])
        return Recurring(_EVERY[each[1]], count, least, None, _counted(words[each.start(3) : each.end(3)].lower()))
    return None


def _spaced(size: int, unit: str, *, least: bool) -> Recurring:
    """ "6 tháng/lần" is once a half year, "3 tháng/lần" once a quarter."""
    return Recurring(_stretched(size, unit), 1, least)


def _stretched(size: int, unit: str) -> Every:
    longer: dict[int, Every] = {3: "quarter", 6: "half", 12: "year"}
    return longer.get(size, "month") if unit == "thang" else _EVERY[unit]


def _counted(unit: str | None) -> str | None:
    """The unit that is counted; "lần" counts nothing but times."""
    return None if unit is None or plain(unit) in ("lan", "lan/1") else unit


def _repeated(text: str, unit: str, dated: SimpleTime | None) -> SimpleTime:
    least = bool(_LEAST.search(text))
    day = _DAY.search(text)
    if day and unit == "nam" and real_date(2024, int(day[2]), int(day[1])):
        rel: Rel = "before" if _BEFORE.search(text) else "by"
        return Recurring("year", 1, least, None, None, (int(day[2]), int(day[1])), rel)
    if dated and unit == "nam" and isinstance(dated, Window) and (dated.end - dated.start).days < 200:
        return Recurring("year", 1, least, None, None, (dated.end.month, dated.end.day), "by")
    return Recurring(_EVERY[unit], 1, least)


def _all_along(dated: SimpleTime | None, period: Period | None, *, goes_on: bool) -> Continuous:
    """ "Tháng 6 và duy trì thường xuyên" goes on to the end of the plan, "thường xuyên trong quý I" does not."""
    whole = _whole(period)
    if isinstance(dated, Window):
        return Continuous(dated.start, whole.end if goes_on and whole and whole.end > dated.end else dated.end)
    if isinstance(dated, Deadline) and whole and dated.day:
        return Continuous(whole.start, dated.day)
    return Continuous(whole.start, whole.end) if whole else Continuous()


def _dated(text: str, period: Period | None) -> SimpleTime | None:
    year = period.last if period and period.first == period.last else None
    span = _week_of(text, year) or _between_days(text, year) or _between_months(text, year)
    if span:
        return span
    before = bool(_BEFORE.search(text))
    day = _DAY.search(text)
    if day and int(day[2]) <= 12:
        return _on_day(text, day, before=before, year=year)
    window = _named_span(text, year)
    if window is None:
        return None
    if before:
        return Deadline(window.start, "before")
    if re.search(r"(?:^|\b)(?:den|cham nhat|muon nhat)\s+(?:het\s+|cuoi\s+)?(?:thang|quy|nam|ngay)", text):
        return Deadline(window.end, "by")
    return window


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
    number = _ROMAN.get(found[1]) or int(found[1])
    weekday = month.start.weekday()
    first_monday = month.start + timedelta(days=-weekday if weekday <= 3 else 7 - weekday)
    monday = first_monday + timedelta(weeks=number - 1)
    return Window(monday, monday + timedelta(days=6)) if 1 <= number <= 5 else None


def _between_days(text: str, year: int | None) -> Window | None:
    days = list(_DAY.finditer(text))
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
        of_year = int(half[2]) if half[2] else year
        return (
            _months(of_year, 1 if half[1] == "dau" else 7, of_year, 6 if half[1] == "dau" else 12) if of_year else None
        )
    months = _MONTHS.search(text)
    if months:
        of_year = int(months[3]) if months[3] else year
        return _months(of_year, int(months[1]), of_year, int(months[2] or months[1])) if of_year else None
    of_years = _MONTH_YEARS.search(text)
    if of_years:
        last_month, last_year = (3, 4) if of_years[3] else (1, 2)
        return _months(int(of_years[2]), int(of_years[1]), int(of_years[last_year]), int(of_years[last_month]))
    years = _YEARS.search(text)
    if years:
        return _months(int(years[1]), 1, int(years[2]), 12)
    if re.search(r"\bcuoi nam\b", text) and year:
        return _months(year, 12, year, 12)
    one = _ONE_YEAR.search(text)
    return _months(int(one[1]), 1, int(one[1]), 12) if one else None


def _several_spans(text: str, period: Period | None) -> list[SimpleTime]:
    """ "Đợt 1 từ 01/4 đến 30/4, đợt 2 từ 01/9 đến 30/9": a window for each; nothing for a single span."""
    days = list(_DAY.finditer(text))
    year = period.last if period and period.first == period.last else None
    pieces = [text[one.start() : other.end()] for one, other in pairwise(days)]
    spans = [span for span in (_between_days(piece, year) for piece in pieces) if span]
    return list(spans) if len(spans) >= 2 and len(days) == 2 * len(spans) else []


def _several_days(text: str, period: Period | None) -> list[SimpleTime]:
    """ "Trước ngày 30/4 và trước ngày 02/9": a deadline for each day; nothing for a span or a single day."""
    days = list(_DAY.finditer(text))
    gaps = [text[one.end() : other.start()] for one, other in pairwise(days)]
    if not gaps or not all(re.fullmatch(r"[\s,]*(?:va|,|;)\s*(?:truoc\s+)?(?:ngay\s+)?", gap) for gap in gaps):
        return []
    year = period.last if period and period.first == period.last else None
    before = bool(_BEFORE.search(text))
    shapes = [_on_day(text, day, before=before, year=year) for day in days]
    return [shape for shape in shapes if shape is not None]


def _parted(text: str, period: Period | None) -> list[SimpleTime]:
    """ "Quý II và Quý IV", "Tháng 6, tháng 12": several spans with gaps between them; nothing when they touch."""
    year = period.last if period and period.first == period.last else None
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
    gaps = any(after - before > length for before, after in pairwise(named))
    spans = [_months(of_year, first, of_year, first + length - 1) for first in named] if of_year and gaps else []
    return [span for span in spans if span is not None]


def _months(first_year: int, first: int, last_year: int, last: int) -> Window | None:
    if not (1 <= first <= 12 and 1 <= last <= 12) or (first_year, first) > (last_year, last):
        return None
    return Window(date(first_year, first, 1), date(last_year, last, monthrange(last_year, last)[1]))


def _whole(period: Period | None) -> Window | None:
    return Window(date(period.first, 1, 1), date(period.last, 12, 31)) if period else None
