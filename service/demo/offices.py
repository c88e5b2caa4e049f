"""Offices of the demo and their own posts; an office that is there already is found again by its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from workflows.plans.document import Issuer, Signer
from workflows.plans.names import fold
from workflows.store import directory

from .invented_people import invented_name

LEVEL_ABOVE: Mapping[str, str] = {"xã": "huyện", "phường": "huyện", "thị trấn": "huyện", "huyện": "tỉnh", "sở": "tỉnh"}
# What the head of an office is called, by how the office is called.
_HEADS = (("uy ban nhan dan", "CHỦ TỊCH"), ("ubnd", "CHỦ TỊCH"), ("so ", "GIÁM ĐỐC"), ("phong ", "TRƯỞNG PHÒNG"))


@dataclass(frozen=True)
class Place:
    """An office that is there: its body, its level, the office above, and the domain of its mail."""

    id: int
    level: str
    above: int | None
    domain: str


def the_office(connection: Connection, issuer: Issuer, place: str | None = None, signer: Signer | None = None) -> Place:
    """The office that issues plans under this name, entered and staffed with everything above it where it is new."""
    name, level = issuer.name or "Ủy ban nhân dân", issuer.level or "xã"
    above = _above(connection, issuer)
    short = short_name(name)
    domain = f"{fold(short).replace(' ', '-')}.example"
    for office in directory.offices(connection):
        if fold(name) in {fold(called) for called in (office.name, office.short_name or office.name)}:
            return Place(office.id, level, above or office.parent_id, domain)
    office_id = directory.add_body(
        connection,
        kind="office",
        name=name,
        parent_id=above,
        level=level,
        short_name=short,
        place=place or name.rsplit(f"{level} ", 1)[-1],
        aliases=[f"UBND {level}", f"Ủy ban nhân dân {level}", "UBND", "Ủy ban nhân dân"],
    )
    found = Place(office_id, level, above, domain)
    staff_office(connection, office_id, name, domain, signer)
    return found


def short_name(name: str) -> str:
    """ "UBND xã Đức Phong" for "Ủy ban nhân dân xã Đức Phong"."""
    return name.replace("Ủy ban nhân dân", "UBND").replace("Uỷ ban nhân dân", "UBND")


def _above(connection: Connection, issuer: Issuer) -> int | None:
    level = LEVEL_ABOVE.get(issuer.level or "xã")
    name = {"huyện": issuer.district, "tỉnh": issuer.province}.get(level or "")
    if level is None or name is None:
        return None
    full = f"Ủy ban nhân dân {level} {name}"
    return the_office(connection, Issuer(full, level, issuer.district, issuer.province)).id


def staff_office(connection: Connection, office_id: int, name: str, domain: str, signer: Signer | None = None) -> None:
    """Fill the office's own posts; the signer of a plan holds the post that its signature block names."""
    head = next((title for start, title in _HEADS if fold(name).startswith(start)), "THỦ TRƯỞNG")
    posts = (
        ("chu_tich", head, True),
        ("pho_chu_tich", f"PHÓ {head}", False),
        ("van_thu", "Văn thư", False),
        ("the_thuc", "Người kiểm tra thể thức", False),
        ("quan_tri", "Quản trị hệ thống", False),
    )
    for role, title, is_head in posts:
        signs = signer is not None and (signer.position or head).upper() == title
        person = signer.name if signs and signer is not None else None
        appoint(connection, office_id, role, title, post=f"{title}, {name}", domain=domain, head=is_head, name=person)


def appoint(
    connection: Connection,
    body_id: int,
    role: str,
    title: str,
    *,
    post: str,
    domain: str,
    head: bool,
    name: str | None = None,
) -> None:
    """Enter a post of a body and somebody who holds it; `post` says whose name is invented where none is given."""
    post_id = directory.add_post(connection, body_id, role, title, is_head=head)
    address = f"{role.replace('_', '.')}.{body_id}@{domain}"
    person_id = directory.add_person(connection, name or invented_name(post), address)
    directory.hold(connection, post_id, person_id)
