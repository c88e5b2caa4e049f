"""When a report is due and how often: "trước ngày 20 của tháng cuối quý", "6 tháng (trước 15/6), năm (trước 15/12)"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .document_parts import Due, Period
from .normalise import plain, squeeze
from .report_ends import NEXT_MONTH, within
from .time_shapes import Rel

_DAY = (
    r"(?:ngay\s+)?(?P<day>\d{1,2})\s*(?:/|\s+thang\s+|-)\s*(?P<month>\d{1,2})(?:\s*(?:/|\s+nam\s+"
    r"|-)\s*(?P<year>20\d\d))?"
)
_HOURS = r"(?:cac thoi diem\s+|luc\s+)?\d{1,2} (?:gio|h)\b[\d\s,gioh]*(?:va [\d\sgioh]+)?"
_DUE = re.compile(
    rf"(?P<rel>truoc|cham nhat|muon nhat|han cuoi|vao|den)\s+(?:la\s+|het\s+|vao\s+)?(?:{_HOURS},?\s*)?{_DAY}"
)
_AND_DAY = re.compile(rf"\s*(?:,|va|;)\s*{_DAY}")
_MONTH_DAY = re.compile(
    r"(?:(?P<rel>truoc|cham nhat|muon nhat|vao|den)\s+(?:la\s+)?)?\bngay\s+(?P<day>\d{1,2})"
    rf"(?:(?P<next>{NEXT_MONTH})"
    r"|(?P<unit>\s+(?:cua\s+)?(?:hang|moi|thang (?:dau|cuoi)(?: cua)?(?: hang| moi)?)\s*(?:thang|quy)))?"
    r"(?!\s*[/\d-]|\s+thang \d)"
)
_TEXT_DUE = re.compile(
    r"cuoi (?:hoc ky (?:i{1,2}|[12])\b|nam hoc|nam|quy|thang)|theo quy dinh|theo yeu cau|theo dinh ky|khi co yeu cau"
    r"|trong vong \d{1,2} (?:gio|phut|ngay)[^.;,()]{0,60}"
    r"|6 thang dau nam|(?:sau )?khi (?:ket thuc|hoan thanh)[^.;,()]{0,60}"
)
_EVERY = (
    (
        "year",
        r"(?:hang|moi|dinh ky) (?:hang )?nam\b(?! hoc)|cuoi nam\b(?! hoc)|bao cao nam\b(?! \d)|\bnam \("
        r"|, nam\b(?! \d)|va nam\b(?! \d)|, (?:01 |1 )?nam\b|ket thuc nam\b(?! hoc)",
    ),
    ("half", r"6 thang|sau thang"),
    (
        "quarter",
        r"(?:hang|moi|dinh ky) (?:hang )?quy\b|bao cao quy\b(?! i)|, quy\b|cuoi quy|thang dau (?:cua )?quy"
        r"|(?:ket thuc|het) quy\b|\bquy (?:sau|tiep theo|ke tiep)\b",
    ),
    (
        "month",
        r"(?:hang|moi|dinh ky) (?:hang )?thang\b|bao cao thang\b|cuoi thang|\bthang,"
        r"|(?:ket thuc|het) thang\b|\bthang (?:sau|tiep theo|ke tiep)\b",
    ),
    ("week", r"(?:hang|moi|dinh ky) (?:hang )?tuan\b"),
    ("day", r"hang ngay\b"),
)
_RHYTHMS = re.compile(
    r"(?:^|[\s(])("
    r"(?:thang|quy|0?6 thang|0?9 thang|nam)(?:\s*(?:,|va|;)\s*(?:hang )?(?:quy|0?6 thang|0?9 thang|(?:0?1 )?nam))+)"
    r"(?!\s*\d)"
)
_OF_RHYTHM = (
    r"(?:(?:dinh ky|hang|moi) )*(thang|quy(?: (?:i{1,3}|iv)(?=\W))?|[69] thang|nam)\b"
    r"(?! (?:hoc|cuoi|\d))(?:\s*\(([^()]{1,80})\))?"
)
# "hằng tháng (trước ngày 15), quý (trước ngày 10 của tháng cuối quý), 6 tháng và năm": each has its own day or none.
_LISTED = re.compile(rf"{_OF_RHYTHM}(?:\s*(?:,|;|va)+\s*(?:va )?(?:{_OF_RHYTHM}|9 thang(?: \([^()]*\))?))+")
_ONE_LISTED = re.compile(rf"(?<!\d )(?<!\d){_OF_RHYTHM}")
_ONLY_DAY = re.compile(r"(?P<rel>truoc|cham nhat|muon nhat|vao|den)\s+(?:la\s+)?(?:ngay\s+)?(?P<day>\d{1,2})\b")
# "trước ngày 05/6 (báo cáo 6 tháng)": which report it is stands behind the day.
_NAMED_BEHIND = re.compile(r"[\d/]*\s*\(([^()]*(?:bao cao|6 thang|quy|nam)[^()]*)\)")
_UNITS = {"thang": "month", "quy": "quarter", "6 thang": "half", "nam": "year"}


def rhythm_of(folded: str) -> str | None:
    """How often a folded clause wants its report, by the longest rhythm that it names."""
    return next((every for every, words in _EVERY if re.search(words, folded)), None)


def dues_of(clause: str, period: Period | None) -> list[Due]:
    """The days by which a clause wants its report, in the order of days and days of the month, else words for them."""
    folded = plain(clause)
    dues = [_due(hit, rel) for hit, rel in _days(folded)]
    dues += [_of_month(hit) for hit in _days_of_month(folded)]
    dues += [due for _, due in within(folded)]
    if dues:
        return dues
    found = list(_TEXT_DUE.finditer(folded))
    ends = [hit for hit in found if hit.group().startswith("cuoi")]
    year = period.last if period and period.first == period.last else None
    return [
        Due(text=_small(clause[hit.start() : hit.end()]), year=year if "nam" in hit.group() else None)
        for hit in ends or found[:1]
    ]


def pairs_of(
    clause: str, dues: Sequence[Due], every: str | None, inherited: Due | None
) -> list[tuple[Due | None, str | None]]:
    """One report for each due date; "6 tháng (trước 15/6), năm (trước 15/12)" are two with their own rhythm."""
    folded = plain(clause)
    own_days = _own_days(folded)
    if own_days:
        return own_days
    listed = _RHYTHMS.search(folded)
    if listed and len(dues) <= 1:
        named = [_UNITS[word] for word in re.findall(r"6 thang|\bthang|quy|nam", listed[1])]
        return [(dues[0] if dues else inherited, one) for one in dict.fromkeys(named)]
    if len(dues) <= 1:
        return [(dues[0] if dues else inherited, every)]
    pairs: list[tuple[Due | None, str | None]] = []
    hits = [*(hit for hit, _ in _days(folded)), *_days_of_month(folded), *(hit for hit, _ in within(folded))]
    if not hits:
        return [(due, None) for due in dues]
    start = 0
    for due, hit in zip(dues, hits, strict=False):
        behind = _NAMED_BEHIND.match(folded, hit.end())
        window = behind[1] if behind else folded[start : hit.start()]
        own = _of_unit(hit.group()) if due.month is None else _named_rhythm(window)
        pairs.append((due, own or (None if due.year else every)))
        start = hit.start()
    return pairs


def _own_days(folded: str) -> list[tuple[Due | None, str | None]]:
    """The rhythms of a list of which at least one has its own day in brackets, each with that day; else nothing."""
    listed = _LISTED.search(folded)
    each = [(hit[1], hit[2] or "") for hit in _ONE_LISTED.finditer(listed.group())] if listed else []
    if len(each) < 2 or not any(_day_in(words) for _, words in each):
        return []
    return [(_day_in(words), _UNITS.get(unit)) for unit, words in each if unit in _UNITS or _day_in(words)]


def _day_in(words: str) -> Due | None:
    """The day in the brackets behind a rhythm, with its month or without."""
    dated = [_due(hit, rel) for hit, rel in _days(words)]
    following = [_of_month(hit) for hit in _MONTH_DAY.finditer(words) if hit["next"]]
    following += [due for _, due in within(words)]
    alone = _ONLY_DAY.search(words)
    own = (*dated, *following)
    return own[0] if own else Due(None, int(alone["day"]), _rel(alone)) if alone else None


def _of_unit(words: str) -> str:
    return "quarter" if "quy" in words else "month"


def _days(folded: str) -> list[tuple[re.Match[str], Rel]]:
    """Days with a month; "trước ngày 10/6 và ngày 30/11" are two of one kind."""
    found: list[tuple[re.Match[str], Rel]] = []
    for first in _DUE.finditer(folded):
        hit: re.Match[str] | None = first
        while hit is not None:
            if 1 <= int(hit["month"]) <= 12 and 1 <= int(hit["day"]) <= 31:
                found.append((hit, _rel(first)))
            hit = _AND_DAY.match(folded, hit.end())
    return found


def _days_of_month(folded: str) -> list[re.Match[str]]:
    """Days without a month: of each month or quarter, told so right behind or by the rhythm of the clause."""
    hits = list(_MONTH_DAY.finditer(folded))
    often = rhythm_of(folded) in ("month", "quarter")
    return [hit for hit in hits if hit["unit"] or hit["next"] or (often and hit["rel"])]


def _of_month(hit: re.Match[str]) -> Due:
    return Due(None, int(hit["day"]), _rel(hit), after=1 if hit["next"] else None)


def _due(hit: re.Match[str], rel: Rel) -> Due:
    return Due(int(hit["month"]), int(hit["day"]), rel, None, int(hit["year"]) if hit["year"] else None)


def _rel(hit: re.Match[str]) -> Rel:
    return "before" if hit["rel"] == "truoc" else "by"


def _named_rhythm(window: str) -> str | None:
    if re.search(r"6 thang", window):
        return "half"
    if re.search(r"\bnam\b(?! hoc)", window):
        return "year"
    return "quarter" if "quy" in window else None


def _small(words: str) -> str:
    """Words taken out of a sentence, without a capital where they began it."""
    tidy = squeeze(words)
    return f"{tidy[:1].lower()}{tidy[1:]}"
