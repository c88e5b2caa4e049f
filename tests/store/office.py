"""A small organisation for tests: a commune under a province, with units, the front and people in posts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Connection

from workflows.store import directory

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # Monday, 8:00 in Asia/Ho_Chi_Minh
TODAY = date(2026, 3, 2)


@dataclass(frozen=True)
class Office:
    """Ids of bodies and people."""

    province: int
    department: int
    commune: int
    culture: int
    finance: int
    front: int
    everybody: int
    chairman: int
    vice: int
    head: int
    officer: int
    clerk: int
    front_head: int


def enter_office(connection: Connection) -> Office:
    """Enter the organisation and return its ids."""
    province = directory.add_body(connection, kind="office", name="Ủy ban nhân dân tỉnh Bình Thuận", level="tỉnh")
    department = directory.add_body(
        connection,
        kind="unit",
        name="Sở Văn hóa, Thể thao và Du lịch",
        short_name="Sở VHTTDL",
        office_id=province,
        parent_id=province,
    )
    commune = directory.add_body(
        connection,
        kind="office",
        name="Ủy ban nhân dân xã Đức Tân",
        short_name="UBND xã",
        parent_id=province,
        level="xã",
    )

    def part(name: str, kind: str = "unit", **more: str) -> int:
        return directory.add_body(connection, kind=kind, name=name, office_id=commune, parent_id=commune, **more)

    culture, finance = part("Phòng Văn hóa - Xã hội"), part("Phòng Kinh tế", short_name="P. Kinh tế")
    front = part("Ủy ban Mặt trận Tổ quốc xã", kind="front", email="mttq@ductan.vn")
    everybody = part("Các ban, ngành xã", kind="group")
    for member in (culture, finance):
        directory.add_member(connection, everybody, member)

    def somebody(name: str, body: int, role: str, title: str, head: bool = False) -> int:
        post = directory.add_post(connection, body, role, title, is_head=head)
        person = directory.add_person(connection, name, f"{role}{body}@ductan.vn")
        directory.hold(connection, post, person)
        return person

    return Office(
        province=province,
        department=department,
        commune=commune,
        culture=culture,
        finance=finance,
        front=front,
        everybody=everybody,
        chairman=somebody("Nguyễn Văn An", commune, "chu_tich", "CHỦ TỊCH", head=True),
        vice=somebody("Trần Thị Bình", commune, "pho_chu_tich", "PHÓ CHỦ TỊCH"),
        head=somebody("Lê Văn Cường", culture, "thu_truong", "TRƯỞNG PHÒNG", head=True),
        officer=somebody("Phạm Thị Dung", culture, "can_bo", "Chuyên viên"),
        clerk=somebody("Hồ Văn Em", commune, "van_thu", "Văn thư"),
        front_head=somebody("Đỗ Thị Giang", front, "thu_truong", "CHỦ TỊCH", head=True),
    )
