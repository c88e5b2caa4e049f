"""A directory as lines of a sheet: which columns there are, and what each line says or where it is wrong.

One line names a body and may go on: a post of it, and who holds the post. An empty cell changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from workflows.errors import Reason, Refused

from .dates import parse_date
from .names import fold

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
HEADING_WITHIN = 15


class SheetCell(Protocol):
    """A cell of whatever read the file."""

    @property
    def text(self) -> str:
        """Its words."""

    @property
    def place(self) -> str:
        """Where it stands ("C7")."""

    @property
    def formula(self) -> bool:
        """Whether it is a formula."""


class SheetRow(Protocol):
    """A row of whatever read the file."""

    @property
    def number(self) -> int:
        """Its number, as people see it."""

    @property
    def cells(self) -> Sequence[SheetCell]:
        """Its cells from the left."""


@dataclass(frozen=True)
class Line:
    """One line: texts by column, where each stands, and what is wrong with it (`place` in the facts)."""

    number: int
    texts: Mapping[str, str]
    places: Mapping[str, str]
    problems: tuple[Reason, ...] = ()
    days: Mapping[str, date] = field(default_factory=dict)

    def text(self, column: str) -> str:
        """What stands in this column; empty where nothing does."""
        return self.texts.get(column, "")

    def ticked(self, column: str) -> bool:
        """Whether the column says yes."""
        return fold(self.text(column)) in YES

    def problem(self, code: str, column: str, **facts: object) -> Reason:
        """Something that is wrong in this column of the line."""
        return Reason(
            code, {"place": self.places.get(column, str(self.number)), "value": self.text(column)[:80], **facts}
        )

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
    """The lines below the heading.

    Refused with SHEET_NO_COLUMN where no heading is found, SHEET_COLUMN for a column that nobody knows, and
    SHEET_COLUMN_TWICE: then no line can be trusted.
    """
    for index, row in enumerate(rows[:HEADING_WITHIN]):
        if fold(COLUMNS["don_vi"]) in {fold(cell.text) for cell in row.cells}:
            columns = _columns(row)
            return [_line(each, columns) for each in rows[index + 1 :] if any(cell.text for cell in each.cells)]
    raise Refused("SHEET_NO_COLUMN", value=COLUMNS["don_vi"])


def _columns(heading: SheetRow) -> dict[int, str]:
    known = {fold(title): key for key, title in COLUMNS.items()}
    found: dict[int, str] = {}
    reasons: list[Reason] = []
    for index, cell in enumerate(heading.cells):
        key = known.get(fold(cell.text))
        if not cell.text:
            continue
        if key is None:
            reasons.append(Reason("SHEET_COLUMN", {"place": cell.place, "value": cell.text[:80]}))
        elif key in found.values():
            reasons.append(Reason("SHEET_COLUMN_TWICE", {"place": cell.place, "value": cell.text[:80]}))
        else:
            found[index] = key
    if reasons:
        raise Refused.because(reasons)
    return found


def _line(row: SheetRow, columns: Mapping[int, str]) -> Line:
    texts, places, problems = {}, {}, []
    for index, cell in enumerate(row.cells):
        key = columns.get(index)
        if key is None:
            if cell.text:
                problems.append(Reason("SHEET_NO_HEADING", {"place": cell.place, "value": cell.text[:80]}))
            continue
        texts[key], places[key] = cell.text, cell.place
        if cell.formula:
            problems.append(Reason("SHEET_FORMULA", {"place": cell.place, "value": cell.text[:80]}))
    line = Line(row.number, texts, places)
    days: dict[str, date] = {}
    for key in DAYS:
        day = parse_date(texts.get(key, "")) if texts.get(key) else None
        if day is not None:
            days[key] = day
        elif texts.get(key):
            problems.append(line.problem("SHEET_DATE", key))
    return Line(row.number, texts, places, (*problems, *_wrong_words(line)), days)


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
