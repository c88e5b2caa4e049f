"""What an office decides about its papers besides its books: organisation codes, and who signs copies by order."""

from __future__ import annotations

from collections.abc import Sequence

from workflows.errors import Refused
from workflows.store import copies, directory

from .desk import Desk

CODE_KEEPERS, DECIDERS = ("van_thu", "quan_tri"), ("chu_tich", "quan_tri")


def give_organ_code(desk: Desk, office_id: int, body_id: int, organ_code: str) -> None:
    """Enter the organisation code of the office or of a body that it writes to (QĐ 20/2020/QĐ-TTg).

    The code of another office of this installation is its own affair: NOT_YOURS. BAD_ORGAN_CODE, ORGAN_CODE_TAKEN.
    """
    with desk.open() as work:
        _require(work.by.groups, office_id, CODE_KEEPERS)
        body = directory.body(work.connection, body_id)
        if body.kind == "office" and body.id != office_id:
            raise Refused("NOT_YOURS", office=body_id)
        directory.give_code(work.connection, body_id, organ_code.strip().upper())


def let_sign_copies(desk: Desk, office_id: int, unit_ids: Sequence[int]) -> None:
    """Say which units' heads sign copies by order of the head of the office (NĐ 30/2020 Điều 27 khoản 2)."""
    with desk.open() as work:
        _require(work.by.groups, office_id, DECIDERS)
        own = {each.id for each in directory.bodies_of(work.connection, office_id, work.today) if each.kind == "unit"}
        strangers = sorted(set(unit_ids) - own)
        if strangers:
            raise Refused("BAD_FIELD", field="don_vi_ky_sao", value=str(strangers[0]))
        copies.let_sign_by_order(work.connection, office_id, sorted(set(unit_ids)), now=work.now, by=desk.by.name)


def _require(groups: frozenset[str], office_id: int, roles: Sequence[str]) -> None:
    if not {f"{each}@{office_id}" for each in roles} & groups:
        raise Refused("NOT_YOURS", office=office_id)
