"""What an office is made of when it is founded: its own posts, and units by a template (NĐ 150/2025/NĐ-CP Điều 25–27).

Processes belong to the whole house, so a template names none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .names import fold

# What the head of an office is called, by how the office is called.
_HEADS = (("uy ban nhan dan", "CHỦ TỊCH"), ("ubnd", "CHỦ TỊCH"), ("so ", "GIÁM ĐỐC"), ("phong ", "TRƯỞNG PHÒNG"))
_DEPUTY = "PHÓ {}"


@dataclass(frozen=True)
class PlannedPost:
    """A post that an office or a unit begins with."""

    role: str
    title: str
    is_head: bool = False
    rank: int = 0


ADMINISTRATOR = PlannedPost("quan_tri", "Quản trị hệ thống")


@dataclass(frozen=True)
class PlannedUnit:
    """A body inside the office, with its posts; `under` is the place in the list of the unit above."""

    kind: str
    name: str
    posts: Sequence[PlannedPost]
    short_name: str | None = None
    under: int | None = None


def _unit(name: str, head: str, *, kind: str = "unit", officer: str = "Chuyên viên") -> PlannedUnit:
    return PlannedUnit(kind, name, (PlannedPost("thu_truong", head, is_head=True), PlannedPost("can_bo", officer)))


def _commune(economy: str, level: str) -> tuple[PlannedUnit, ...]:
    return (
        _unit("Văn phòng HĐND và UBND", "Chánh Văn phòng"),
        _unit(economy, "Trưởng phòng"),
        _unit("Phòng Văn hóa - Xã hội", "Trưởng phòng"),
        _unit("Trung tâm Phục vụ hành chính công", "Giám đốc"),
        _unit(f"Ủy ban MTTQ Việt Nam {level}", "Chủ tịch", kind="front", officer="Ủy viên Thường trực"),
    )


_TOWN = "Phòng Kinh tế, Hạ tầng và Đô thị"
TEMPLATES: Mapping[str, Sequence[PlannedUnit]] = {
    "Xã": _commune("Phòng Kinh tế", "xã"),
    "Phường": _commune(_TOWN, "phường"),
    "Đặc khu": _commune(_TOWN, "đặc khu"),
    "Sở": (_unit("Văn phòng", "Chánh Văn phòng"), _unit("Thanh tra", "Chánh Thanh tra")),
    "Chỉ chức danh": (),
}
# Of the levels that have a template of their own; every other begins with its posts alone.
USUAL: Mapping[str, str] = {"xã": "Xã", "phường": "Phường", "đặc khu": "Đặc khu", "sở": "Sở"}
BARE = "Chỉ chức danh"


def template_called(name: str) -> str | None:
    """The template of this name, however it is written; None where there is none."""
    return next((title for title in TEMPLATES if fold(title) == fold(name)), None)


def own_posts(name: str) -> tuple[PlannedPost, ...]:
    """The posts of an office of this name itself."""
    head = next((title for start, title in _HEADS if fold(name).startswith(start)), "THỦ TRƯỞNG")
    return (
        PlannedPost("chu_tich", head, is_head=True),
        PlannedPost("pho_chu_tich", _DEPUTY.format(head)),
        PlannedPost("van_thu", "Văn thư"),
        PlannedPost("the_thuc", "Người kiểm tra thể thức"),
        ADMINISTRATOR,
    )


def short_name(name: str) -> str:
    """ "UBND xã Đức Phong" for "Ủy ban nhân dân xã Đức Phong"."""
    return name.replace("Ủy ban nhân dân", "UBND").replace("Uỷ ban nhân dân", "UBND")


def usual_place(name: str, level: str) -> str:
    """The place that stands beside the date of its documents: "Đức Phong"."""
    return name.rsplit(f"{level} ", 1)[-1]


def usual_aliases(name: str, level: str) -> tuple[str, ...]:
    """How its own plans speak of an office that is a people's committee."""
    if not fold(name).startswith(("uy ban nhan dan", "ubnd")):
        return ()
    return (f"UBND {level}", f"Ủy ban nhân dân {level}", "UBND", "Ủy ban nhân dân")
