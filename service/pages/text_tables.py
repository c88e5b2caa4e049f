"""Rows of tables among the lines of a plan's text, each cell under the words that head its column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from markupsafe import Markup

from workflows.plans.plan_blocks import cell_words
from workflows.plans.table_columns import read_columns
from workflows.plans.table_rows import cells_of, is_ruler

Numbered = tuple[int, list[str]]


@dataclass(frozen=True)
class Cell:
    """One cell; those of its words that somebody looked for are `set_off`."""

    text: str
    head: str = ""
    set_off: Markup | None = None


@dataclass(frozen=True)
class Row:
    """One row; `begins` a table, `is_head` when its words are those of the columns."""

    cells: tuple[Cell, ...]
    begins: bool = False
    is_head: bool = False


def rows_among(lines: Sequence[str]) -> Mapping[int, Row]:
    """Which lines, counted from 1, are rows; one line with cells alone is no table, unless it goes on with one."""
    rows: dict[int, Row] = {}
    heads: tuple[str, ...] = ()
    last = 0
    for run in _runs(lines):
        width = max(len(cells) for _, cells in run)
        between = sum(bool(line.strip()) for line in lines[last : run[0][0] - 1])
        goes_on = len(heads) == width and between <= 1 and read_columns(run[0][1]) is None
        if not goes_on and len(run) == 1:
            continue
        if not goes_on:
            heads = tuple(map(cell_words, _fitted(run[0][1], width)))
        for no, cells in run:
            is_head = not goes_on and no == run[0][0]
            under = zip_longest(map(cell_words, _fitted(cells, width)), () if is_head else heads, fillvalue="")
            rows[no] = Row(tuple(Cell(*each) for each in under), no == run[0][0], is_head)
        last = run[-1][0]
    return rows


def _runs(lines: Sequence[str]) -> Iterator[list[Numbered]]:
    """Lines of several cells that follow each other; a ruler between them is not shown as a row."""
    run: list[Numbered] = []
    for no, line in enumerate(lines, start=1):
        cells = cells_of(line) or []
        if run and is_ruler(line):
            continue
        if len(cells) > 1:
            run.append((no, cells))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _fitted(cells: Sequence[str], width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))]
