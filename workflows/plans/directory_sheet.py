"""A directory as lines of a sheet: which columns there are, and what each line says or where it is wrong.

One line names a body and may go on: a post of it, and who holds the post. An empty cell changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from workflows.errors import Reason

from .dates import parse_date
from .names import fold
from .sheet_lines import SheetLine, SheetRow, read_sheet_lines

# Headings as in the template, in its order; the first names the line.
COLUMNS: Mapping[str, str] = {
    "don_vi": "Cơ quan, đơn vị",
    "ten_tat": "Tên viết tắt",
    "loai": "Loại",
    "truc_thuoc": "Trực thuộc",
    "hop_thu": "Hộp thư",
    "ma_dinh_danh": "Mã định danh",
    "hoat_dong_tu": "Hoạt động từ",
    "hoat_dong_den": "Hoạt động đến",
    "thay_bang": "Thay bằng",
    "thuoc_nhom": "Thuộc nhóm",
    "chuc_danh": "Chức danh",
    "vai_tro": "Vai trò",
    "dung_dau": "Đứng đầu",
    "ho_ten": "Họ và tên",
    "email": "Thư điện tử",
    "giu_tu": "Giữ từ",
    "giu_den": "Giữ đến",
    "quyen": "Quyền (Q.)",
}
# The first words for each are those that are written.
_KIND_WORDS = (
    ("Cơ quan", "office"),
    ("Đơn vị", "unit"),
    ("Mặt trận", "front"),
    ("Cơ quan Đảng", "party"),
    ("Hội đồng nhân dân", "council"),
    ("Hội", "association"),
    ("Tổ chức chính trị - xã hội, hội", "association"),
    ("Cơ quan khác phối hợp", "agency"),
    ("Nhóm", "group"),
)
_ROLE_WORDS = (
    ("Chủ tịch", "chu_tich"),
    ("Phó Chủ tịch", "pho_chu_tich"),
    ("Thủ trưởng", "thu_truong"),
    ("Cán bộ", "can_bo"),
    ("Văn thư", "van_thu"),
    ("Người kiểm tra thể thức", "the_thuc"),
    ("Quản trị hệ thống", "quan_tri"),
)
KINDS: Mapping[str, str] = {fold(words): kind for words, kind in _KIND_WORDS}
ROLES: Mapping[str, str] = {fold(words): role for words, role in _ROLE_WORDS}
WORDS_OF_KIND: Mapping[str, str] = {kind: words for words, kind in reversed(_KIND_WORDS)}
WORDS_OF_ROLE: Mapping[str, str] = {role: words for words, role in _ROLE_WORDS}
DAYS = ("hoat_dong_tu", "hoat_dong_den", "giu_tu", "giu_den")
TICKS = ("dung_dau", "quyen")
YES, NO = ("x", "co", "1", "true", "dung"), ("", "khong", "0", "false", "sai")


@dataclass(frozen=True)
class Line(SheetLine):
    """A line of a directory, with its days."""

    days: Mapping[str, date] = field(default_factory=dict)

    def ticked(self, column: str) -> bool:
        """Whether the column says yes."""
        return fold(self.text(column)) in YES

    @property
    def kind(self) -> str:
        """The kind of body that it names, or nothing."""
        return KINDS.get(fold(self.text("loai")), "")

    @property
    def role(self) -> str:
        """The role of the post: as it stands, else that of a head or of an officer."""
        named = ROLES.get(fold(self.text("vai_tro")), "")
        return named or ("thu_truong" if self.ticked("dung_dau") else "can_bo")

    @property
    def groups(self) -> list[str]:
        """The groups that the body belongs to."""
        return [name.strip() for name in self.text("thuoc_nhom").split(";") if name.strip()]


def read_lines(rows: Sequence[SheetRow]) -> list[Line]:
    """The lines below the heading; Refused as `read_sheet_lines` says."""
    return [_line(each) for each in read_sheet_lines(rows, COLUMNS, "don_vi")]


def _line(read: SheetLine) -> Line:
    days: dict[str, date] = {}
    problems = list(read.problems)
    for key in DAYS:
        day = parse_date(read.text(key)) if read.text(key) else None
        if day is not None:
            days[key] = day
        elif read.text(key):
            problems.append(read.problem("SHEET_DATE", key))
    line = Line(read.number, read.texts, read.places, (), days)
    return Line(read.number, read.texts, read.places, (*problems, *_wrong_words(line)), days)


def _wrong_words(line: Line) -> list[Reason]:
    found = []
    if not line.text("don_vi"):
        found.append(line.problem("SHEET_NO_BODY", "don_vi"))
    if line.text("loai") and not line.kind:
        found.append(line.problem("SHEET_WORD", "loai", allowed="Đơn vị, Mặt trận, Cơ quan Đảng, Hội, Nhóm"))
    if line.text("vai_tro") and fold(line.text("vai_tro")) not in ROLES:
        found.append(
            line.problem("SHEET_WORD", "vai_tro", allowed="Chủ tịch, Phó Chủ tịch, Thủ trưởng, Cán bộ, Văn thư")
        )
    found += [line.problem("SHEET_WORD", key, allowed="x") for key in TICKS if fold(line.text(key)) not in (*YES, *NO)]
    if line.text("ho_ten") and not line.text("chuc_danh"):
        found.append(line.problem("SHEET_NO_POST", "ho_ten"))
    if line.text("thay_bang") and not line.text("hoat_dong_den"):
        found.append(line.problem("SHEET_NO_END", "thay_bang"))
    return found
