"""Reports of named periods only: "quý III và năm 2023" is two reports, and no report of the other quarters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .document_parts import Period
from .normalise import plain, squeeze

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_YEAR = r"(?:\s*(?:/|nam)?\s*(?P<{}>20\d\d))?"
_QUARTERS = re.compile(
    r"\bquy\s+(?P<quarters>(?:iv|i{1,3}|[1-4])\b(?:\s*(?:,|va|;)\s*(?:quy\s+)?(?:iv|i{1,3}|[1-4])\b(?!\s*thang))*)"
    + _YEAR.format("of_quarter")
)
_PARTS = re.compile(r"\b(?P<months>6|9)\s+thang(?:\s+dau\s+nam)?" + _YEAR.format("of_part"))
_WHOLE = re.compile(r"(?<!thang dau )\bnam\s+(?P<year>20\d\d)")
# A quarter that is named anywhere in the words of a report; a year is named in its title as often as not.
_NAMED = re.compile(r"\bbao cao\b[^.;]{0,60}?(?P<named>" + _QUARTERS.pattern.replace("P<of_quarter>", "P<of>") + ")")
_IN_REPORT = re.compile(r"(?:trong|vao)\s+(?:noi dung )?bao cao\b")
_PERIODS = re.compile(r"quý\s+(?:[IVX]+|[1-4])(?:[/\s]\d{4})?|năm\s+\d{4}", re.IGNORECASE)


def named_periods(clause: str) -> tuple[str, ...]:
    """The words of the periods that a clause asks reports of; none where it asks for every one.

    "trong Báo cáo … Quý III và báo cáo năm 2023" names the reports that carry this one; "báo cáo quý III" is one. A
    quarter is of the one year that stands beside it: "Quý III/2023".
    """
    folded = plain(clause)
    carried = _IN_REPORT.search(folded)
    found = None if carried else _NAMED.search(folded)
    if not carried and not found:
        return ()
    start = carried.end() if carried else found.start("named") if found else 0
    words = [squeeze(hit.group()) for hit in _PERIODS.finditer(clause, start)]
    years = {year for each in words for year in re.findall(r"20\d\d", each)}
    of = f"/{next(iter(years))}" if len(years) == 1 else ""
    return tuple(each if re.search(r"20\d\d", each) else each + of for each in words)


def goes_on(before: str, behind: str) -> bool:
    """Whether "và báo cáo năm 2023" behind "trong Báo cáo Quý III" goes on with the reports that carry this one."""
    named = re.match(r"bao cao\s+(?:quy|nam|6 thang|9 thang)\b", plain(behind[:40]))
    return named is not None and _IN_REPORT.search(plain(before)) is not None


def rhythms_named(words: Sequence[str], period: Period | None) -> dict[str, tuple[str, ...]]:
    """The rhythm of each named period, with the keys of its cycles: {"quarter": ("2023-Q3",), "year": ("2023",)}.

    A quarter without a year is that of the one year that is named beside it or that the plan has, else of every year.
    """
    found = list(_keys(" ; ".join(words)))
    years = {year for _, _, year in found if year} or ({str(period.first)} if period and _one_year(period) else set())
    beside = next(iter(years)) if len(years) == 1 else None
    keys: dict[str, list[str]] = {}
    for every, part, year in found:
        of = year or beside
        keys.setdefault(every, []).append("-".join(each for each in (of, part) if each))
    return {every: tuple(dict.fromkeys(each)) for every, each in keys.items()}


def is_named(key: str, only: Sequence[str]) -> bool:
    """Whether the cycle with this key is asked for: its own key, or its part of every year ("Q3")."""
    return not only or key in only or key.partition("-")[2] in only


def periods_words(only: Sequence[str]) -> str:
    """The keys in the words in which they are read again: "quý III/2023; năm 2023"."""
    return "; ".join(_key_words(each) for each in only)


def _key_words(key: str) -> str:
    year, _, part = key.rpartition("-") if key[:1].isdecimal() and "-" in key else (("", "", key))
    of = f"/{year}" if year else ""
    if part.startswith("Q"):
        return f"quý {('I', 'II', 'III', 'IV')[int(part[1:]) - 1]}{of}"
    if part.endswith("T"):
        return f"{part[:-1]} tháng{of}"
    return f"năm {part}"


def _keys(text: str) -> Iterator[tuple[str, str, str]]:
    """Rhythm, part of the year and year ("" where none is named) of each period, in the order of the words."""
    folded = plain(text).casefold()
    hits = sorted(
        (*_QUARTERS.finditer(folded), *_PARTS.finditer(folded), *_WHOLE.finditer(folded)), key=lambda hit: hit.start()
    )
    taken = -1
    for hit in hits:
        if hit.start() < taken:
            continue
        taken = hit.end()
        named = hit.groupdict()
        if named.get("quarters"):
            numbers = re.findall(r"iv|i{1,3}|[1-4]", named["quarters"].replace("quy", ""))
            yield from (("quarter", f"Q{_ROMAN[each]}", named["of_quarter"] or "") for each in numbers)
        elif named.get("months"):
            every = "six" if named["months"] == "6" else "nine"
            yield every, f"{named['months']}T", named["of_part"] or ""
        else:
            yield "year", "", named["year"]


def _one_year(period: Period) -> bool:
    return period.first == period.last
