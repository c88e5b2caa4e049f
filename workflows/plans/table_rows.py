"""Tables found in text: rows with tabs, Markdown pipes, or one cell a line; each row a list of cells with its line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .broken_lines import whole_cells
from .normalise import clean_line, plain, squeeze
from .paragraphs import marker_of
from .table_columns import Columns, read_columns

_RULER = re.compile(r"[\s|:+=-]*-[\s|:+=-]*$")
_COUNTING = re.compile(r"\(?\s*\d{1,2}\s*\)?$")
_NUMBER_CELL = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,3}\.?$")
_END_OF_CELLS = re.compile(r"(?:noi nhan|tm\.|kt\.)")


@dataclass(frozen=True)
class Row:
    """The cells of one row and the lines they stand on."""

    cells: tuple[str, ...]
    first: int
    last: int


@dataclass
class Table:
    """A task table: its columns, its rows without headers, and the lines it covers."""

    columns: Columns
    first: int
    last: int
    rows: list[Row] = field(default_factory=list)


def find_tables(lines: Sequence[str]) -> list[Table]:
    """All task tables of a text; a header repeated on the next page continues its table."""
    lines = whole_cells(lines)
    tables: list[Table] = []
    at = 0
    while at < len(lines):
        found = _row_table(lines, at) or _cell_table(lines, at)
        if found is None:
            at += 1
            continue
        if tables and tables[-1].columns == found.columns and not _between(lines, tables[-1].last, found.first):
            tables[-1].rows.extend(found.rows)
            tables[-1].last = found.last
        else:
            tables.append(found)
        at = found.last
    return tables


def cells_of(line: str) -> list[str] | None:
    """The cells of a line that is a table row with tabs or with Markdown pipes, or None."""
    stripped = line.strip(" \r\n")
    if stripped.count("|") >= 2 and stripped.startswith("|"):
        inner = stripped[1:-1] if stripped.endswith("|") and len(stripped) > 1 else stripped[1:]
        return [clean_line(cell.replace("\\|", "¦")) for cell in re.split(r"(?<!\\)\|", inner)]
    if "\t" in line:
        return [clean_line(cell) for cell in line.rstrip("\r\n").split("\t")]
    if stripped.count(" | ") >= 2 or (stripped.endswith(" |") and " | " in stripped):
        return [clean_line(cell) for cell in stripped.removesuffix("|").split(" | ")]
    return None


def is_ruler(line: str) -> bool:
    """Whether the line only draws the line between heads and rows, as Markdown has it."""
    return _RULER.fullmatch(line) is not None


def _row_table(lines: Sequence[str], at: int) -> Table | None:
    headers = cells_of(lines[at])
    if headers is None:
        return None
    after = at + 1
    columns = read_columns(headers)
    below = cells_of(lines[after]) if after < len(lines) else None
    if below is not None and _is_second_header(headers, below):
        # A cell that spans the last columns leaves the row of headers shorter than the one below it.
        wide = [*headers, *[""] * (len(below) - len(headers))]
        joined = [
            squeeze(f"{upper} {lower}") if lower != upper else upper
            for upper, lower in zip(_spread(wide), below, strict=True)
        ]
        fuller = read_columns(joined)
        if fuller is not None:
            columns, after = fuller, after + 1
    if columns is None:
        return None
    above = [cells_of(line) for line in lines[at:after]]
    table = Table(columns, at + 1, after)
    no = after
    while no < len(lines):
        cells = cells_of(lines[no])
        if cells is None:
            heading = clean_line(lines[no])
            if heading and not _heads_group(heading, lines[no + 1] if no + 1 < len(lines) else "", len(headers)):
                break
            if heading:
                table.rows.append(Row(_fitted([heading], len(columns.kinds)), no + 1, no + 1))
            no += 1
            continue
        if cells in above or read_columns(cells) == columns or is_ruler(lines[no].strip()) or _counts(cells):
            no += 1
            table.last = no
            continue
        if read_columns(cells) is not None and len(cells) != len(columns.kinds):
            break
        table.rows.append(Row(_fitted(cells, len(columns.kinds)), no + 1, no + 1))
        no += 1
        table.last = no
    return table if table.rows else None


def _heads_group(heading: str, below: str, width: int) -> bool:
    """A line without cells between two rows: the heading of a group that lay across the whole table."""
    cells = cells_of(below)
    return cells is not None and len(cells) == width and len(heading) < 160 and read_columns(cells) is None


def _is_second_header(headers: Sequence[str], below: Sequence[str]) -> bool:
    """A second header row fills only cells that the first one spans: no number, short words, some empty."""
    if len(below) < len(headers) or (len(below) > len(headers) and any(below[: len(headers) - 1])):
        return False
    if any(re.match(r"\d", cell) for cell in below) or not any(below) or (all(below) and below[0] != headers[0]):
        return False
    return all(len(cell) < 40 for cell in below) and (not below[0] or below[0] == headers[0])


def _spread(headers: Sequence[str]) -> list[str]:
    """A header that spans several columns stands over each of them."""
    spread: list[str] = []
    for cell in headers:
        spread.append(cell or (spread[-1] if spread else ""))
    return spread


def _counts(cells: Sequence[str]) -> bool:
    """The row "(1) (2) (3)" under a header."""
    filled = [cell for cell in cells if cell]
    return len(filled) >= 3 and all(_COUNTING.fullmatch(cell) for cell in filled)


def _fitted(cells: Sequence[str], width: int) -> tuple[str, ...]:
    fitted = [*cells[: width - 1], " ".join(cells[width - 1 :])] if len(cells) > width else [*cells]
    return tuple(fitted + [""] * (width - len(fitted)))


def _between(lines: Sequence[str], last: int, first: int) -> bool:
    """Whether words stand between two tables."""
    return any(clean_line(line) for line in lines[last : first - 1])


def _cell_table(lines: Sequence[str], at: int) -> Table | None:
    """A table that lost its grid: one cell a line, often with a pipe behind each."""
    first = clean_line(lines[at]).strip(" |")
    if plain(first) not in ("tt", "stt", "so tt"):
        return None
    headers: list[str] = []
    no = at
    while no < len(lines) and len(headers) < 12:
        cell = clean_line(lines[no]).strip(" |")
        if (headers and not cell and "|" in lines[no]) or _NUMBER_CELL.fullmatch(cell) or len(cell) > 60:
            break
        if cell:
            headers.append(cell)
        no += 1
    columns = read_columns(headers)
    if columns is None:
        return None
    table = Table(columns, at + 1, no)
    piped = "|" in lines[at]
    _fill_by_cells(table, lines, no, piped=piped)
    return table if table.rows else None


def _fill_by_cells(table: Table, lines: Sequence[str], start: int, *, piped: bool) -> None:
    width = len(table.columns.kinds)
    cells: list[str] = []
    first = 0
    for no in range(start, len(lines)):
        raw = clean_line(lines[no])
        cell = raw.strip(" |")
        if _ends_cells(raw, cell, piped=piped):
            break
        if piped and not raw:
            continue
        table.last = no + 1
        if not cell or _NUMBER_CELL.fullmatch(cell):
            _close_row(table, cells, first, no)
            cells, first = [], 0
        if cell:
            first = first or no + 1
            cells.append(cell)
            if len(cells) == width:
                _close_row(table, cells, first, no + 1)
                cells, first = [], 0
    _close_row(table, cells, first, table.last)


def _close_row(table: Table, cells: Sequence[str], first: int, last: int) -> None:
    """A row with fewer cells belongs to the number above it: its cells are the last columns."""
    if len(cells) < 3:
        return
    width = len(table.columns.kinds)
    filled = [*cells] if _NUMBER_CELL.fullmatch(cells[0]) else [""] * max(0, width - len(cells)) + [*cells]
    table.rows.append(Row(_fitted(filled, width), first, last))


def _ends_cells(raw: str, cell: str, *, piped: bool) -> bool:
    if piped:
        return bool(cell) and "|" not in raw
    kind, label, words = marker_of(cell)
    numbered = kind in ("roman", "number") and bool(words) and "." not in label and not _NUMBER_CELL.fullmatch(cell)
    return bool(cell) and (numbered or bool(_END_OF_CELLS.match(plain(cell))))
