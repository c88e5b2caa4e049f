"""A book as a worksheet (XLSX): its cover, its columns, one row a line; no cell is ever a formula."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_000
_FACE = "Times New Roman"
_LINE = Side(style="thin")
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def write_book(
    title: str,
    cover: Sequence[str],
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[str]],
    now: datetime,
) -> bytes:
    """The workbook; `columns` are headings and widths in characters, every row has a text for each."""
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
        _write(sheet.cell(head, place), name, Font(name=_FACE, size=11, bold=True), framed=True)
        sheet.column_dimensions[get_column_letter(place)].width = width
    for number, row in enumerate(rows, head + 1):
        for place, words in enumerate(row, 1):
            _write(sheet.cell(number, place), words, Font(name=_FACE, size=11), framed=True)
    sheet.freeze_panes = sheet.cell(head + 1, 1)
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def _write(cell: Cell, words: str, font: Font, *, framed: bool = False) -> None:
    """Always as text: what begins like a formula stays what it says, also when the file is saved as CSV again."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", words)[:LONGEST_CELL]
    cell.data_type = "s"
    cell.font = font
    if words.startswith(FORMULAS):
        cell.quotePrefix = True
    if framed:
        cell.border = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
