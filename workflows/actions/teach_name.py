"""A name that a plan uses and nobody knew: an alias of a body that exists, or a new unit of the office."""

from __future__ import annotations

from workflows.errors import Refused
from workflows.store import directory

from .desk import Desk


def teach_name(desk: Desk, office_id: int, name: str, body_id: int | None) -> int:
    """Let `name` mean this body from now on, or enter it as a new unit when `body_id` is None; the id of the body."""
    if not name.strip():
        raise Refused("FIELD_REQUIRED", field="ten")
    with desk.open() as work:
        if (
            not desk.by.is_system
            and not any(key.endswith(f"@{office_id}") for key in desk.by.groups)
            and not any(
                f"thanh_vien@{body.id}" in desk.by.groups for body in directory.bodies_of(work.connection, office_id)
            )
        ):
            raise Refused("NOT_YOURS", office=office_id)
        if body_id is None:
            return directory.add_body(
                work.connection, kind="unit", name=name.strip(), office_id=office_id, parent_id=office_id
            )
        directory.add_alias(work.connection, body_id, name.strip())
        return body_id
