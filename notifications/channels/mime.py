"""A letter as bytes of mail: the same letter gives the same bytes, boundary included."""

from __future__ import annotations

from email.errors import HeaderParseError
from email.header import Header
from email.headerregistry import Address
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from hashlib import sha256

from notifications.one_line import one_line
from workflows.store.deliveries import Letter

from .error import ChannelError


def mail_of(letter: Letter, sender: str, sender_name: str) -> Message:
    """The letter as a mail; ChannelError (permanent) when its address is none.

    Built with the older classes of the standard library: the newer ones drop spaces when they fold long words
    that are not ASCII.
    """
    mail = MIMEMultipart("alternative", boundary=f"kehoach-{sha256(letter.message_id.encode()).hexdigest()[:24]}")
    mail["From"] = _address("From", sender_name, sender)
    mail["To"] = _address("To", letter.name, letter.address)
    mail["Subject"] = Header(one_line(letter.subject), "utf-8", header_name="Subject").encode()
    for name, value in letter.headers.items():
        mail[name] = value
    mail.attach(_part(letter.text, "plain"))
    mail.attach(_part(letter.html, "html"))
    return mail


def _address(header: str, name: str, address: str) -> str:
    """A name that a person typed and an address; what is no plain ASCII address is refused here and not by a server."""
    try:
        if not address.isascii() or address != one_line(address):
            raise ValueError(address)
        found = Address(addr_spec=address)
    except (ValueError, IndexError, HeaderParseError) as error:
        raise ChannelError(f"not an address: {address!r}", permanent=True) from error
    if not found.username or not found.domain:
        raise ChannelError(f"not an address: {address!r}", permanent=True)
    written = Header(header_name=header)
    if one_line(name):
        written.append(one_line(name), "utf-8")
    written.append(f"<{found.addr_spec}>", "us-ascii")
    return written.encode()


def _part(text: str, subtype: str) -> MIMEText:
    """Text parts end their lines with CRLF, also inside base64 (RFC 2046 4.1.1)."""
    return MIMEText(text.replace("\n", "\r\n"), subtype, "utf-8")
