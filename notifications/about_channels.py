"""What is said about ways out of the house that had to be given up."""

from __future__ import annotations

from workflows.store.telling import Occasion

from .addressee import AddressBook, Addressee
from .letterhead import Writer, letterhead
from .messages import Message, WebhookDisabled


def webhook_disabled(book: AddressBook, occasion: Occasion) -> Writer:
    """A webhook failed for days and is not tried any more."""
    host, since, error = (str(occasion.data[name]) for name in ("host", "since", "error"))

    def write(to: Addressee, url: str) -> Message:
        return WebhookDisabled(*letterhead(book, to, url), host, since, error)

    return write
