"""Last year's plan as this year's draft: the plan's own years move, those of cited documents never do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workflows.letters import composed

from .broken_lines import whole_head
from .document import PlanDocument
from .document_parts import Period
from .normalise import plain, split_lines, squeeze
from .references import REFERENCE

_UNTIL = re.compile(
    r"[;.](?=\s|$)|,\s+(?=(?:ubnd|uy ban|so|phong|ban|trung tam) (?:nhan dan )?(?:\w+ ){0,6}?(?:ban hanh|xay dung))"
)
_LAW_YEAR = re.compile(r"\b(?:luat|bo luat|phap lenh|nghi dinh|hien phap)\b[^;,.()]{0,90}?\bnam\s+\d{4}")
_RANGE = re.compile(r"(?<!\d)((?:19|20)\d\d)(\s*(?:-|–|—|đến(?: năm)?)\s*)((?:19|20)\d\d)(?!\d)")
_FURTHER = re.compile(r"(?:den|tam nhin|dinh huong(?: den)?)\s+(?:het\s+)?nam\s+(?:(?:19|20)\d\d)")
_YEAR = re.compile(
    r"(?:(?<=nam )|(?<=nam  )|(?<=\d/)|(?<=\d /)|(?<=/ )|(?<=iv/)|(?<=ii/)|(?<=i/)|(?<=//))((?:19|20)\d\d)(?![\d/-])"
)
_NUMBER_PLACE = re.compile(r"((?:Số|SỐ)\s*[:.]?\s*)\d+(\s*[/-]\s*(?:\d{4}\s*/\s*)?[A-ZĐ])")
_DATE_PLACE = re.compile(r"ngay\s+(\d{1,2})(?=\s+thang\s+\d{1,2}\s+nam|/\d{1,2}/\d{4})")


def carry_forward(text: str, document: PlanDocument, to_year: int) -> str:
    """The text with the plan's period moved so that it begins in `to_year`, its number and day of signature blank.

    Years of the period move in "năm 2024", "Quý III/2024", "Tháng 10/2024", dates, and the period written as a range.
    A reference with everything up to the end of its clause stays as it is; so do the years of laws and other ranges.
    A text without a period comes back with only number and day blank.
    """
    lines = [composed(line) for line in split_lines(text)]
    head = document.sections[0].line if document.sections else 40
    lines = [*whole_head(lines[: head - 1]), *lines[head - 1 :]]
    shift = to_year - document.period.first if document.period else 0
    moved = [_moved(line, document.period, shift) for line in lines]
    blank = [
        _without_number_and_day(line, document.date_raw) if no < min(head, 40) and not _opening(line) else line
        for no, line in enumerate(moved, start=1)
    ]
    return "\n".join(blank)


def _moved(line: str, period: Period | None, shift: int) -> str:
    if period is None or shift == 0:
        return line
    kept = list(_kept(line))
    places = dict(_places(line, period))
    pieces, at = [], 0
    for start in sorted(places):
        if any(first <= start < last for first, last in kept):
            continue
        pieces += [line[at:start], str(places[start] + shift)]
        at = start + 4
    return "".join([*pieces, line[at:]])


def _kept(line: str) -> Iterator[tuple[int, int]]:
    """The parts of a line that belong to cited documents, laws and further horizons."""
    folded = plain(line)
    for reference in REFERENCE.finditer(line):
        end = _UNTIL.search(folded, reference.end())
        yield reference.start(), end.start() if end else len(line)
    for pattern in (_LAW_YEAR, _FURTHER):
        for found in pattern.finditer(folded):
            yield found.start(), found.end()


def _places(line: str, period: Period) -> Iterator[tuple[int, int]]:
    """Where a year of the period stands; the years of another range are none."""
    others: list[tuple[int, int]] = []
    for found in _RANGE.finditer(line):
        if (int(found[1]), int(found[3])) == (period.first, period.last):
            yield found.start(1), period.first
            yield found.start(3), period.last
        others.append((found.start(), found.end()))
    for found in _YEAR.finditer(plain(line)):
        if int(found[1]) in period.years and not any(first <= found.start() < last for first, last in others):
            yield found.start(1), int(found[1])


def _opening(line: str) -> bool:
    """A paragraph of the legal bases, whose dates are not the plan's own."""
    return len(line) > 200 or plain(line).strip().startswith(("can cu", "thuc hien", "theo "))


def _without_number_and_day(line: str, date_raw: str | None) -> str:
    line = _NUMBER_PLACE.sub(r"\1    \2", line)
    found = _DATE_PLACE.search(plain(line))
    if found is None or date_raw is None or date_raw.split(",")[0] not in squeeze(line):
        return line
    return line[: found.start(1)] + "   " + line[found.end(1) :]
