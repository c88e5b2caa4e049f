"""An addressee confirms that the document arrived (NĐ 30/2020 Điều 21: the same day)."""

from __future__ import annotations

from workflows.errors import Refused
from workflows.store import directory, issuing, plans, reporting
from workflows.store.issuing import Recipient

from .desk import Desk, Work

BEFORE_RECEIPT = ("chua_gui", "da_gui", "da_den", "loi")
LONGEST_NAME = 200


def confirm_receipt(desk: Desk, recipient_id: int, name: str) -> None:
    """Note who received it and when; a second confirmation is refused and names the first.

    For the addressee itself, by its own people or by the link that it was sent; and for văn thư of the issuing office,
    who enters what came back on paper. NOTHING_TO_RECEIVE for the copy that is kept (Lưu).
    """
    if not name.strip():
        raise Refused("FIELD_REQUIRED", field="nguoi_nhan")
    if len(name) > LONGEST_NAME:
        raise Refused("TOO_LONG", field="nguoi_nhan", most=LONGEST_NAME)
    with desk.open() as work:
        found = issuing.recipient(work.connection, recipient_id)
        _require_addressee(work, found)
        if found.channel == "keep":
            raise Refused("NOTHING_TO_RECEIVE", recipient=recipient_id)
        moved = issuing.change_recipient(
            work.connection,
            recipient_id,
            only_from=BEFORE_RECEIPT,
            status="da_tiep_nhan",
            received_at=work.now,
            received_by=name.strip(),
        )
        if not moved:
            first = issuing.recipient(work.connection, recipient_id)
            raise Refused("ALREADY_RECEIVED", by=first.received_by, at=first.received_at, state=first.status)


def _require_addressee(work: Work, recipient: Recipient) -> None:
    by, body = work.by, recipient.body_id
    by_link = by.channel == "link" and by.person == f"co_quan@{body}"
    if not (by.is_system or by_link or directory.group("thanh_vien", body or 0) in by.groups):
        office = _issuing_office(work, recipient)
        if f"van_thu@{office}" not in by.groups:
            raise Refused("NOT_YOURS", recipient=recipient.id)


def _issuing_office(work: Work, recipient: Recipient) -> int:
    if recipient.subject == "report":
        return reporting.cycle(work.connection, recipient.subject_id).office_id
    return plans.plan(work.connection, recipient.subject_id).office_id
