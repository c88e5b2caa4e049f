"""Lines that the source of a web page broke anywhere: cells parted by lone pipes, dates and sentences cut in two."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .normalise import UPPER, clean_line, plain, squeeze
from .paragraphs import marker_of

_FIRST_OF_TABLE = re.compile(r"(?:s?tt|so tt)\.?$")
_NO_CELL = re.compile(r"noi nhan|(?:tm|kt|tl)\.")
_LONGEST_CELL = 15
# A day that goes on upon the next line, and a number line without its number.
_PLACE = re.compile(rf"[{UPPER}][^\W\d_]*(?: [{UPPER}][^\W\d_]*){{0,2}}$")
_REST_OF_PLACE = re.compile(rf"[{UPPER}][^\W\d_]*(?: [{UPPER}][^\W\d_]*){{0,3}}, ng[àa]y\b")
_CUT = re.compile(r".*\bngay\s*(?:\d{1,2}\s*)?(?:thang\s*(?:\d{1,2}\s*)?)?(?:nam\s*)?$|so\s*:\s*$")


def whole_cells(lines: Sequence[str]) -> Sequence[str]:
    """As many lines, each cell that stood above a lone "|" on its first line with a pipe behind it, the rest blank."""
    pipes = [no for no, line in enumerate(lines) if line.strip() == "|"]
    if len(pipes) < 6:
        return lines
    whole = list(lines)
    before = -1
    for pipe in pipes:
        start = before + 1 if before >= 0 else pipe - 1
        if not _is_cell(lines[start:pipe]):
            start = pipe - 1 if pipe and _FIRST_OF_TABLE.match(plain(clean_line(lines[pipe - 1]))) else pipe
        words = [clean_line(line) for line in lines[start:pipe]]
        if any(words):
            whole[start : pipe + 1] = [f"{squeeze(' '.join(words))} |", *[""] * (pipe - start)]
        before = pipe
    return whole


def whole_head(lines: Sequence[str]) -> list[str]:
    """As many lines, a date or number that was cut put together on its first line, the rest blank."""
    whole = list(lines)
    for no, line in enumerate(whole[:-1]):
        words = clean_line(line)
        end = no + 1
        while len(words) < 90 and end < min(no + 4, len(whole)) and _goes_on(words, clean_line(whole[end])):
            words, whole[end] = squeeze(f"{words} {clean_line(whole[end])}"), ""
            end += 1
        if end > no + 1:
            whole[no] = words
    return whole


def _goes_on(words: str, below: str) -> bool:
    """Whether a date, a number or the place before the date ("Tiền" above "Giang, ngày 07 …") was cut here."""
    place = _PLACE.match(words) is not None and not words.isupper() and _REST_OF_PLACE.match(below) is not None
    return place or _CUT.match(plain(words)) is not None


def _is_cell(lines: Sequence[str]) -> bool:
    """Whether lines between two pipes are one cell: few, no heading of a part and no end of the plan among them."""
    return (
        len(lines) <= _LONGEST_CELL
        and not any(_NO_CELL.match(plain(clean_line(line))) for line in lines)
        and (len(lines) < 2 or marker_of(clean_line(lines[0]))[0] != "roman")
    )
