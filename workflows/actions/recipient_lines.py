"""What văn thư does with a line of Nơi nhận after the issue: another way, once more, on paper (NĐ 30/2020 Điều 18)."""

from __future__ import annotations

from workflows.errors import Refused
from workflows.store import directory, distributing, exchange, issuing, links, plans, reporting
from workflows.store.issuing import Recipient

from .channel import EXCHANGE, MAIL, PAPER, exchanges_with, reads_mail
from .confirm_receipt import BEFORE_RECEIPT
from .desk import Desk, Work
from .outgoing_line import require_clerk

CHANNELS = (MAIL, EXCHANGE, PAPER)


def resend_line(desk: Desk, recipient_id: int) -> None:
    """Send the document to this line once more by mail; the link of the first letter is taken back.

    LINE_SETTLED when it was confirmed or recalled meanwhile; CHANNEL_CLOSED for a line that does not go by mail: an
    envelope is sent again where the envelopes are, a paper is handed over.
    """
    with desk.open() as work:
        line = _own_line(work, recipient_id)
        if line.channel != MAIL:
            raise Refused("CHANNEL_CLOSED", name=line.body_name)
        links.revoke_links(work.connection, work.now, recipient_id=recipient_id)
        _send_by_mail(work, line, "again")


def change_channel(desk: Desk, recipient_id: int, channel: str) -> None:
    """Send this line another way from now on, and at once; what is still on its way by the old one is held back.

    CHANNEL_CLOSED when the addressee cannot be reached that way; BAD_FIELD for a way that does not exist.
    """
    if channel not in CHANNELS:
        raise Refused("BAD_FIELD", field="kenh_gui", value=channel, allowed=list(CHANNELS))
    with desk.open() as work:
        line = _own_line(work, recipient_id)
        if channel == line.channel:
            return
        if not _can_go(work, line, channel):
            raise Refused("CHANNEL_CLOSED", name=line.body_name)
        _hold_back(work, line)
        issuing.change_recipient(
            work.connection, line.id, only_from=BEFORE_RECEIPT, channel=channel, status="chua_gui", remark=None
        )
        if channel == MAIL:
            _send_by_mail(work, line, "channel")
        else:
            distributing.note_step(work.connection, line.id, "channel", work.now, work.by.name, channel)


def hand_over(desk: Desk, recipient_id: int) -> None:
    """Note that the paper left the office (sổ giao); the addressee's own confirmation is entered when it comes back."""
    with desk.open() as work:
        line = _own_line(work, recipient_id)
        if line.channel != PAPER:
            raise Refused("NOT_BY_PAPER", name=line.body_name)
        issuing.change_recipient(
            work.connection, line.id, only_from=("chua_gui", "loi"), status="da_gui", sent_at=work.now, remark=None
        )
        distributing.note_step(work.connection, line.id, "handed", work.now, work.by.name)


def _own_line(work: Work, recipient_id: int) -> Recipient:
    """The line, locked, for văn thư of the office that issued it, while it still waits for its confirmation."""
    line = issuing.recipient(work.connection, recipient_id, lock=True)
    require_clerk(work, office_of_line(work, line))
    if line.channel == "keep" or line.status not in BEFORE_RECEIPT:
        raise Refused("LINE_SETTLED", state=line.status)
    return line


def office_of_line(work: Work, line: Recipient) -> int:
    """The office that issued the document of this line."""
    if line.subject == "report":
        return reporting.cycle(work.connection, line.subject_id).office_id
    return plans.plan(work.connection, line.subject_id).office_id


def _can_go(work: Work, line: Recipient, channel: str) -> bool:
    if channel == PAPER:
        return True
    if line.body_id is None:
        return False
    body = directory.body(work.connection, line.body_id)
    if channel == MAIL:
        return reads_mail(work, body)
    return exchanges_with(work, office_of_line(work, line), body) and _made(work, line) is None


def _made(work: Work, line: Recipient) -> exchange.Sealed | None:
    return exchange.of_recipient(work.connection, line.id, exchange.DOCUMENTS)


def _hold_back(work: Work, line: Recipient) -> None:
    """An envelope that has not left does not leave any more, and the link of a letter that has left is dead."""
    links.revoke_links(work.connection, work.now, recipient_id=line.id)
    made = _made(work, line)
    if made is not None:
        exchange.change(work.connection, made.id, only_from=exchange.UNSENT, state="dead", error="Đổi cách gửi")


def _send_by_mail(work: Work, line: Recipient, step: str) -> None:
    issuing.change_recipient(work.connection, line.id, only_from=BEFORE_RECEIPT, status="chua_gui", remark=None)
    distributing.note_step(work.connection, line.id, step, work.now, work.by.name, MAIL)
    number = len(distributing.steps_of(work.connection, [line.id])[line.id])
    plan_id = line.subject_id if line.subject == "plan" else None
    office_id = office_of_line(work, line)
    distributing.tell_line(
        work.connection, line.id, work.now, office_id=office_id, plan_id=plan_id, sending=str(number)
    )
