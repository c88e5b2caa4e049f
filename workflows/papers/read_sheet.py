"""The rows of a worksheet or of a CSV file as plain text, each cell with its place; formulas are only named."""

from __future__ import annotations

import csv
import re
import unicodedata
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from itertools import islice
from zipfile import BadZipFile, ZipFile

from workflows.errors import Refused
from workflows.letters import composed
from workflows.plans.names import fold

from .legacy_text import decode, from_tcvn3, from_vni, modernise

LARGEST_SHEET = 4 * 1024 * 1024
LARGEST_UNPACKED = 60 * 1024 * 1024
# No program writes one into a sheet; expat would make a hundred times its length of what it declares.
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 5_000, 60, 2_000
MOST_MARKS = 2_000_000  # of one part: a cell has four or six
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_SEPARATORS = "\t;,"
# The first line with one of them; nothing is given back, so that a line is looked at once.
_FIRST = re.compile(f"^[^\\r\\n{_SEPARATORS}]*+[{_SEPARATORS}][^\\r\\n]*", re.MULTILINE)


@dataclass(frozen=True)
class Cell:
    """One cell: its words, its place ("C7"), and whether it is a formula, whose result nobody vouches for."""

    text: str
    place: str
    formula: bool = False


@dataclass(frozen=True)
class Row:
    """One line of the sheet by its number as people see it."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return not any(cell.text for cell in self.cells)


def read_sheet(data: bytes, filename: str, expected: Sequence[str] = ()) -> list[Row]:
    """Every row with something in it, of the first worksheet (XLSX) or of the file (CSV, TSV), told by its bytes.

    CSV may be UTF-8 (with or without a mark), UTF-16, Windows-1258, TCVN3 or VNI, with comma, semicolon or tab.
    Headings that are `expected` tell which of the old encodings it is.

    Refused with TOO_LARGE, EMPTY, NOT_A_SHEET (`filename`), TOO_MANY_ROWS.
    """
    if len(data) > LARGEST_SHEET:
        raise Refused("TOO_LARGE", filename=filename, size=len(data), limit=LARGEST_SHEET)
    if not data.strip():
        raise Refused("EMPTY", filename=filename)
    if data.startswith(_OLE):
        raise Refused("NOT_A_SHEET", filename=filename)
    rows = _workbook(data, filename) if data.startswith(_ZIP) else _separated(data, filename, expected)
    found = [row for row in rows if not row.is_empty]
    if not found:
        raise Refused("EMPTY", filename=filename)
    if len(found) > MOST_ROWS:
        raise Refused("TOO_MANY_ROWS", filename=filename, most=MOST_ROWS)
    return found


def _workbook(data: bytes, filename: str) -> list[Row]:
    from openpyxl import load_workbook  # noqa: PLC0415 - a thirtieth of the time in which the pages start
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415 - as above

    try:
        with ZipFile(BytesIO(data)) as package:
            if sum(each.file_size for each in package.infolist()) > LARGEST_UNPACKED:
                raise Refused("TOO_LARGE", filename=filename, size=len(data), limit=LARGEST_UNPACKED)
            for each in package.infolist():
                _require_plain(package.read(each).replace(b"\x00", b""), filename)
        book = load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        rows = []
        # A sheet may claim a million rows; what lies beyond the bound is refused, not read.
        for number, values in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), 1):
            if number > MOST_ROWS * 4:
                raise Refused("TOO_MANY_ROWS", filename=filename, most=MOST_ROWS)
            cells = [_cell(value, number, column) for column, value in enumerate(values, 1)]
            while cells and not cells[-1].text:
                cells.pop()
            rows.append(Row(number, tuple(cells)))
        book.close()
    except (
        BadZipFile,
        InvalidFileException,
        KeyError,
        ValueError,
        TypeError,
        IndexError,
        OSError,
        SyntaxError,
        RuntimeError,  # under a password
        zlib.error,
    ) as error:
        raise Refused("NOT_A_SHEET", filename=filename) from error
    return rows


def _require_plain(part: bytes, filename: str) -> None:
    """Before anything is made of it: a part that declares entities, or has more marks than the largest sheet needs."""
    if _DECLARES.search(part):
        raise Refused("NOT_A_SHEET", filename=filename)
    if part.count(b"<") > MOST_MARKS:
        raise Refused("TOO_MANY_ROWS", filename=filename, most=MOST_ROWS)


def _cell(value: object, row: int, column: int) -> Cell:
    place = f"{_letters(column)}{row}"
    if value is None:
        return Cell("", place)
    if isinstance(value, bool):
        return Cell("có" if value else "", place)
    if isinstance(value, datetime | date):
        return Cell(f"{value:%d/%m/%Y}", place)
    if isinstance(value, float) and value.is_integer():
        return Cell(str(int(value)), place)
    words = _clean(str(value))
    plain = isinstance(value, str | int | float) and not words.startswith("=")
    return Cell(words, place, formula=not plain)


def _separated(data: bytes, filename: str, expected: Sequence[str]) -> list[Row]:
    text = _decoded(data, expected)
    if text is None or "\x00" in text:
        raise Refused("NOT_A_SHEET", filename=filename)
    text = text.lstrip("\ufeff")
    try:
        lines = csv.reader(StringIO(text, newline=""), delimiter=_separator(text), strict=True)
        listed = list(islice(lines, MOST_ROWS * 4 + 1))
    except csv.Error as error:
        raise Refused("NOT_A_SHEET", filename=filename) from error
    if len(listed) > MOST_ROWS * 4:  # what lies beyond is refused, not read
        raise Refused("TOO_MANY_ROWS", filename=filename, most=MOST_ROWS)
    return [Row(number, _cells(values, number)) for number, values in enumerate(listed, 1)]


def _decoded(data: bytes, expected: Sequence[str]) -> str | None:
    """The text; a file of before Unicode is read in each of its encodings, and the headings say which is right."""
    text = decode(data)
    if text is None or _is_unicode(data):
        return text
    old = data.decode("latin-1")
    candidates = [modernise(text), from_tcvn3(old), from_vni(old), text]
    wanted = [fold(title) for title in expected]
    return max(candidates, key=lambda each: sum(title in fold(each[:4_000]) for title in wanted))


def _is_unicode(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return True


def _separator(text: str) -> str:
    """The separator that makes the most of the first line; a comma last, for it stands in headings, too."""
    found = _FIRST.search(text)
    first = found[0] if found else ""
    return max(_SEPARATORS, key=lambda each: len(next(csv.reader([first], delimiter=each), [])))


def _cells(values: Sequence[str], number: int) -> tuple[Cell, ...]:
    found = []
    for column, value in enumerate(values[:MOST_COLUMNS], 1):
        words = _clean(value)
        found.append(Cell(words, f"{_letters(column)}{number}", formula=words.startswith("=")))
    return tuple(found)


def _letters(column: int) -> str:
    """The name of a column as people see it: A to Z, then AA; of more than sixty none is read."""
    before, last = divmod(column - 1, 26)
    return (chr(ord("A") + before - 1) if before else "") + chr(ord("A") + last)


def _clean(words: str) -> str:
    kept = "".join(mark if unicodedata.category(mark) not in ("Cc", "Cs", "Cf") else " " for mark in words)
    return " ".join(composed(kept).split())[: LONGEST_CELL + 1]


def packed(rows: Sequence[Row]) -> list[list[object]]:
    """Rows as JSON for the way through a form; a formula does not survive it as one, so only clean rows are sent."""
    return [[row.number, [cell.text for cell in row.cells]] for row in rows]


def unpacked(data: object) -> list[Row]:
    """The rows that `packed` made; ValueError or TypeError for anything else."""
    if not isinstance(data, list) or len(data) > MOST_ROWS:
        raise ValueError(data)
    rows = []
    for number, texts in data:
        if (
            not isinstance(number, int)
            or not isinstance(texts, list)
            or not all(isinstance(each, str) for each in texts)
        ):
            raise TypeError(number)
        rows.append(Row(number, _cells(texts, number)))
    return rows
