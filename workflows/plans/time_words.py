"""What a plan's words about time mean: "01 lần/quý", "Quý III/2024", "Trước ngày 30/11", "Thường xuyên trong năm"."""

from __future__ import annotations

import re
from dataclasses import replace

from .document_parts import Period
from .normalise import plain
from .time_rates import EVERY, LEAST, rate, without_rate
from .time_shapes import (
    Continuous,
    Deadline,
    Milestone,
    Milestones,
    Recurring,
    Rel,
    SimpleTime,
    TimeShape,
    Window,
)
from .time_spans import BEFORE, dated, only_year, several, whole

_PERIODIC = re.compile(r"(?:hang|moi|dinh ky|tung)\s+(?:hang\s+)?(nam|quy|thang|tuan|ngay)(?!\s+\d)\b")
# "Trước ngày 05 hằng tháng", "hằng tháng, trước ngày 20", "ngày 20 của tháng cuối quý".
_NUMBER = r"ngay\s+(?:mung\s+|mong\s+)?(?P<day>0?[1-9]|[12]\d|3[01])"
_MORE = r"(?P<more>(?:\s*(?:,|va)\s*(?:ngay\s+)?(?:0?[1-9]|[12]\d|3[01])\b)*)"
_DAY_OF_PERIOD = (
    re.compile(rf"{_NUMBER}{_MORE}\s+(?:cua\s+)?(?:hang|moi|tung)\s+(?P<of>thang)\b"),
    re.compile(rf"{_NUMBER}(?P<more>)\s+(?:cua\s+)?thang cuoi(?: cua)?(?: hang| moi)? (?P<of>quy|nam)\b"),
    re.compile(
        rf"(?:hang|moi|tung|dinh ky)\s+(?P<of>thang|quy)\b(?! \d)[^.;]{{0,40}}?{_NUMBER}{_MORE}"
        r"(?!\s*/|\s*-\s*\d|\s+(?:cua\s+)?thang\b|\d)"
    ),
)
_LAST_DAY = re.compile(
    r"ngay (?P<work>lam viec )?cuoi(?: cung)?(?: cua)?(?: hang| moi)? (?P<of>thang|quy|nam)\b(?! (?:\d|i{1,3}\b|iv\b))"
)
_WEEK_OF_MONTH = re.compile(r"tuan (?:thu )?(dau|cuoi)(?: tien| cung)?,?(?: cua)?(?: hang| moi)? thang\b(?! \d)")
_FIRST_WEEK = 7
_ANY_YEAR = Period(2024, 2024)  # a leap year has every day
_SHORT = 200  # days
_OTHER_SPELLING = re.compile(r"\bqui\b")
_ALL_DAY = re.compile(r"(?<!ngay )(?<!truoc )(?<!den )(?<![\d/])24/7(?![\d/])")  # as long as what is put in its place
_NEXT_YEAR = re.compile(r"(?<!cac )(?<!nhung )\b(?:cua )?nam (?:sau|ke tiep|tiep theo|lien ke)\b")
_HALF_YEARLY = re.compile(
    r"6 thang,? (?:va )?(?:1 |mot )?nam\b|6 thang mot lan|(?:dinh ky|hang|moi)\s+(?:hang\s+)?(?:6"
    r"|sau) thang\b(?! dau| cuoi)"
)
_FINISHED = re.compile(r"hoan thanh (?:[^\W\d]+ ){0,4}?(?:truoc|xong|cham nhat)|xong truoc")
# "Thường xuyên, cao điểm tháng 6": the peak bounds nothing.
_PEAK = re.compile(r"(?<=thuong xuyen),? (?:cao diem|trong tam|tap trung)[^;.]*")
_SPANNED = re.compile(r"\d\s*(?:-|\bden\b|\btoi\b)\s*(?:het\s+|cuoi\s+)?(?:ngay\s+|thang\s+)?\d")
_ALWAYS = re.compile(r"thuong xuyen|lien tuc|suot|ca nam|hang ngay|quanh nam")
_ITEM = re.compile(r"\s*(?:;|\n|<br\s*/?>|(?:^|(?<=[.\s]))[-+•]\s(?=[^\W\d])|\.\s+(?=\S))\s*")
# Without a dash at its start a phrase has no items: "Quý II - Quý III/2026" is a span.
_PART = re.compile(r"\s*(?:;|\n|<br\s*/?>|\.\s+(?=\S))\s*")
_STEP = re.compile(r"(?P<head>[^:]{2,60}):\s*(?P<tail>\S.*)")
# "02 đợt: Đợt 1: từ ngày … đến ngày …" counts what it goes on to list.
_ROUNDS = re.compile(r"\d{1,2} (đợt|lần|giai đoạn|bước)\s*:\s*(?=\1 )", re.IGNORECASE)
_TAGS = re.compile(r"<(?!br)[^<>]{0,80}>")


def read_time(words: str, period: Period | None = None) -> tuple[TimeShape, ...]:
    """The shapes that the words mean, () when they mean none; `period` gives the year where the words leave it out."""
    bare = _ROUNDS.sub("", _TAGS.sub(" ", words[:2000]).strip())
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
    text = _ALL_DAY.sub("suot", _OTHER_SPELLING.sub("quy", plain(words).replace("→", "-")))
    often = rate(text, words)
    if often:
        return _within(text, often, period)
    rhythms = _rhythms(text)
    if len(rhythms) > 1:
        return [shape for rhythm in rhythms for shape in _day_of_period(rhythm) or _spans(rhythm, period)]
    of_period = _day_of_period(text)
    if of_period:
        return of_period
    settled = _next_year(text, period)
    return [] if settled is None else _spans(settled, period)


