"""A letter as bytes of mail: the same letter gives the same bytes, boundary included."""

from __future__ import annotations

from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256

from notifications.compose import Letter
from notifications.one_line import one_line

from .error import ChannelError


def mail_of(letter: Letter, sender: str, sender_name: str) -> EmailMessage:
    """The letter as a mail; ChannelError (permanent) when its address is none."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = _address(sender_name, sender)
    mail["To"] = _address(letter.name, letter.address)
    mail["Subject"] = one_line(letter.subject)
    mail.set_content(letter.text, subtype="plain", charset="utf-8", cte="base64")
    mail.add_alternative(letter.html, subtype="html", charset="utf-8", cte="base64")
    mail.set_boundary(f"kehoach-{sha256(letter.message_id.encode()).hexdigest()[:24]}")
    for (
        name,
        value,
    ) in letter.headers.items():  # last, because giving a mail its content takes its Content-* headers away
        mail[name] = value
    return mail


def _address(name: str, address: str) -> Address:
    """A name that a person typed and an address; what is no plain ASCII address is refused here and not by a server."""
    try:
        if not address.isascii() or address != one_line(address):
            raise ValueError(address)
        found = Address(display_name=one_line(name), addr_spec=address)
    except (ValueError, IndexError, HeaderParseError) as error:
        raise ChannelError(f"not an address: {address!r}", permanent=True) from error
    if not found.username or not found.domain:
        raise ChannelError(f"not an address: {address!r}", permanent=True)
    return found
