"""What is said to both sides of a delegation when it turns (authority_messages.py)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from workflows.engine.calendar import VIETNAM
from workflows.store import directory
from workflows.store.directory import Delegation
from workflows.store.telling import Occasion

from .addressee import AddressBook, Addressee
from .authority_messages import AuthorityMoved
from .letterhead import Writer, letterhead
from .messages import Message

# For each turn: the mark, what happened, and what it means now; the two persons are put in.
TURNS: Mapping[str, tuple[str, str, str]] = {
    "lent": (
        "Ủy quyền",
        "{lender} ủy quyền ({capacity}) cho {borrower}",
        "Trong thời gian này {borrower} thấy và làm được các việc trong phần ủy quyền; chữ ký nêu cả hai tên.",
    ),
    "begins": (
        "Ủy quyền có hiệu lực",
        "ủy quyền ({capacity}) của {lender} cho {borrower} bắt đầu có hiệu lực",
        "Từ nay {borrower} thấy và làm được các việc trong phần ủy quyền.",
    ),
    "taken_back": (
        "Thu hồi ủy quyền",
        "ủy quyền ({capacity}) của {lender} cho {borrower} đã được thu hồi",
        "{borrower} không làm thay được nữa; việc đang chờ trở lại với {lender}.",
    ),
    "over": (
        "Hết hạn ủy quyền",
        "ủy quyền ({capacity}) của {lender} cho {borrower} đã hết hạn",
        "{borrower} không làm thay được nữa; việc đang chờ trở lại với {lender}.",
    ),
}


def authority_moved(book: AddressBook, occasion: Occasion) -> Writer:
    """Who lent what to whom, for how long, on which document, and what it means now."""
    lent = directory.delegation(book.connection, int(occasion.data["delegation"]))
    names = {"lender": book.mention(lent.from_name), "borrower": book.mention(lent.to_name), "capacity": lent.capacity}
    mark, what, then = (words.format(**names) for words in TURNS[str(occasion.data["how"])])

    def write(to: Addressee, url: str) -> Message:
        return AuthorityMoved(*letterhead(book, to, url), mark, what, _period(lent), _basis(lent), then)

    return write


def _period(lent: Delegation) -> str:
    last = _here(lent.valid_to) - timedelta(seconds=1)
    return f"từ {_here(lent.valid_from):%H:%M ngày %d/%m/%Y} đến {last:%H:%M ngày %d/%m/%Y}"


def _basis(lent: Delegation) -> str:
    document = f"Văn bản số {lent.document_no}" if lent.document_no else ""
    on = f" ngày {lent.document_on:%d/%m/%Y}" if document and lent.document_on else ""
    return "; ".join(filter(None, (document + on, lent.basis)))


def _here(instant: datetime) -> datetime:
    return instant.astimezone(VIETNAM)
