"""An addressee confirms that the document arrived (NĐ 30/2020 Điều 21: the same day)."""

from __future__ import annotations

from workflows.errors import Refused
from workflows.store import issuing

from .desk import Desk

BEFORE_RECEIPT = ("chua_gui", "da_gui", "da_den")


def confirm_receipt(desk: Desk, recipient_id: int, name: str) -> None:
    """Note who received it and when; a second confirmation is refused and names the first."""
    if not name.strip():
        raise Refused("FIELD_REQUIRED", field="nguoi_nhan")
    with desk.open() as work:
        moved = issuing.change_recipient(
            work.connection,
            recipient_id,
            only_from=BEFORE_RECEIPT,
            status="da_tiep_nhan",
            received_at=work.now,
            received_by=name.strip(),
        )
        if not moved:
            found = issuing.recipient(work.connection, recipient_id)
            raise Refused("ALREADY_RECEIVED", by=found.received_by, at=str(found.received_at), state=found.status)
