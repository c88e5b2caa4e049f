"""What changed between two versions as a Word file: insertions and deletions are revisions, as Word itself keeps them.

Accepted, it reads as the newer version; rejected, as the older one (ECMA-376 Part 1, 17.13.5: ins, del and delText; a
paragraph or a row that came or went carries the revision in its mark).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count, groupby

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from workflows.plans.word_diff import CELL, Changed, Comparison, Piece

from .docx_shapes import Shape, element, empty, fit, flat, grid
from .write_docx import HEIGHT, LEFT, RIGHT, WIDTH, package, set_paper, set_styles

_MARKS = {"added": "ins", "removed": "del"}
_RULER = re.compile(r"[\s:-]*-[\s:-]*")
_MANY_COLUMNS = 5  # from here on a sheet lies across


@dataclass(frozen=True)
class _Row:
    """The cells of a row of a table, each in pieces; a paragraph has one."""

    cells: tuple[tuple[Piece, ...], ...]

    @property
    def mark(self) -> str | None:
        """The revision of the row or paragraph as a whole; None where something of it stayed."""
        kinds = {piece.kind for cell in self.cells for piece in cell}
        return _MARKS.get(kinds.pop()) if len(kinds) == 1 else None


def changes_docx(compared: Comparison, title: str, author: str, at: datetime) -> bytes:
    """The file; each revision is by this author at this instant, to the second."""
    word = Document()
    set_styles(word)
    rows = [row for each in compared.paragraphs if (row := _row_of(each)).cells]
    landscape = max((len(row.cells) for row in rows), default=1) >= _MANY_COLUMNS
    set_paper(word.sections[0], landscape=landscape)
    revisions = _Revisions(author[:255], at)
    for width, alike in groupby(rows, lambda row: len(row.cells)):
        if width == 1:
            for row in alike:
                paragraph = word.add_paragraph()
                paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
                paragraph.paragraph_format.first_line_indent = Mm(12.7)
                revisions.fill(paragraph, row.cells[0], row.mark)
        else:
            _table(word, list(alike), (HEIGHT if landscape else WIDTH) - LEFT - RIGHT, revisions)
    return package(word, title, author, at)


def _table(word: Shape, rows: Sequence[_Row], room: float, revisions: _Revisions) -> None:
    widths = [room / len(rows[0].cells)] * len(rows[0].cells)
    table = grid(word, widths, bordered=True)
    for row in rows:
        made = table.add_row()
        fit(made, widths)
        if row.mark:
            made._tr.get_or_add_trPr().append(revisions.mark(row.mark))
        for cell, pieces in zip(made.cells, row.cells, strict=True):
            revisions.fill(flat(empty(cell).add_paragraph()), pieces, row.mark)
    flat(word.add_paragraph())  # two tables without anything between are one to Word


class _Revisions:
    """Writes pieces of text, what came and went as revisions with numbers of their own."""

    def __init__(self, author: str, at: datetime) -> None:
        self._numbers = count(1)
        self._of = {"author": author, "date": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}

    def fill(self, paragraph: Shape, pieces: Sequence[Piece], mark: str | None) -> None:
        """Write the pieces into the paragraph; `mark`: the end of it came or went with them."""
        if mark:
            properties = paragraph._p.get_or_add_pPr()
            of_mark = element("rPr")
            of_mark.append(self.mark(mark))
            properties.append(of_mark)
        for at, piece in enumerate(pieces):
            words = piece.text + (" " if at + 1 < len(pieces) else "")
            kind = _MARKS.get(piece.kind)
            run = _run(words, deleted=kind == "del")
            if kind:
                around = self.mark(kind)
                around.append(run)
                paragraph._p.append(around)
            else:
                paragraph._p.append(run)

    def mark(self, kind: str) -> Shape:
        """An element that says that what it holds or stands in came or went."""
        return element(kind, id=str(next(self._numbers)), **self._of)


def _run(words: str, *, deleted: bool) -> Shape:
    run, text = element("r"), element("delText" if deleted else "t")
    text.text = words
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(text)
    return run


def _row_of(changed: Changed) -> _Row:
    """The cells of a paragraph; one without signs between cells is one, a line that only rules a table has none."""
    cells: list[list[Piece]] = [[]]
    for piece in changed.pieces:
        first, *further = piece.text.split(CELL)
        cells[-1] += _kept(piece.kind, first)
        for words in further:
            cells.append(list(_kept(piece.kind, words)))
    if len(cells) > 1 and all(
        piece.kind == "same" and _RULER.fullmatch(piece.text) for cell in cells for piece in cell
    ):
        return _Row(())
    outer = len(cells) > 2 and not cells[0] and not cells[-1]  # the signs around a row of Markdown
    return _Row(tuple(map(tuple, cells[1:-1] if outer else cells)))


def _kept(kind: str, words: str) -> Iterator[Piece]:
    if words.strip():
        yield Piece(kind, words.strip())
