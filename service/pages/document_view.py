"""A plan's text as HTML-ready blocks: headings, tables, doubts where the reader saw them, each line with its number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from service.words.found_words import drawn_with
from workflows.plans.document import Doubt, PlanDocument
from workflows.plans.written_words import best_place, countable, spans_of
from workflows.store.screens.search import wanted_of

from .text_tables import Cell, Row, rows_among

_NUMBERED = re.compile(r"^\d{1,2}(\.\d{1,2})*[.)]\s+\S")
LONGEST_HEADING = 120


@dataclass(frozen=True)
class Block:
    """One line of the text: `kind` is title, section, point or text; `no` counts from 1.

    For whoever comes from the search: the line with words `set_off`, and whether it `is_sought`, the place to open at.
    """

    kind: str
    text: str
    no: int
    doubts: tuple[Doubt, ...] = ()
    set_off: Markup | None = None
    is_sought: bool = False
    row: Row | None = None


def blocks_of(document: PlanDocument) -> list[Block]:
    """The lines with something on them, in order."""
    sections = {section.line for section in document.sections}
    doubts: dict[int, list[Doubt]] = {}
    for doubt in document.doubts:
        doubts.setdefault(doubt.line or 0, []).append(doubt)
    rows = rows_among(document.lines)
    return [
        Block(_kind(line, no, document, sections), line.strip(), no, tuple(doubts.get(no, ())), row=rows.get(no))
        for no, line in enumerate(document.lines, start=1)
        if line.strip()
    ]


def issued_blocks(document: PlanDocument, issued: str) -> list[Block]:
    """The lines of the text as it was issued, with the headings of the draft that it was made from."""
    kinds = {block.text: block.kind for block in blocks_of(document)}
    lines = issued.splitlines()
    rows = rows_among(lines)
    return [
        Block(kinds.get(line.strip(), "text"), line.strip(), no, row=rows.get(no))
        for no, line in enumerate(lines, start=1)
        if line.strip()
    ]


def sought(blocks: Sequence[Block], typed: str) -> list[Block]:
    """The blocks with the words set off that were looked for, and the one of them that answers best to all."""
    wanted = wanted_of(typed)
    texts = [countable(block.text) for block in blocks]
    place = best_place("\n".join(texts), wanted.parts, wanted.typed)
    found: list[Block] = []
    end = -1
    for block, text in zip(blocks, texts, strict=True):
        begin, end = end + 1, end + 1 + len(text)
        spans = spans_of(text, wanted.parts)
        drawn = drawn_with(text, spans) if spans else None
        row = _set_off(block.row, wanted.parts) if block.row and spans else block.row
        found.append(replace(block, set_off=drawn, is_sought=place is not None and begin <= place <= end, row=row))
    return found


def _set_off(row: Row, parts: Sequence[str]) -> Row:
    return replace(row, cells=tuple(_with_words_set_off(cell, parts) for cell in row.cells))


def _with_words_set_off(cell: Cell, parts: Sequence[str]) -> Cell:
    spans = spans_of(countable(cell.text), parts)
    return replace(cell, set_off=drawn_with(cell.text, spans)) if spans else cell


def _kind(line: str, no: int, document: PlanDocument, sections: set[int]) -> str:
    words = line.strip()
    if document.doc_type and words.upper() == document.doc_type.upper():
        return "title"
    if no in sections:
        return "section"
    if _NUMBERED.match(words) and len(words) <= LONGEST_HEADING:
        return "point"
    return "text"
