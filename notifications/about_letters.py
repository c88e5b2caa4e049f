"""What is said about letters themselves: a code to type, somebody without an address, letters that nobody took."""

from __future__ import annotations

from workflows.store import telling
from workflows.store.deliveries import deliveries_with
from workflows.store.plans import plan
from workflows.store.telling import Occasion

from . import sign_codes
from .addressee import AddressBook, Addressee
from .facts import some
from .letterhead import Writer, letterhead
from .links import CODE_VALID, set_code
from .messages import LinkCode, Message, NoAddress, SignCode, Undelivered

MOST_DEAD = 200  # are looked at; more are counted as these


def link_code(book: AddressBook, occasion: Occasion, token: str) -> Writer:
    """Draw the code now, so that it stands in no row but its letter."""
    code = set_code(book.connection, occasion.data["token_hash"], token, book.now)
    title = plan(book.connection, occasion.plan_id).title if occasion.plan_id is not None else "văn bản đã gửi"

    def write(to: Addressee, url: str) -> Message:
        greeting, you, office, _ = letterhead(book, to, url)
        return LinkCode(greeting, you, office, title, code, int(CODE_VALID.total_seconds()) // 60)

    return write


def sign_code(book: AddressBook, occasion: Occasion, token: str) -> Writer:
    """Draw the code of a proof now, so that it stands in no row but its letter."""
    code = sign_codes.draw_code(book.connection, int(occasion.data["proof_id"]), token)

    def write(to: Addressee, url: str) -> Message:
        greeting, you, office, _ = letterhead(book, to, url)
        return SignCode(greeting, you, office, code, int(sign_codes.VALID.total_seconds()) // 60)

    return write


def no_address(book: AddressBook, occasion: Occasion) -> Writer:
    """Somebody should have been told and cannot be."""
    whom, what = str(occasion.data["whom"]), str(occasion.data["what"])

    def write(to: Addressee, url: str) -> Message:
        return NoAddress(*letterhead(book, to, url), whom, what)

    return write


def undelivered(book: AddressBook, occasion: Occasion) -> Writer:
    """M16: the dead letters of this office as they stand now."""
    dead = [
        each
        for each in deliveries_with(book.connection, "dead", MOST_DEAD)
        if each.letter.channel == "mail"
        and (about := telling.occasion(book.connection, each.letter.outbox_id))
        and about.office_id == occasion.office_id
    ]
    whom = some([each.letter.name for each in dead])

    def write(to: Addressee, url: str) -> Message:
        return Undelivered(*letterhead(book, to, url), max(len(dead), 1), whom)

    return write
