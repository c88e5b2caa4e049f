"""Offices to be founded, as lines of a sheet: an office with its place and template, and its first administrator."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workflows.errors import Reason, Refused

from .names import fold
from .organ_codes import is_organ_code
from .sheet_lines import SheetLine, SheetRow, read_sheet_lines

# Headings as in the template, in its order; the first names the line.
COLUMNS: Mapping[str, str] = {
    "ten_co_quan": "Tên cơ quan",
    "cap": "Cấp",
    "cap_tren": "Cơ quan cấp trên",
    "ten_tat": "Tên viết tắt",
    "dia_danh": "Địa danh",
    "ma_dinh_danh": "Mã định danh",
    "hop_thu": "Hộp thư cơ quan",
    "mau_to_chuc": "Mẫu tổ chức",
    "quan_tri": "Người quản trị",
    "thu_quan_tri": "Thư của người quản trị",
    "dien_thoai": "Điện thoại của người quản trị",
}
REQUIRED = ("ten_co_quan", "cap", "quan_tri", "thu_quan_tri")
LEVELS = ("tỉnh", "thành phố", "sở", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "đặc khu", "khác")
_LEVEL_OF: Mapping[str, str] = {fold(each): each for each in LEVELS}
MOST_OFFICES = 1_000
LONGEST = 300
_MAIL = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_PHONE = re.compile(r"\+?[0-9][0-9 ().-]{6,18}[0-9]")
# What a spreadsheet would take for a formula when the list is opened in one again; what begins with = is one already.
_DANGEROUS = ("+", "-", "@")


@dataclass(frozen=True)
class Line(SheetLine):
    """One office as the file describes it."""

    @property
    def name(self) -> str:
        """What it is called."""
        return self.text("ten_co_quan")

    @property
    def level(self) -> str:
        """Its level, as the program writes it."""
        return _LEVEL_OF.get(fold(self.text("cap")), "")

    @property
    def mail(self) -> str:
        """The address of the first administrator, by which a person is known."""
        return self.text("thu_quan_tri").casefold()


def read_lines(rows: Sequence[SheetRow]) -> list[Line]:
    """The lines below the heading, each with what is wrong in it as far as the line alone says it.

    Refused as `read_sheet_lines` says, and with TOO_MANY_OFFICES.
    """
    read = read_sheet_lines(rows, COLUMNS, "ten_co_quan")
    if len(read) > MOST_OFFICES:
        raise Refused("TOO_MANY_OFFICES", most=MOST_OFFICES, number=len(read))
    lines = [Line(each.number, each.texts, each.places, each.problems) for each in read]
    return [Line(each.number, each.texts, each.places, (*each.problems, *_wrong(each))) for each in lines]


def kept_line(number: int, texts: Mapping[str, str]) -> Line:
    """A line that was read before, by what was kept of it."""
    line = Line(number, texts, {})
    return Line(number, texts, {}, tuple(_wrong(line)))


def _wrong(line: Line) -> list[Reason]:
    found = [line.problem("FOUND_EMPTY", key, heading=COLUMNS[key]) for key in REQUIRED if not line.text(key)]
    if line.text("cap") and not line.level:
        found.append(line.problem("SHEET_WORD", "cap", allowed=", ".join(LEVELS)))
    for key, text in line.texts.items():
        if len(text) > LONGEST:
            found.append(line.problem("FOUND_LONG", key, most=LONGEST))
        if key != "dien_thoai" and text.startswith(_DANGEROUS):
            found.append(line.problem("FOUND_DANGEROUS", key))
    for key in ("thu_quan_tri", "hop_thu"):
        if line.text(key) and not _MAIL.fullmatch(line.text(key)):
            found.append(line.problem("FOUND_BAD_MAIL", key))
    if line.text("dien_thoai") and not _PHONE.fullmatch(line.text("dien_thoai")):
        found.append(line.problem("FOUND_BAD_PHONE", "dien_thoai"))
    if line.text("ma_dinh_danh") and not is_organ_code(line.text("ma_dinh_danh")):
        found.append(line.problem("FOUND_BAD_CODE", "ma_dinh_danh"))
    return found
