"""What every deed after the issue of a document has in common: its reason, its record, and whom it is told to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from workflows.errors import Refused
from workflows.plans.slips import Slip
from workflows.store import issuing, telling

from .desk import Work

CORRECTION, RECALL, REPLACEMENT = "dinh_chinh", "thu_hoi", "thay_the"


def issued_line(work: Work, plan_id: int) -> Row[Any]:
    """The plan's line in the register; NOT_NUMBERED while it has none."""
    line = issuing.register_line_of(work.connection, "plan", plan_id)
    if line is None or line.status != "issued":
        raise Refused("NOT_NUMBERED", subject="plan", id=plan_id)
    return line


def relate(  # noqa: PLR0917 - the facts of the record
    work: Work, register_id: int, relation: str, reason: str, by_id: int | None, slips: Sequence[Slip] = ()
) -> int:
    """Note what happened to the document of this line; the id of the record."""
    return issuing.relate(
        work.connection,
        {
            "register_id": register_id,
            "relation": relation,
            "by_register_id": by_id,
            "reason": reason.strip(),
            "details": [each.to_json() for each in slips] or None,
            "made_at": work.now,
            "made_by": work.by.name,
        },
    )


def tell_addressees(work: Work, plan_id: int, office_id: int, relation_id: int) -> None:
    """Those who had the document by mail hear by mail; by exchange the envelope says it."""
    for recipient in issuing.recipients_of(work.connection, "plan", plan_id):
        if recipient.channel == "mail":
            telling.tell(
                work.connection,
                "document_changed",
                f"changed:{relation_id}:{recipient.id}",
                work.now,
                office_id=office_id,
                plan_id=plan_id,
                data={"recipient_id": recipient.id, "relation_id": relation_id},
            )
