"""Tables of Word: data as rows by the grid, merged cells repeated; tables that only lay out columns as plain lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from lxml import etree

from workflows.plans.table_columns import read_columns

from .docx_numbering import W

BREAK_IN_CELL = "<br>"
_MOST_COLUMNS = 60
_MOST_ROWS = 20_000
_WRAPPERS = {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo"}
Lines = list[str]


def table_lines(table: etree._Element, lines_of: Callable[[etree._Element], Lines]) -> Iterator[str]:
    """The lines of a table; `lines_of` gives the lines of one cell, nested tables included."""
    grid = _grid(table, lines_of)
    flat = [[_flat(cell) for cell in row] for row in grid]
    headers = any(read_columns([cell.replace(BREAK_IN_CELL, " ") for cell in row]) for row in flat[:3])
    if headers or _is_data(flat):
        yield ""
        yield from ("\t".join(row) for row in flat)
        yield ""
        return
    for row in grid:
        yield from chain.from_iterable(row)


def _grid(table: etree._Element, lines_of: Callable[[etree._Element], Lines]) -> list[list[Lines]]:
    """Cells by the grid: one that spans columns has its words once, one that spans rows repeats them in each."""
    grid: list[list[Lines]] = []
    above: list[Lines] = []
    for row in _children(table, f"{W}tr"):
        if row.find(f"{W}trPr/{W}del") is not None or len(grid) >= _MOST_ROWS:
            continue
        cells: list[Lines] = [[] for _ in range(_count(row.find(f"{W}trPr"), "gridBefore", 0))]
        for cell in _children(row, f"{W}tc"):
            if len(cells) >= _MOST_COLUMNS:
                break
            properties = cell.find(f"{W}tcPr")
            merged = properties.find(f"{W}vMerge") if properties is not None else None
            goes_on = merged is not None and merged.get(f"{W}val") != "restart"
            here = above[len(cells)] if goes_on and len(cells) < len(above) else lines_of(cell)
            span = _count(properties, "gridSpan", 1)
            cells.extend([here, *([] for _ in range(span - 1))])
        grid.append(cells)
        above = cells
    return grid


def _children(element: etree._Element, tag: str, depth: int = 0) -> Iterator[etree._Element]:
    """Rows or cells, also inside content controls and inserted revisions."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS and depth < 10:
            yield from _children(child, tag, depth + 1)


def _count(properties: etree._Element | None, name: str, otherwise: int) -> int:
    found = properties.find(f"{W}{name}") if properties is not None else None
    words = found.get(f"{W}val", "") if found is not None else ""
    known = words.isascii() and words.isdecimal() and 0 < len(words) < 4
    return max(otherwise, min(int(words), _MOST_COLUMNS)) if known else otherwise


def _flat(lines: Lines) -> str:
    tidy = (line.replace("\t", " ").strip() for line in lines)
    return BREAK_IN_CELL.join(line for line in tidy if line)


def _is_data(grid: list[list[str]]) -> bool:
    """Whether the cells hold single values, not blocks of a layout."""
    text = " ".join(chain.from_iterable(grid)).lower()
    wide = len(grid) >= 2 and max(len(row) for row in grid) >= 3
    return wide and "nơi nhận" not in text and "độc lập" not in text
