"""Gửi lại: văn thư has sent once more what did not get through to a line of Nơi nhận."""

from __future__ import annotations

from workflows.actions.desk import Desk
from workflows.actions.outgoing_line import require_clerk
from workflows.errors import Refused
from workflows.store import exchange, issuing
from workflows.store.issuing import Recipient


def send_again(desk: Desk, recipient_id: int) -> Recipient:
    """Let the exchange try the line's envelopes anew, from the first pause on; the line as it stood before.

    An envelope that could not be made, for want of an organisation code for instance, is made anew. Refused with
    NOT_YOURS, or NOTHING_TO_SEND_AGAIN when nothing failed, the document was recalled, or the line goes
    another way now.
    """
    with desk.open() as work:
        line = issuing.recipient(work.connection, recipient_id, lock=True)
        book = issuing.register_line_of(work.connection, line.subject, line.subject_id)
        if book is None:
            raise Refused("NOT_NUMBERED", subject=line.subject, id=line.subject_id)
        require_clerk(work, book.office_id)
        # What was held back, by a recall or because the line goes another way now, stays where it is.
        by_exchange = line.channel == "edxml" and line.status != "da_thu_hoi"
        revived = exchange.revive(work.connection, recipient_id, work.now) if by_exchange else 0
        waits = by_exchange and issuing.change_recipient(
            work.connection, recipient_id, only_from=("loi",), status="chua_gui", remark=None
        )
        if not revived and not waits:
            raise Refused("NOTHING_TO_SEND_AGAIN", name=line.body_name)
        return line
