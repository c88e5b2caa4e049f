"""What is said at the turn of the year."""

from __future__ import annotations

from workflows.plans.numbering import format_number
from workflows.store import plans, yearly
from workflows.store.telling import Occasion

from .addressee import AddressBook, Addressee
from .letterhead import Writer, letterhead
from .messages import Message
from .year_messages import RetentionDue, SuccessorDrafted

DEED = {"sua_doi": "sửa đổi, bổ sung", "thay_the": "thay thế"}


def successor_drafted(book: AddressBook, occasion: Occasion) -> Writer:
    """Which plan the draft comes after, and why."""
    review = yearly.review(book.connection, int(occasion.data["review_id"]))
    before = plans.plan(book.connection, review.plan_id)
    draft = plans.plan(book.connection, int(occasion.plan_id or review.plan_id))
    number = format_number(before.number, before.symbol) if before.number and before.symbol else ""
    named = f"Kế hoạch số {number}" if number else f"kế hoạch “{before.title}”"

    def write(to: Addressee, url: str) -> Message:
        deed = DEED.get(review.proposal or "", DEED["thay_the"])
        return SuccessorDrafted(*letterhead(book, to, url), draft.title, deed, review.year, named)

    return write


def retention_due(book: AddressBook, occasion: Occasion) -> Writer:
    """How many files may go when the year is over."""
    year, files = int(occasion.data["year"]), int(occasion.data["files"])

    def write(to: Addressee, url: str) -> Message:
        return RetentionDue(*letterhead(book, to, url), year, files)

    return write
