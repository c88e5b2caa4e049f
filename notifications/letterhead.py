"""What stands at the head of every letter, and the shape of what writes one."""

from __future__ import annotations

from collections.abc import Callable

from .addressee import AddressBook, Addressee
from .messages import Message

# Writes the message for one addressee, given the absolute address behind its button.
Writer = Callable[[Addressee, str], Message]


def letterhead(book: AddressBook, to: Addressee, url: str) -> tuple[str, str, str, str]:
    """The fields greeting, you, office and url."""
    return to.greeting, to.you, book.office_name(), url