def _rhythms(text: str) -> list[str]:
    """ "Hằng tháng (trước ngày 18), hằng quý, hằng năm" apart, where it names periods of more than one length."""
    found = list(_PERIODIC.finditer(text))
    if len({each[1] for each in found}) < 2:
        return [text]
    ends = [*(each.start() for each in found[1:]), len(text)]
    return [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def _spans(text: str, period: Period | None) -> list[SimpleTime]:
    named = dated(_PEAK.sub("", text), period)
    finished = isinstance(named, Deadline) and _FINISHED.search(text)
    if _ALWAYS.search(text) and not finished:
        return [_all_along(named, period, goes_on="duy tri" in text or "tiep tuc" in text)]
    repeated = _PERIODIC.search(text)
    if repeated and not finished:
        return _repeated(text, repeated[1], period)
    if named:
        return several(text, period) or [named]
    if _HALF_YEARLY.search(text):
        return [Recurring("half")]
    if re.search(r"\btrong nam\b|\btrong ky\b|\btrong giai doan\b", text):
        plan = whole(period)
        return [plan] if plan else [Continuous()]
    return []


def _next_year(text: str, period: Period | None) -> str | None:
    """The same with "năm sau" as a year; None where it is not known which that is."""
    year = only_year(period)
    if not _NEXT_YEAR.search(text):
        return text
    return None if year is None else _NEXT_YEAR.sub(f"nam {year + 1}", _PERIODIC.sub(" ", text))


def _day_of_period(text: str) -> list[SimpleTime]:
    """Days that come again in every month, quarter or year: by their numbers, the last one, or in a named week."""
    least, last, week = bool(LEAST.search(text)), _LAST_DAY.search(text), _WEEK_OF_MONTH.search(text)
    if last:
        return [Recurring(EVERY[last["of"]], 1, least, last_working_day=bool(last["work"]))]
    if week:
        return [Recurring("month", 1, least, due=(None, _FIRST_WEEK) if week[1] == "dau" else None)]
    for pattern in _DAY_OF_PERIOD:
        found = pattern.search(text)
        if found:
            rel: Rel = "before" if BEFORE.search(text) else "by"
            days = re.findall(r"\d+", f"{found['day']} {found['more']}")
            return [Recurring(EVERY[found["of"]], 1, least, due=(None, int(day)), rel=rel) for day in days]
    return []


def _within(text: str, often: Recurring, period: Period | None) -> list[SimpleTime]:
    """A rate and the span within which it holds ("Từ 01/10 đến 31/5, 02 buổi/tuần"), unless it has a total or is whole.

    The months that stand beside a rate are those of its times ("02 đợt/năm, tháng 5 và tháng 11").
    """
    rest = without_rate(text)
    months = _months_named(rest, period)
    if often.every == "year" and months and often.count % len(months) == 0:
        return [replace(often, months=months)]
    named = dated(rest, period)
    if isinstance(named, Deadline) and named.day and _FINISHED.search(text):
        return [often, named]
    spanned = _SPANNED.search(rest) is not None and often.total is None and named != whole(period)
    return [named, often] if isinstance(named, Window) and spanned else [often]


def _months_named(text: str, period: Period | None) -> tuple[tuple[int, int], ...]:
    """The first and the last month of each of several spans within a year; none where a day is named."""
    spans = several(text, period if only_year(period) else _ANY_YEAR)
    whole_months = [each for each in spans if isinstance(each, Window) and each.start.day == 1]
    found = tuple((each.start.month, each.end.month) for each in whole_months if each.start.year == each.end.year)
    return found if len(found) == len(spans) else ()


def _repeated(text: str, unit: str, period: Period | None) -> list[SimpleTime]:
    """What comes again in every period; of a year on each day, or by the end of each short span, that it names."""
    least = bool(LEAST.search(text))
    if unit == "nam":
        months = _months_named(text, period)
        if months:
            return [Recurring("year", 1, least, months=months)]
        one = period if only_year(period) else _ANY_YEAR
        times: list[SimpleTime | None] = [*several(text, one)] or [dated(text, one)]
        yearly = [shape for each in times if (shape := _yearly(each, least=least))]
        if len(yearly) == len(times):
            return [*yearly]
    return [Recurring(EVERY[unit], 1, least)]


def _yearly(named: SimpleTime | None, *, least: bool) -> Recurring | None:
    if isinstance(named, Deadline) and named.day is not None:
        return Recurring("year", 1, least, due=(named.day.month, named.day.day), rel=named.rel)
    if isinstance(named, Window) and (named.end - named.start).days < _SHORT:
        return Recurring("year", 1, least, due=(named.end.month, named.end.day), rel="by")
    return None


def _all_along(named: SimpleTime | None, period: Period | None, *, goes_on: bool) -> Continuous:
    """ "Tháng 6 và duy trì thường xuyên" goes on to the end of the plan, "thường xuyên trong quý I" does not."""
    plan = whole(period)
    if isinstance(named, Window):
        return Continuous(named.start, plan.end if goes_on and plan and plan.end > named.end else named.end)
    if isinstance(named, Deadline) and plan and named.day:
        return Continuous(plan.start, named.day)
    return Continuous(plan.start, plan.end) if plan else Continuous()
