"""The letter that invites somebody to an account of their own (account_messages.py)."""

from __future__ import annotations

from workflows.store.telling import Occasion

from .account_messages import AccountInvited
from .addressee import AddressBook, Addressee
from .invitations import VALID
from .letterhead import Writer, letterhead
from .messages import Message


def account_invited(book: AddressBook, occasion: Occasion) -> Writer:
    """Which office, under which name, until when."""
    where = str(occasion.data["office"])

    def write(to: Addressee, url: str) -> Message:
        return AccountInvited(*letterhead(book, to, url), where, to.address.casefold(), VALID.days)

    return write
