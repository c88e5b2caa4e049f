"""A book as a worksheet (XLSX): its cover, its columns, one row a line; no cell is ever a formula."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.styles import Alignment, Border, Font

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_000
NO_CHARACTERS_OF_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FACE = "Times New Roman"
# The wide ones count as the narrow in spreadsheets of East Asia.
FORMULAS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def write_book(
    title: str,
    cover: Sequence[str],
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[str]],
    now: datetime,
) -> bytes:
    """The workbook; `columns` are headings and widths in characters, every row has a text for each."""
    # Every program loads this module; few write a book, and it is a thirtieth of the time in which the pages start.
    from openpyxl import Workbook  # noqa: PLC0415 - see above
    from openpyxl.styles import Alignment, Border, Font, Side  # noqa: PLC0415 - see above
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - see above
    from openpyxl.worksheet.worksheet import Worksheet  # noqa: PLC0415 - see above

    line, wrapped = Side(style="thin"), Alignment(wrap_text=True, vertical="top")
    framed = Border(left=line, right=line, top=line, bottom=line), wrapped

    workbook = Workbook()
    workbook.properties.created = workbook.properties.modified = now.replace(tzinfo=None)
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Sổ"
    _write(sheet.cell(1, 1), title, Font(name=_FACE, size=14, bold=True))
    for number, words in enumerate(cover, 2):
        _write(sheet.cell(number, 1), words, Font(name=_FACE, size=12))
    head = len(cover) + 3
    for place, (name, width) in enumerate(columns, 1):
        _write(sheet.cell(head, place), name, Font(name=_FACE, size=11, bold=True), framed=framed)
        sheet.column_dimensions[get_column_letter(place)].width = width
    for number, row in enumerate(rows, head + 1):
        for place, words in enumerate(row, 1):
            _write(sheet.cell(number, place), words, Font(name=_FACE, size=11), framed=framed)
    sheet.freeze_panes = sheet.cell(head + 1, 1)
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def _write(cell: Cell, words: str, font: Font, *, framed: tuple[Border, Alignment] | None = None) -> None:
    """Always as text: what begins like a formula stays what it says, also when the file is saved as CSV again."""
    cell.value = NO_CHARACTERS_OF_XML.sub(" ", words)[:LONGEST_CELL]
    cell.data_type = "s"
    cell.font = font
    if words.startswith(FORMULAS):
        cell.quotePrefix = True
    if framed is not None:
        cell.border, cell.alignment = framed
