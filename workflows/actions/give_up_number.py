"""Hủy số: a number that will not be used stays in the register, visible as given up, with its reason."""

from __future__ import annotations

from workflows.errors import Refused
from workflows.store import issuing

from .desk import Desk
from .reasons import reason_in


def give_up_number(desk: Desk, register_id: int, reason: str) -> None:
    """Give up a number that was reserved for no document yet; văn thư of the office only."""
    said = reason_in(reason)
    with desk.open() as work:
        line = issuing.register_line(work.connection, register_id, lock=True)
        if f"van_thu@{line.office_id}" not in desk.by.groups:
            raise Refused("NOT_YOURS", office=line.office_id)
        if line.status == "given_up":
            raise Refused("ALREADY_GIVEN_UP", number=line.number)
        if line.status != "reserved":
            raise Refused("NUMBER_IN_USE", number=line.number)
        issuing.change_register(work.connection, register_id, status="given_up", given_up_reason=said)
