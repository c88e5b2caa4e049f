"""A name that a plan uses and nobody knew: an alias of a body that exists, or a new unit of the office."""

from __future__ import annotations

from workflows.errors import Refused
from workflows.store import directory
from workflows.store.screens.sight import OWN_KINDS

from .desk import Desk, Work

LONGEST_NAME = 300


def teach_name(desk: Desk, office_id: int, name: str, body_id: int | None) -> int:
    """Let `name` mean this body from now on, or enter it as a new unit when `body_id` is None; the id of the body.

    For the people of the office. NAME_TAKEN when the name means another body of this office's surroundings already,
    so that what was taught would never be heard.
    """
    name = name.strip()
    if not name:
        raise Refused("FIELD_REQUIRED", field="ten")
    if len(name) > LONGEST_NAME:
        raise Refused("TOO_LONG", field="ten", most=LONGEST_NAME)
    with desk.open() as work:
        _require_member(work, office_id)
        if body_id is None:
            meant = directory.add_body(
                work.connection, kind="unit", name=name, office_id=office_id, parent_id=office_id
            )
        else:
            alive = directory.in_office(work.connection, directory.body(work.connection, body_id), work.today)
            meant = alive.id if alive else body_id
            directory.add_alias(work.connection, meant, name)
        understood = directory.find_body(work.connection, office_id, name, work.today)
        if understood is None or understood.id != meant:
            raise Refused("NAME_TAKEN", name=name, by=understood.name if understood else None)
        return meant


def _require_member(work: Work, office_id: int) -> None:
    bodies = {body.id for body in directory.bodies_of(work.connection, office_id) if body.kind in OWN_KINDS}
    if not work.by.is_system and not {directory.group("thanh_vien", body) for body in bodies} & work.by.groups:
        raise Refused("NOT_YOURS", office=office_id)
