"""Tables of a PDF page from its ruling lines: cells with merged ones known, each filled with the words inside it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from workflows.plans.paragraphs import marker_of

from .pdf_glyphs import PageMarks, Rule, Word
from .pdf_layout import Line, lines_of

_NEAR = 3.0
_MOST_RULES = 600
_HYPHENED = re.compile(r"\w-$")  # "LĐ-" over "TB&XH" in a narrow cell


@dataclass(frozen=True)
class Grid:
    """A ruled table: the places of its lines, its rows of cells by the grid, and the words that it holds."""

    top: float
    bottom: float
    columns: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    words: frozenset[int]


def grids_of(marks: PageMarks) -> list[Grid]:
    """The ruled tables of a page with at least two columns and two cells, from the top down."""
    across, down = _merged(marks.across), _merged(marks.down)
    grids = []
    for rows, columns in _groups(across, down):
        grid = _grid(rows, columns, marks.words)
        if grid is not None:
            grids.append(grid)
    return sorted(grids, key=lambda grid: grid.top)


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Pieces of one line put together, thick lines drawn as two sides counted once."""
    merged: list[Rule] = []
    for rule in sorted(rules, key=lambda one: (round(one.at / _NEAR), one.first))[:_MOST_RULES]:
        near = next(
            (
                at
                for at in range(len(merged) - 1, max(-1, len(merged) - 40), -1)
                if abs(merged[at].at - rule.at) < _NEAR
                and rule.first <= merged[at].last + _NEAR
                and rule.last >= merged[at].first - _NEAR
            ),
            None,
        )
        if near is None:
            merged.append(rule)
        else:
            one = merged[near]
            merged[near] = Rule(one.at, min(one.first, rule.first), max(one.last, rule.last))
    return merged


def _groups(across: Sequence[Rule], down: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Lines that cross or touch each other, group by group."""
    groups: list[tuple[list[Rule], list[Rule]]] = []
    for column in down:
        touching = [row for row in across if _cross(row, column)]
        if not touching:
            continue
        joined: tuple[list[Rule], list[Rule]] = ([*touching], [column])
        apart = []
        for group in groups:
            if any(row in group[0] for row in touching):
                joined = ([*joined[0], *(row for row in group[0] if row not in joined[0])], [*group[1], *joined[1]])
            else:
                apart.append(group)
        groups = [*apart, joined]
    return [group for group in groups if len(group[0]) >= 2 and len(group[1]) >= 2]


def _cross(row: Rule, column: Rule) -> bool:
    return row.first - _NEAR <= column.at <= row.last + _NEAR and column.first - _NEAR <= row.at <= column.last + _NEAR


def _grid(across: Sequence[Rule], down: Sequence[Rule], words: Sequence[Word]) -> Grid | None:
    tops, lefts = _places(across), _places(down)
    if len(tops) < 2 or (len(lefts) < 3 and len(tops) < 3):
        return None
    height, width = len(tops) - 1, len(lefts) - 1
    owner = _owners(tops, lefts, across, down)
    held: dict[tuple[int, int], list[Word]] = {}
    inside: set[int] = set()
    for index, word in enumerate(words):
        start, line = word.left + 0.3 * word.size, word.base - 0.3 * word.size
        row, column = bisect_right(tops, line) - 1, bisect_right(lefts, start) - 1
        if 0 <= row < height and 0 <= column < width:
            inside.add(index)
            held.setdefault(owner[row][column], []).append(word)
    if not inside:
        return None
    texts = {
        place: _cell_text(found, _right_of(owner, place, lefts) - lefts[place[1]]) for place, found in held.items()
    }
    rows = tuple(
        tuple("" if _spans(owner, row, column) else texts.get(owner[row][column], "") for column in range(width))
        for row in range(height)
    )
    return Grid(tops[0], tops[-1], tuple(lefts), rows, frozenset(inside))


def _places(rules: Sequence[Rule]) -> list[float]:
    places: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not places or at - places[-1] > _NEAR * 1.5:
            places.append(at)
    return places


def _owners(
    tops: Sequence[float], lefts: Sequence[float], across: Sequence[Rule], down: Sequence[Rule]
) -> list[list[tuple[int, int]]]:
    """For each place of the grid the top left place of the cell that covers it: no line parts merged places."""
    owner = [[(row, column) for column in range(len(lefts) - 1)] for row in range(len(tops) - 1)]
    for row in range(len(tops) - 1):
        middle = (tops[row] + tops[row + 1]) / 2
        for column in range(len(lefts) - 1):
            centre = (lefts[column] + lefts[column + 1]) / 2
            if column and not _drawn(down, lefts[column], middle):
                owner[row][column] = owner[row][column - 1]
            elif row and not _drawn(across, tops[row], centre):
                owner[row][column] = owner[row - 1][column]
    return owner


def _drawn(rules: Sequence[Rule], at: float, along: float) -> bool:
    return any(abs(rule.at - at) <= _NEAR * 1.5 and rule.first <= along <= rule.last for rule in rules)


def _right_of(owner: list[list[tuple[int, int]]], place: tuple[int, int], lefts: Sequence[float]) -> float:
    row, column = place
    while column + 1 < len(owner[row]) and owner[row][column + 1] == place:
        column += 1
    return lefts[column + 1]


def _spans(owner: list[list[tuple[int, int]]], row: int, column: int) -> bool:
    """A cell over several columns has its words in the first of them only."""
    return column > 0 and owner[row][column] == owner[row][column - 1]


def _cell_text(words: Sequence[Word], width: float) -> str:
    """The lines of a cell joined where they only wrap, parted by <br> where an item or a paragraph begins."""
    lines = [piece for row in lines_of(words, 0) for piece in row]
    edge = max(line.right for line in lines)
    room = max(edge, min(line.left for line in lines) + width - 1.6 * lines[0].size)
    text = ""
    before: Line | None = None
    for line in lines:
        if before is None:
            text = line.text
        else:
            listed = marker_of(text)[0] == "bullet" or before.text.endswith((";", ".", ":"))
            begins = listed and marker_of(line.text)[0] == "bullet"
            same = abs(line.base - before.base) < 0.4 * line.size
            full = before.right + 0.25 * line.size + line.first_word > room - 0.2 * line.size
            wraps = same or (not begins and (full or line.text[:1].islower()))
            within = "" if _HYPHENED.search(text) else " "
            text += f"{within}{line.text}" if wraps else f"<br>{line.text}"
        before = line
    return text
