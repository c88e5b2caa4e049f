"""A mail server of our own for the demonstration: takes every letter on the loopback and keeps it to be shown."""

from __future__ import annotations

import asyncio
import re
import ssl
import threading
from collections import deque
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, compat32
from hashlib import sha256
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP as Server  # noqa: N811 - the standard library has a policy of the same name
from aiosmtpd.smtp import Envelope, Session

from .one_line import one_line

KEPT = 500
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
SIZE_LIMIT = 1_000_000  # bytes of one letter; ours are smaller than 100 KB


@dataclass(frozen=True)
class ReceivedLetter:
    """One letter as it arrived; `id` is stable, a letter that came twice came under the same Message-ID."""

    id: str
    message_id: str
    sender: str
    recipient: str
    to: str
    subject: str
    date: str
    text: str
    html: str
    raw: bytes


class PostOffice:
    """An SMTP server in a thread of its own; keeps the newest letters in memory and, if asked, in a directory."""

    def __init__(
        self,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        directory: Path | None = None,
        kept: int = KEPT,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._letters: deque[ReceivedLetter] = deque(maxlen=kept)
        self._guard = threading.Lock()
        self._directory = directory
        self._host, self._port, self._tls = host, port, tls
        self._controller: Controller | None = None

    def start(self) -> None:
        """Begin to take letters; port 0 takes a free one."""
        if self._directory is not None:
            self._directory.mkdir(parents=True, exist_ok=True)
        self._controller = _LoopbackController(
            _Counter(self),
            hostname=self._host,
            port=self._port,
            data_size_limit=SIZE_LIMIT,
            tls_context=self._tls,
            require_starttls=self._tls is not None,
        )
        self._controller.start()

    def stop(self) -> None:
        """Take no more letters; those that came stay readable."""
        controller, self._controller = self._controller, None
        if controller is not None:
            controller.stop()

    @property
    def port(self) -> int:
        """Where it listens, once started."""
        if self._controller is None:
            raise RuntimeError("the post office is not open")
        return int(self._controller.port)

    @property
    def letters(self) -> tuple[ReceivedLetter, ...]:
        """What came, newest first."""
        with self._guard:
            return tuple(reversed(self._letters))

    def letter(self, letter_id: str) -> ReceivedLetter | None:
        """One letter that is still kept."""
        return next((letter for letter in self.letters if letter.id == letter_id), None)

    def take(self, sender: str, recipients: list[str], raw: bytes) -> None:
        """Keep a letter for each of its recipients."""
        for recipient in recipients:
            letter = _read(sender, recipient, raw)
            if self._directory is not None:
                (self._directory / f"{letter.id}.eml").write_bytes(raw)
            with self._guard:
                self._letters.append(letter)


class _Counter:
    """Where letters are handed in."""

    def __init__(self, office: PostOffice) -> None:
        self._office = office

    async def handle_DATA(self, server: Server, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Take the letter that was just sent."""
        del server, session
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        self._office.take(envelope.mail_from or "", list(envelope.rcpt_tos), content)
        return "250 Da nhan"


class _LoopbackController(Controller):
    """aiosmtpd's controller proves its start by connecting to the port that it was given; 0 is no such port."""

    def _trigger_server(self) -> None:
        if isinstance(self.server, asyncio.Server):
            self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # aiosmtpd annotates only a part


def _read(sender: str, recipient: str, raw: bytes) -> ReceivedLetter:
    mail = message_from_bytes(raw, policy=SMTP)
    message_id = _head(mail, "Message-ID")
    return ReceivedLetter(
        id=sha256(b"\n".join([message_id.encode(), recipient.encode(), raw])).hexdigest()[:16],
        message_id=message_id,
        sender=sender,
        recipient=recipient,
        to=_head(mail, "To"),
        subject=_head(mail, "Subject"),
        date=_head(mail, "Date"),
        text=_part(mail, "plain"),
        html=_part(mail, "html"),
        raw=raw,
    )


def _head(mail: EmailMessage, name: str) -> str:
    """A header as one line; what the library falls over is shown as nothing, for a letter is taken whatever it is."""
    try:
        return one_line(str(mail[name] or ""))
    except Exception:
        return ""


def _part(mail: EmailMessage, subtype: str) -> str:
    """The words of this kind; in a code that nobody knows, as far as they can be read."""
    try:
        part = mail.get_body((subtype,))
        words = str(part.get_content()) if part is not None else ""
    except Exception:
        words = mail.as_bytes(policy=compat32).decode(errors="replace") if subtype == "plain" else ""
    return _CONTROL.sub("", words.replace("\r\n", "\n"))
