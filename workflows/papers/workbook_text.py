"""The words of every worksheet of an XLSX, a row a line, tabs between cells; of a formula what it came to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from zipfile import BadZipFile

from workflows.errors import Refused

MOST_COLUMNS, MOST_ROWS = 200, 50_000  # of a sheet; what lies beyond is no text that people look for


def workbook_text(data: bytes, filename: str, most: int) -> str:
    """The text, which ends soon after `most` letters. Refused with NOT_A_DOCUMENT when it is damaged.

    To be called where time and memory are bounded (`confined`): what a sheet claims to be is believed.
    """
    from openpyxl import load_workbook  # noqa: PLC0415 - a thirtieth of the time in which the pages start
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415 - as above

    lines: list[str] = []
    letters = 0
    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            for line in (
                sheet.title,
                *_lines(sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)),
            ):
                lines.append(line)
                letters += len(line) + 1
                if letters > most:
                    return "\n".join(lines)
    except (
        AttributeError, BadZipFile, EOFError, IndexError, InvalidFileException, KeyError, OSError, SyntaxError,
        TypeError, ValueError,
    ) as damage:  # fmt: skip
        raise Refused("NOT_A_DOCUMENT", filename=filename, reason="damaged") from damage
    return "\n".join(lines)


def _lines(rows: Iterator[tuple[object, ...]]) -> Iterator[str]:
    for row in rows:
        cells = [_words(value) for value in row]
        if any(cells):
            yield "\t".join(cells).rstrip("\t")


def _words(value: object) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
