"""Ký số: the clock has ordered signatures made, one by one; a crash at any point loses none and makes none twice.

Number, date and bytes were committed before (decision 0009). The signer is called outside any transaction, for exactly
those bytes; what comes back is kept in a transaction of its own, once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Row

from workflows.errors import Refused, Stale
from workflows.plans.copies import copy_label
from workflows.plans.numbering import format_number
from workflows.store import copies, directory, document_files, issuing, signing
from workflows.store.signing import SigningOrder

from .desk import Desk, Swept, Work
from .order_signatures import APPENDIX, PERSON, file_role, order_seal
from .to_sign import Signed, ToSign

MOST = 50  # signatures of one sweep: each takes a second
_log = logging.getLogger(__name__)


def sign_documents(desk: Desk, limit: int = 500, reached: Callable[[str], None] = lambda point: None) -> Swept:
    """Have the due signatures made.

    `reached` is told each point between two effects as it is passed ("taken", "signed", "kept", "committed").
    """
    clock = desk.as_clock()
    with desk.database.read() as connection:
        due = signing.due_orders(connection, desk.now, min(limit, MOST))
    done = [_sign(clock, order_id, reached) for order_id in due]
    return Swept(len(due), done.count(True), done.count(False))


def _sign(desk: Desk, order_id: int, reached: Callable[[str], None]) -> bool | None:
    """Whether the signature was made; None when there was nothing left to do."""
    with desk.open() as work:
        order = _take(work, order_id)
    if order is None:
        return None
    reached("taken")
    try:
        signed = _make(desk, order)
    except Exception as failure:  # whatever a signer does, the order stays, and the next one gets its turn
        with desk.open() as work:
            signing.put_off(work.connection, order, _told(failure), work.now)
        return False
    reached("signed")
    try:
        with desk.open() as work:
            _keep(work, order, signed)
            reached("kept")
    except Stale:
        return None
    reached("committed")
    return True


def _take(work: Work, order_id: int) -> SigningOrder | None:
    """Take the order, unless the document is not to be signed any more."""
    order = signing.take_order(work.connection, order_id, work.now)
    if order is None or _has_its_number(work, order):
        return order
    signing.give_up_order(work.connection, order.id, "NUMBER_GIVEN_UP", work.now)
    return None


def _has_its_number(work: Work, order: SigningOrder) -> bool:
    """Whether the document still has the number that stands on it: what was stopped before it was sent gave it up."""
    line = issuing.register_line_of(work.connection, order.subject, order.subject_id)
    return line is not None and line.status != "given_up"


def _make(desk: Desk, order: SigningOrder) -> Signed:
    """Read what is to be signed, let go of the database, and sign."""
    from .make_signature import make_signature  # noqa: PLC0415 - its libraries cost a second, which only signing pays

    with desk.database.read() as connection:
        line = _line_of(connection, order)
        office = directory.body(connection, line.office_id)
        to_sign = ToSign(
            order,
            signing.key(connection, order.key_id),
            signing.bytes_of(connection, order.subject, order.subject_id, order.sha256),
            signing.trust_of(connection) or {},
            office.place or "",
            _principal(connection, order),
            _words_of(connection, order, format_number(line.number, line.symbol), office.name),
        )
    return make_signature(to_sign, desk.now)


def _words_of(connection: Connection, order: SigningOrder, cited: str, office: str) -> str:
    """What an appendix's or a copy's mark says; nothing where the mark is a picture (NĐ 30/2020 Phụ lục I)."""
    if order.subject == copies.SUBJECT:
        return copy_label(copies.copy(connection, order.subject_id).form, office)
    return cited if order.role.startswith(APPENDIX) else ""


def _keep(work: Work, order: SigningOrder, signed: Signed) -> None:
    """Keep the file and end the order, or neither: Stale when it was taken anew or ended meanwhile."""
    line = _line_of(work.connection, order)
    file_id = document_files.keep_file(
        work.connection,
        order.subject,
        order.subject_id,
        file_role(order.role),
        _file_name(work.connection, order, format_number(line.number, line.symbol)),
        signing.PDF,
        signed.content,
        work.now,
        order.signer,
    )
    if not signing.finish_order(work.connection, order, file_id, signed.value_sha256, work.now):
        raise Stale()
    # A report has no step of its own for the seal: văn thư releases it by numbering it.
    if order.role == PERSON and order.subject == "report":
        order_seal(work, order.subject, order.subject_id, line.office_id)


def _principal(connection: Connection, order: SigningOrder) -> str:
    """In whose place the person signs; empty for the agency and in the own right."""
    if order.role != PERSON:
        return ""
    standing = issuing.standing_approvals(connection, order.subject, order.subject_id)
    return next((each.principal or "" for each in reversed(standing) if each.role == "ky"), "")


def _file_name(connection: Connection, order: SigningOrder, cited: str) -> str:
    name = cited.replace("/", "-")
    if not order.role.startswith(APPENDIX):
        return f"{name}.pdf"
    appendix = document_files.file_facts(connection, int(order.role.removeprefix(APPENDIX)))
    return f"{name} {appendix.name}"


def _line_of(connection: Connection, order: SigningOrder) -> Row[Any]:
    line = issuing.register_line_of(connection, order.subject, order.subject_id)
    assert line is not None, "an order belongs to a document that has its number"
    return line


def _told(failure: Exception) -> str:
    """The failure by its code; the words of another program are never kept, for they may hold what was sent to it."""
    code = failure.code if isinstance(failure, Refused) else type(failure).__name__
    _log.warning("a signature could not be made: %s", code)
    return code
