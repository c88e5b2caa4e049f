"""A list as CSV (RFC 4180): with the mark by which spreadsheets know UTF-8; no cell is ever a formula."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

from .book_xlsx import FORMULAS

MEDIA_TYPE = "text/csv; charset=utf-8"


def write_csv(head: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """The heads and a line a row; what begins like a formula gets an apostrophe, as a spreadsheet itself writes it."""
    written = StringIO()
    csv.writer(written).writerows([[_safe(cell) for cell in row] for row in (head, *rows)])
    return written.getvalue().encode("utf-8-sig")


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULAS) else cell
