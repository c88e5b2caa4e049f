"""How often a plan's words ask for something: "04 số/tháng", "mỗi quý 01 lần", "hai lần mỗi năm", "6 tháng/lần"."""

from __future__ import annotations

import re
from dataclasses import replace

from .normalise import plain
from .time_shapes import Every, Recurring

EVERY: dict[str, Every] = {"nam": "year", "quy": "quarter", "thang": "month", "tuan": "week", "ngay": "day"}
LEAST = re.compile(r"toi thieu|it nhat|tro len|khong it hon")
_NUMBERS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4}
_UNITS = r"(nam|quy|thang|tuan|ngay)\b"
# Numbers of days, months and clocks count nothing: "trước ngày 15 của tháng cuối quý", "15/01 năm sau", "6 tháng, năm".
_NO_COUNT = re.compile(
    r"(?<!moi )(?<!hang )(?<!mot )\b(?:ngay\s+\d{1,2}\b(?!\s*\w+\s*/)|thang\s+\d{1,2}\b)"
    r"|(?<![\d/])\d{1,2}\s*/\s*\d{1,2}(?:\s*/\s*\d{4})?(?![\d/]|\s*(?:quy|thang|tuan|ngay)\b)"
    r"|\b\d{1,2}\s*(?:gio|h)\s*\d{0,2}(?!\w)|(?<!/)(?<!/ )\b[69] thang\b(?!\s*/)"
)
_RATE = re.compile(
    r"(\d{1,3})\s*([^\d\s/;,.()]+(?:,?\s[^\d\s/;,.()]+){0,2})?\s*/\s*(?:(?!moi|nam|quy|thang|tuan"
    rf"|ngay)[^\d/;,.()]{{2,25}}/\s*)?(?:moi\s+)?(\d{{1,2}})?\s*{_UNITS}"
)
_PER_ROUND = re.compile(
    r"(\d{1,2}|hai|ba|sau)\s*(nam|quy|thang|tuan)\s*(?:/\s*(?:\d{1,2}|mot)?\s*|\s(?:mot|0?1)\s+)(lan|ky)\b"
)
_EACH = re.compile(
    r"(?:moi|hang|mot)\s+(nam|quy|thang|tuan|ngay)[^;.]{0,40}?(?<![\d/])\b(\d{1,3}|mot|hai|ba)\s+"
    r"(chien dich|hoi nghi|chuyen de|[^\d\s;,.()]+)"
)
_TIMES_EACH = re.compile(
    r"(?<![\d/])\b(\d{1,3}|mot|hai|ba|bon)\s+(lan|dot|cuoc|buoi|ky|lop|tin|bai|so)(?:\s+(?:tro len\s+)?)"
    rf"(?:moi|mot|trong mot|trong)\s+{_UNITS}(?!\s+(?:\d|i{{1,3}}\b|iv\b))"
)
# "ít nhất 04 hội nghị tuyên truyền Luật Khiếu nại trong năm" counts through what it is about.
_IN_YEAR = re.compile(
    r"(?<![\d/])(\d{1,3})\s+(?:lan|dot|cuoc|buoi|ky|lop|hoi nghi|chien dich)\b[^;.]{0,90}?\btrong nam\b(?!\s*20)"
)
# "48 số (04 số/tháng)", "12 cuộc/năm (mỗi tháng 01 cuộc)".
_TOTAL = re.compile(r"(?<![\d/])(\d{1,4})\s+[^\d;.()/]{1,30}?(?:/\s*nam)?\s*\(\s*(?:khoang |binh quan )?(?=\d|moi)")


def rate(text: str, words: str) -> Recurring | None:
    """How often the words (`text` are they in plain letters) ask for something; None where they do not say."""
    total = _TOTAL.search(text)
    if total:
        parted = rate(text[total.end() :], words[total.end() :])
        if parted:
            return replace(parted, total=int(total[1]), minimum=bool(LEAST.search(text)))
    least = bool(LEAST.search(text))
    spaced = _PER_ROUND.search(text)
    if spaced:
        return _spaced(_number(spaced[1]), spaced[2], least=least)
    counted = _blank(_NO_COUNT, text)
    found = _RATE.search(counted)
    if found:
        unit = words[found.start(2) : found.end(2)].strip().lower() if found[2] else None
        every = _stretched(int(found[3] or 1), found[4])
        return every and Recurring(every, int(found[1]), least, None, _counted(unit))
    each = _TIMES_EACH.search(counted)
    if each:
        unit = words[each.start(2) : each.end(2)].lower()
        return Recurring(EVERY[each[3]], _number(each[1]), least, None, _counted(unit))
    yearly = _IN_YEAR.search(counted)
    if yearly:
        return Recurring("year", int(yearly[1]), least)
    each = _EACH.search(counted)
    if each:
        unit = words[each.start(3) : each.end(3)].lower()
        return Recurring(EVERY[each[1]], _number(each[2]), least, None, _counted(unit))
    return None


def without_rate(text: str) -> str:
    """The same text with blanks where it says how often."""
    return _blank(_TIMES_EACH, _blank(_RATE, _blank(_PER_ROUND, text)))


def _spaced(size: int, unit: str, *, least: bool) -> Recurring | None:
    """ "6 tháng/lần" is once a half year, "3 tháng/lần" once a quarter, "2 tháng/lần" six times a year."""
    every = _stretched(size, unit)
    if every:
        return Recurring(every, 1, least)
    if unit == "thang" and 12 % size == 0:
        return Recurring("year", 12 // size, least)
    return Recurring("month", 2, least) if (unit, size) == ("tuan", 2) else None


def _stretched(size: int, unit: str) -> Every | None:
    """The period that is so many of these units long; None where the calendar has none."""
    if size == 1:
        return EVERY[unit]
    months = {"thang": 1, "quy": 3, "nam": 12}.get(unit, 0) * size
    longer: dict[int, Every] = {3: "quarter", 6: "half", 12: "year"}
    return longer.get(months)


def _counted(unit: str | None) -> str | None:
    """The unit that is counted; "lần" counts nothing but times."""
    return None if unit is None or plain(unit) in ("lan", "lan/1") else unit


def _number(word: str) -> int:
    return {**_NUMBERS, "sau": 6}.get(word) or int(word)


def _blank(pattern: re.Pattern[str], text: str) -> str:
    """The text as long as before, with blanks where the pattern was found."""
    return pattern.sub(lambda found: " " * len(found[0]), text)
