"""Bỏ ký số: a signature that cannot be had any more is given up with a reason, and the document goes on without it."""

from __future__ import annotations

from workflows.errors import Refused
from workflows.store import issuing, signing

from .desk import Desk
from .reasons import reason_in


def give_up_signing(desk: Desk, order_id: int, reason: str) -> None:
    """Wait no longer for this signature; for văn thư or the administrator of the office, and the command line.

    Number and bytes stay as they are; the document's page says that it carries no digital signature.
    """
    said = reason_in(reason)
    with desk.open() as work:
        order = signing.order(work.connection, order_id)
        line = issuing.register_line_of(work.connection, order.subject, order.subject_id)
        office = line.office_id if line is not None else None
        allowed = {f"van_thu@{office}", f"quan_tri@{office}"} & desk.by.groups
        if not allowed and not desk.by.is_system:
            raise Refused("NOT_YOURS", office=office)
        if not signing.give_up_order(work.connection, order_id, said, work.now):
            raise Refused("ALREADY_SIGNED_DIGITALLY", order=order_id)
