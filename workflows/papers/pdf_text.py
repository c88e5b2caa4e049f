"""The text of a PDF as the reader of plans understands it: columns apart, wraps and pages undone, tables as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from workflows.errors import Refused
from workflows.plans.paragraphs import marker_of
from workflows.plans.table_columns import read_columns

from .pdf_glyphs import PageMarks, Word, marks_of
from .pdf_layout import Line, edges_of, in_columns, lines_of, paragraphs, without_edges
from .pdf_tables import Grid, grids_of

MOST_PAGES = 300
_FEW_LETTERS = 25
_PICTURED = 0.3


@dataclass
class _Rows:
    """Rows of one table in the order of the pages, with the places of its columns."""

    columns: tuple[float, ...]
    rows: list[tuple[str, ...]]


def pdf_text(data: bytes, filename: str) -> str:
    """The text of a PDF. Refused with ENCRYPTED, SCAN (pictures of pages, `pages`), TOO_LARGE or NOT_A_DOCUMENT."""
    document = _opened(data, filename)
    if len(document) > MOST_PAGES:
        raise Refused("TOO_LARGE", filename=filename, size=len(document), limit=MOST_PAGES)
    pages = [_marks(document, number) for number in range(len(document))]
    letters = sum(len(word.text) for page in pages for word in page.words)
    pictured = [page for page in pages if page.pictured > _PICTURED]
    if letters < _FEW_LETTERS * max(1, len(pages)) and pictured:
        raise Refused("SCAN", filename=filename, pages=len(pages))
    return "\n".join(_texts(pages))


def _opened(data: bytes, filename: str) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as damage:
        locked = getattr(damage, "err_code", None) == pdfium.FPDF_ERR_PASSWORD or b"/Encrypt" in data
        if locked:
            raise Refused("ENCRYPTED", filename=filename) from damage
        raise Refused("NOT_A_DOCUMENT", filename=filename, reason="damaged") from damage


def _marks(document: pypdfium2.PdfDocument, number: int) -> PageMarks:
    """One page; a page that is damaged is empty."""
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return PageMarks(0, 0, (), (), (), 0)
    try:
        return marks_of(page)
    except pypdfium2.PdfiumError:
        return PageMarks(0, 0, (), (), (), 0)
    finally:
        page.close()


def _texts(pages: Sequence[PageMarks]) -> list[str]:
    """Running text and tables in the order of the pages; what a page break cut is put together."""
    grids = [grids_of(page) for page in pages]
    rows = [
        lines_of(_outside(page.words, grids[number]), number) if page.words else [] for number, page in enumerate(pages)
    ]
    kept = without_edges(rows, [page.height for page in pages])
    left, right = edges_of([line for page in kept for row in page for line in row])
    stream: list[Line | _Rows] = []
    for number, page in enumerate(kept):
        at = 0
        for grid in grids[number]:
            above = [row for row in page[at:] if row[0].base < grid.top + 2]
            stream.extend(in_columns(above))
            stream.append(_Rows(grid.columns, list(grid.rows)))
            at += len(above)
        stream.extend(in_columns(page[at:]))
    return _written(_continued(stream), left, right)


def _outside(words: Sequence[Word], grids: Sequence[Grid]) -> list[Word]:
    held = set().union(*(grid.words for grid in grids))
    return [word for index, word in enumerate(words) if index not in held]


def _continued(stream: Sequence[Line | _Rows]) -> list[Line | _Rows]:
    """A table that goes on upon the next page is one table; a row that the break cut is one row."""
    joined: list[Line | _Rows] = []
    for thing in stream:
        last = joined[-1] if joined else None
        if isinstance(thing, _Rows) and isinstance(last, _Rows) and _same_columns(last.columns, thing.columns):
            rows = thing.rows[1:] if thing.rows[0] == last.rows[0] and read_columns(thing.rows[0]) else thing.rows
            if rows and _is_rest(last.rows[-1], rows[0]):
                last.rows[-1] = tuple(
                    f"{above} {below}".strip() for above, below in zip(last.rows[-1], rows[0], strict=True)
                )
                rows = rows[1:]
            last.rows.extend(rows)
        else:
            joined.append(thing)
    return joined


def _same_columns(one: Sequence[float], other: Sequence[float]) -> bool:
    return len(one) == len(other) and all(abs(a - b) < 6 for a, b in zip(one, other, strict=True))


def _is_rest(above: Sequence[str], row: Sequence[str]) -> bool:
    """A row without a number whose first words go on in the middle of a sentence."""
    filled = [cell for cell in row if cell]
    if not filled or row[0] or not any(above):
        return False
    return all(cell[:1].islower() or cell[:1] in "(,;" for cell in filled[:1])


def _written(stream: Sequence[Line | _Rows], left: float, right: float) -> list[str]:
    texts: list[str] = []
    waiting: list[Line] = []
    for thing in stream:
        if isinstance(thing, Line):
            waiting.append(thing)
            continue
        texts.extend(paragraphs(waiting, left, right))
        waiting = []
        texts.extend(_table(thing.rows))
    texts.extend(paragraphs(waiting, left, right))
    return texts


def _table(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """A table of data as rows with tabs; a frame around head or signature as the lines of its cells."""
    if _is_layout(rows):
        return [line for row in rows for cell in row for line in cell.split("<br>") if line]
    return ["", *("\t".join(row) for row in rows), ""]


def _is_layout(rows: Sequence[tuple[str, ...]]) -> bool:
    if any(read_columns([cell.replace("<br>", " ") for cell in row]) for row in rows[:3]):
        return False
    words = " ".join(cell for row in rows for cell in row).lower()
    items = any(marker_of(cell)[0] == "bullet" for row in rows for cell in row)
    return len(rows[0]) < 3 and (items or "nơi nhận" in words or "độc lập" in words)
