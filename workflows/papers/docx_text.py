"""The text of a Word document as the reader of plans understands it: numbers of lists written out, tables as rows."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from typing import Any

from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree

from workflows.errors import Refused
from workflows.plans.table_columns import read_columns

from .docx_numbering import Numbering

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = {f"{_W}del", f"{_W}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_BREAK_IN_CELL = "<br>"
_DEEPEST = 8


def docx_text(data: bytes, filename: str) -> str:
    """The text of a .docx without deleted revisions, with inserted ones. Refused with NOT_A_DOCUMENT if damaged."""
    try:
        document = Document(BytesIO(data))
        numbering = Numbering(document)
        lines = list(_lines(document, numbering, 0))
    except (
        KeyError,
        ValueError,
        AttributeError,
        IndexError,
        TypeError,
        OSError,
        etree.LxmlError,
        RecursionError,
    ) as damage:
        raise Refused("NOT_A_DOCUMENT", filename=filename, reason="damaged") from damage
    return "\n".join(lines)


def _lines(container: Any, numbering: Numbering, depth: int) -> Iterator[str]:  # noqa: ANN401 - python-docx has no types
    for block in container.iter_inner_content():
        if isinstance(block, Paragraph):
            yield from _paragraph(block, numbering)
        elif isinstance(block, Table) and depth < _DEEPEST:
            yield from _table(block, numbering, depth + 1)


def _paragraph(paragraph: Paragraph, numbering: Numbering) -> Iterator[str]:
    text = _words(paragraph._p)
    label = numbering.label(paragraph) if text.strip() else ""
    yield from f"{label}{text}".split("\n")


def _words(element: Any) -> str:  # noqa: ANN401 - an lxml element
    """Words, tabs as gaps, breaks as line ends; nothing of deleted revisions or of fallbacks of drawings."""
    pieces: list[str] = []
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag == f"{_W}t":
            pieces.append(child.text or "")
        elif child.tag == f"{_W}tab":
            pieces.append("    ")
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            pieces.append("\n")
        elif child.tag == f"{_W}noBreakHyphen":
            pieces.append("-")
        elif child.tag == f"{_W}p":
            pieces.append(f"\n{_words(child)}")
        elif len(child):
            pieces.append(_words(child))
    return "".join(pieces)


def _table(table: Table, numbering: Numbering, depth: int) -> Iterator[str]:
    """A table of data as rows with tabs; a table that only lays out columns (head, Nơi nhận) cell after cell."""
    grid = [list(_row(row, numbering, depth)) for row in table.rows]
    headers = any(read_columns([cell.replace(_BREAK_IN_CELL, " ") for cell in row]) for row in grid[:2])
    if headers or (grid and max(len(row) for row in grid) >= 3 and _is_data(grid)):
        yield ""
        yield from ("\t".join(row) for row in grid)
        yield ""
        return
    for row in grid:
        yield from chain.from_iterable(cell.split(_BREAK_IN_CELL) for cell in row if cell)


def _is_data(grid: list[list[str]]) -> bool:
    """Whether the cells hold single values, not blocks of a layout."""
    text = " ".join(chain.from_iterable(grid)).lower()
    return len(grid) >= 2 and "nơi nhận" not in text and "độc lập" not in text


def _row(row: Any, numbering: Numbering, depth: int) -> Iterator[str]:  # noqa: ANN401 - a row of python-docx
    """The cells by the grid: one that spans columns has its words once, one that spans rows repeats them in each."""
    before = None
    for cell in row.cells:
        if cell._tc is before:
            yield ""
            continue
        before = cell._tc
        lines = (line.replace("\t", " ").strip() for line in _lines(cell, numbering, depth))
        yield _BREAK_IN_CELL.join(line for line in lines if line)
