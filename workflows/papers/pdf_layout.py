"""Words of a page as lines in reading order: columns apart, page numbers and running heads dropped, wraps joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from workflows.plans.paragraphs import duty_below, is_capitals, marker_of

from .pdf_glyphs import Word

_LETTERED = re.compile(r"(?!\b[IVXL]+\s?/)\b[^\W\d_]+")
_GAP = 2.2
_PAGE_NUMBER = re.compile(r"(?:trang\s*)?[-–]?\s*\d{1,3}\s*[-–]?(?:\s*/\s*\d{1,3})?$", re.IGNORECASE)
_RECIPIENTS = re.compile(r"nơi nhận", re.IGNORECASE)
# A number or bullet that a tab parts from its paragraph is no column.
_BARE_MARKER = re.compile(r"(?:[IVXL]{1,5}|\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđ])[.)]$|[-+•*–]$")
_EDGE = 0.11


@dataclass(frozen=True)
class Line:
    """Words side by side without a wide gap; `room` is the right edge up to which its column may be filled."""

    text: str
    left: float
    right: float
    base: float
    size: float
    first_word: float
    page: int = 0
    room: float = 0.0
    column: float = 0.0
    narrow: bool = False


def lines_of(words: Sequence[Word], page: int) -> list[list[Line]]:
    """Rows from the top down, each with its pieces from left to right."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda one: (one.base, one.left)):
        near = next((row for row in reversed(rows[-3:]) if abs(row[0].base - word.base) < 0.4 * word.size), None)
        if near is None:
            rows.append([word])
        else:
            near.append(word)
    return [_pieces(sorted(row, key=lambda one: one.left), page) for row in rows]


def without_edges(pages: Sequence[list[list[Line]]], heights: Sequence[float]) -> list[list[list[Line]]]:
    """Rows without page numbers, and without words that stand at the same edge of most pages."""
    edges: Counter[str] = Counter()
    for rows, height in zip(pages, heights, strict=True):
        edges.update({_same(row) for row in rows if _at_edge(row, height)})
    repeated = {words for words, count in edges.items() if count >= 2 and count * 2 > len(pages)}
    return [
        [row for row in rows if not (_at_edge(row, height) and (_is_number(row) or _same(row) in repeated))]
        for rows, height in zip(pages, heights, strict=True)
    ]


def in_columns(rows: Sequence[list[Line]]) -> list[Line]:
    """Lines in reading order: rows in two columns give the left column first, then the right one."""
    ordered: list[Line] = []
    at = 0
    while at < len(rows):
        end, gutter = _block(rows, at)
        if end == at:
            ordered.extend(rows[at])
            at += 1
            continue
        pieces = [piece for row in rows[at:end] for piece in row]
        left = [piece for piece in pieces if piece.right <= gutter]
        right = [piece for piece in pieces if piece.right > gutter]
        ordered.extend([*_with_room(left), *_with_room(right)])
        at = end
    return ordered


def paragraphs(lines: Sequence[Line], left: float, right: float) -> list[str]:
    """Lines joined where one only goes on the one above; `left` and `right` are the edges of the running text."""
    texts: list[str] = []
    before: Line | None = None
    opened: Line | None = None
    for line in lines:
        placed = line if line.room else replace(line, room=right, column=left)
        rest = before is not None and opened is not None and _goes_on(opened, before, placed)
        if rest and not duty_below(texts[-1:], placed.text):
            texts[-1] = _joined(texts[-1], placed.text)
        else:
            texts.append(placed.text)
            opened = placed
        before = placed
    return texts


