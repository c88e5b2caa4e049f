"""The body of a plan as blocks, taken from its own text: parts, points, bases, tables; no word of it is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from .broken_lines import whole_cells
from .document import PlanDocument
from .normalise import clean_line, plain, squeeze
from .official_document import Block, Heading, Table, Text
from .paragraphs import Paragraph, paragraphs_of
from .table_columns import read_columns
from .table_rows import Table as ReadTable
from .table_rows import cells_of, find_tables, is_ruler

_LONGEST_HEADING = 120
_BASIS = re.compile(r"(?:can cu|xet de nghi|theo de nghi)\b")
_TAG = re.compile(r"<\s*(br|/?ul|/?ol|/?li|/?p|/?b|/?i|/?strong|/?em|/?span|/?div)\b[^<>]*>", re.IGNORECASE)
_RULE = re.compile(r"[-_=*.\s–—~]+$")


def blocks_between(document: PlanDocument, first: int, last: int, *, sections_after: int = 0) -> tuple[Block, ...]:
    """The blocks on the lines from `first` to `last`, both included; bases are sought above the first part."""
    lines = document.lines
    celled = whole_cells(lines)
    tables = [table for table in find_tables(lines) if first <= table.first and table.last <= last]
    headings = {section.line for section in document.sections if section.found and section.line > sections_after}
    opening = min((line for line in headings if line >= first), default=last + 1)
    covered = {no for table in tables for no in range(table.first, table.last + 1)}
    running = [each for each in paragraphs_of(lines, first, last) if each.first not in covered]
    placed: list[tuple[int, Block]] = [(table.first, _read_table(table, celled)) for table in tables]
    placed += _running(running, lines, headings, opening)
    return _with_basis_ends(tuple(block for _, block in sorted(placed, key=lambda each: each[0])))


def cell_words(cell: str) -> str:
    """The words of a cell: line ends where HTML broke the line, each item of a list on its own."""
    words = _TAG.sub(lambda tag: "\n" if tag[1].lower() in ("br", "li", "p", "div") else " ", clean_line(cell))
    words = words.replace("¦", "|")
    if words.count("- ") + words.count(";-") + words.count(".-") > 1 or words.lstrip().startswith("-"):
        words = re.sub(r"(?<=[;.])\s*(?=-\s*[^\W\d_])", "\n", words)
    return "\n".join(filter(None, (squeeze(line) for line in words.split("\n"))))


def _running(
    paragraphs: Sequence[Paragraph], lines: Sequence[str], headings: set[int], opening: int
) -> Iterator[tuple[int, Block]]:
    """Paragraphs outside of task tables; lines with cells that follow each other are a table as well."""
    grid: list[Paragraph] = []
    for paragraph in paragraphs:
        if paragraph.first not in headings and len(cells_of(lines[paragraph.first - 1]) or ()) > 1:
            grid.append(paragraph)
            continue
        yield from _loose_table(grid, lines)
        grid = []
        words = squeeze(" ".join(clean_line(line) for line in lines[paragraph.first - 1 : paragraph.last])).strip("| ")
        if words and not _RULE.fullmatch(words):
            yield paragraph.first, _paragraph(paragraph, words, headings, opening)
    yield from _loose_table(grid, lines)


def _paragraph(paragraph: Paragraph, words: str, headings: set[int], opening: int) -> Block:
    if paragraph.first in headings:
        return Heading(words, 1)
    short = len(words) <= _LONGEST_HEADING and not words.endswith((".", ";", ",", "./."))
    if paragraph.kind == "number" and short and ":" not in words[:-1]:
        return Heading(words, 2)
    if paragraph.kind == "letter" and short and ":" not in words:
        return Heading(words, 3)
    if paragraph.first < opening and _BASIS.match(plain(words)) and not words.endswith(":"):
        return Text(words, "basis")
    return Text(words)


def _with_basis_ends(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Each basis ends with a semicolon, the last with a full stop (mục II.6.a)."""
    last = max(
        (at for at, block in enumerate(blocks) if isinstance(block, Text) and block.style == "basis"), default=-1
    )
    return tuple(
        replace(block, words=block.words.rstrip(" ;.,") + ("." if at == last else ";"))
        if isinstance(block, Text) and block.style == "basis"
        else block
        for at, block in enumerate(blocks)
    )


def _loose_table(grid: Sequence[Paragraph], lines: Sequence[str]) -> Iterator[tuple[int, Block]]:
    rows = [cells_of(lines[each.first - 1]) or [] for each in grid if not is_ruler(lines[each.first - 1])]
    if not rows:
        return
    width = max(len(row) for row in rows)
    fitted = [tuple(cell_words(cell) for cell in [*row, *[""] * (width - len(row))]) for row in rows]
    yield grid[0].first, Table(fitted[0], tuple(fitted[1:]))


def _read_table(table: ReadTable, lines: Sequence[str]) -> Block:
    """A task table with its header; what stands in it outside of any row heads the rows below."""
    width = len(table.columns.kinds)
    header, after = _header(table, lines)
    rows: list[tuple[str, ...]] = []
    groups: list[int] = []
    taken = after
    gridded = cells_of(lines[table.first - 1]) is not None
    for row in table.rows:
        if not gridded:
            for words in _outside(lines, taken + 1, row.first - 1):
                groups.append(len(rows))
                rows.append(("", words, *[""] * (width - 2)))
        cells = tuple(cell_words(cell) for cell in row.cells)
        if width > 2 and cells[1] and not any(cells[2:]) and (cells[0] or plain(cells[1]).startswith("tong")):
            groups.append(len(rows))
        rows.append(cells)
        taken = row.last
    return Table(header, tuple(rows), tuple(groups))


def _header(table: ReadTable, lines: Sequence[str]) -> tuple[tuple[str, ...], int]:
    """The header cells and the last line that they stand on."""
    width = len(table.columns.kinds)
    cells = cells_of(lines[table.first - 1])
    if cells is not None:
        below = cells_of(lines[table.first]) if table.first < len(lines) else None
        first_row = table.rows[0].first
        if read_columns(cells) == table.columns or below is None or first_row <= table.first + 1:
            return tuple(cell_words(cell) for cell in cells), table.first
        cells = [*cells, *[""] * (len(below) - len(cells))]  # a cell over the last columns leaves the upper row shorter
        return tuple(cell_words(_over(cells, at, low)) for at, low in enumerate(below)), table.first + 1
    taken: list[str] = []
    no = table.first
    while len(taken) < width:
        words = clean_line(lines[no - 1]).strip(" |")
        taken += [words] if words else []
        no += 1
    return tuple(taken), no - 1


def _over(upper: Sequence[str], at: int, lower: str) -> str:
    """A cell of a second header row under the cell that spans it."""
    above = next((upper[place] for place in range(at, -1, -1) if upper[place]), "")
    return above if above == lower or not lower else f"{above} {lower}"


def _outside(lines: Sequence[str], first: int, last: int) -> Iterator[str]:
    for no in range(first, last + 1):
        words = clean_line(lines[no - 1]).strip(" |")
        if words:
            yield words