def edges_of(lines: Sequence[Line]) -> tuple[float, float]:
    """The left and right edge of running text: where most long lines begin and end."""
    long_lines = sorted(lines, key=lambda line: line.left - line.right)[: max(1, len(lines) // 3)]
    if not long_lines:
        return 0.0, 0.0
    rights = sorted(line.right for line in long_lines)
    return min(line.left for line in long_lines), rights[(len(rights) * 9) // 10 - (len(rights) >= 10)]


def _pieces(row: Sequence[Word], page: int) -> list[Line]:
    groups: list[list[Word]] = [[row[0]]]
    for word in row[1:]:
        numbered = len(groups) == 1 and len(groups[0]) == 1 and _BARE_MARKER.match(row[0].text) is not None
        if word.left - groups[-1][-1].right > _GAP * word.size and not numbered:
            groups.append([word])
        else:
            groups[-1].append(word)
    return [_line(group, page) for group in groups]


def _line(group: Sequence[Word], page: int) -> Line:
    text = group[0].text
    for before, word in pairwise(group):
        glued = word.left - before.right < 0.02 * word.size and word.text in ".,;:)"
        text += word.text if glued else f" {word.text}"
    size = sorted(word.size for word in group)[len(group) // 2]
    first = group[0].right - group[0].left
    return Line(text, group[0].left, max(word.right for word in group), group[0].base, size, first, page)


def _at_edge(row: Sequence[Line], height: float) -> bool:
    return row[0].base < _EDGE * height or row[0].base > (1 - _EDGE * 0.8) * height


def _is_number(row: Sequence[Line]) -> bool:
    return len(row) == 1 and _PAGE_NUMBER.match(row[0].text) is not None


def _same(row: Sequence[Line]) -> str:
    return re.sub(r"\d+", "#", " ".join(piece.text for piece in row)) + f"@{round(row[0].base / 8)}"


def _block(rows: Sequence[list[Line]], at: int) -> tuple[int, float]:
    """Where a block in two columns that begins at a row ends, and its gutter; the same row when there is none."""
    if len(rows[at]) != 2:
        one = rows[at][0]
        follows = at + 1 < len(rows) and len(rows[at + 1]) == 2 and _beside(one, rows[at + 1])
        if not follows:
            return at, 0.0
    free = _free(rows[at] if len(rows[at]) == 2 else rows[at + 1])
    end, paired = at, 0
    while end < len(rows):
        row = rows[end]
        if end > at and row[0].base - rows[end - 1][0].base > 9 * row[0].size:
            break
        shared = _shared(free, row)
        if shared is None:
            break
        free, paired, end = shared, paired + (len(row) == 2), end + 1
    while end > at and len(rows[end - 1]) == 1 and not _tied(rows[end - 1][0], free):
        end -= 1
    return (end, (free[0] + free[1]) / 2) if paired else (at, 0.0)


def _free(row: Sequence[Line]) -> tuple[float, float]:
    return row[0].right, row[1].left


def _beside(one: Line, pair: Sequence[Line]) -> bool:
    """A single line over one of two columns, not wider than its column allows."""
    gap = _free(pair)
    heads = is_capitals(one.text) or _RECIPIENTS.match(one.text) is not None or one.left >= gap[0] + one.size
    if not heads:
        return False
    return one.right <= gap[1] - one.size or one.left >= gap[0] + one.size


def _shared(free: tuple[float, float], row: Sequence[Line]) -> tuple[float, float] | None:
    """What is left of the gutter beside this row, or None when the row stands across it."""
    if len(row) > 2:
        return None
    if len(row) == 2:
        left, right = max(free[0], row[0].right), min(free[1], row[1].left)
        return (left, right) if right - left > row[0].size else None
    one = row[0]
    if one.left >= free[0] + one.size * 0.5:
        return free[0], min(free[1], one.left)
    if one.right <= free[1] - one.size * 0.5:
        return max(free[0], one.right), free[1]
    return None


def _tied(one: Line, free: tuple[float, float]) -> bool:
    """A single line at the end of a block belongs to it when it stands in the right column or"
    " is an item of the left."""
    return one.left >= free[1] - one.size or marker_of(one.text)[0] == "bullet" or one.size < 11.6


def _with_room(column: list[Line]) -> list[Line]:
    if not column:
        return []
    left, right = min(line.left for line in column), max(line.right for line in column)
    return [replace(line, room=right, column=left, narrow=True) for line in column]


def _goes_on(opened: Line, before: Line, line: Line) -> bool:
    """Whether a line is the rest of the paragraph: the line above was full, and this one begins where rests begin."""
    kind, _, words = marker_of(line.text)
    if _is_symbol(before.text, line.text):
        return True
    cited = kind == "letter" and before.text[-1:] not in ".;:" and not words[:1].isupper()  # "… điểm / a) khoản 1"
    if kind != "none" and not cited:
        return False
    if before.text.endswith("./.") or _RECIPIENTS.match(line.text) or _RECIPIENTS.match(before.text):
        return False
    if line.narrow and (marker_of(opened.text)[0] != "bullet" or opened.text.endswith((";", "."))):
        return False
    lettered = _LETTERED.search(line.text) is not None  # "2021" goes on with "… NĂM", "IV/2026." with "… trong quý"
    if abs(line.size - before.size) > 1.2 or (lettered and is_capitals(line.text) != is_capitals(before.text)):
        return False
    if line.page == before.page and line.base - before.base > 2.4 * line.size:
        return False
    full = before.right + 0.25 * line.size + line.first_word > before.room - 0.3 * line.size
    at_margin = line.left < line.column + 0.8 * line.size
    hanging = opened is not before and abs(line.left - before.left) < 0.5 * line.size
    under_item = marker_of(opened.text)[0] != "none" and 0 < line.left - opened.left < 4 * line.size
    indented = opened.left > opened.column + 0.8 * opened.size
    rest = at_margin if indented else at_margin or hanging or under_item
    centred = before.left > before.column + 3 * before.size and line.left > line.column + 3 * line.size
    return full and not centred and (rest or (hanging and not at_margin and under_item))


def _joined(text: str, more: str) -> str:
    """A symbol such as "NQLT-UBTVQH14-" goes on without a space; other words with one."""
    return f"{text}{more}" if _is_symbol(text, more) else f"{text} {more}"


def _is_symbol(text: str, more: str) -> bool:
    """Whether a line end parted the symbol of a document at one of its hyphens."""
    open_end, open_start = re.search(r"\d/\S*[A-ZĐ]-$", text), re.search(r"\d/\S*[A-ZĐ]$", text)
    return (open_end is not None and more[:1].isupper()) or (
        open_start is not None and re.match(r"-[A-ZĐ]", more) is not None
    )
