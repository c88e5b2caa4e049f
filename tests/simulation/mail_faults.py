"""A mail server in memory that the real client of the product speaks to, and that misbehaves at one stage if told."""

from __future__ import annotations

import smtplib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes

REFUSED, TIMEOUT, CLOSE, RESET = "refused", "timeout", "close", "reset"
# fault: (stage, what the server says or does there); of those at the end of a letter, whether it is kept all the same.
FAULTS: dict[str, tuple[str, str]] = {
    "connection_refused": ("connect", REFUSED),
    "connect_times_out": ("connect", TIMEOUT),
    "421_greeting": ("greeting", "421 ban qua"),
    "hangs_before_greeting": ("greeting", TIMEOUT),
    "451_sender": ("mail", "451 thu lai sau"),
    "450_recipient": ("rcpt", "450 hop thu ban"),
    "550_recipient": ("rcpt", "550 khong co nguoi nay"),
    "421_recipient": ("rcpt", "421 dong cua"),
    "452_data": ("data", "452 het cho"),
    "half_sent": ("letter", RESET),
    "451_letter": ("body", "451 thu lai sau"),
    "552_letter": ("body", "552 qua lon"),
    "554_letter": ("body", "554 khong nhan"),
    "times_out_after_letter": ("body", TIMEOUT),
    "closed_after_letter": ("body", CLOSE),
}
TAKEN_ALL_THE_SAME = frozenset({"times_out_after_letter", "closed_after_letter"})
GOOD = {"greeting": "220 san sang", "ehlo": "250 xin chao", "mail": "250 duoc", "rcpt": "250 duoc"}
GOOD |= {"data": "354 moi gui", "body": "250 da nhan", "quit": "221 chao", "noop": "250 con day", "rset": "250 lam lai"}


@dataclass(frozen=True)
class Taken:
    """One letter that the server has taken, however the conversation ended."""

    message_id: str
    recipient: str
    raw: bytes
    at: datetime


@dataclass
class MailServer:
    """What it took; `fault` is what it does in its next conversations, `left` how often."""

    now: Callable[[], datetime]
    taken: list[Taken] = field(default_factory=list)
    doubtful: Counter[str] = field(default_factory=Counter)  # Message-IDs of which the sender could not know
    fault: str | None = None
    left: int = 0
    struck: str | None = None
    fired: Counter[str] = field(default_factory=Counter)
    during: Callable[[], None] | None = None  # somebody else acts while a letter is being handed over
    alive: Callable[[], None] = lambda: None

    def arm(self, fault: str, times: int) -> None:
        """Misbehave so often in this way."""
        self.fault, self.left, self.struck = fault, times, None

    def disarm(self) -> None:
        """Behave."""
        self.fault, self.left, self.during = None, 0, None

    def comes(self, stage: str) -> str | None:
        """What it does at this stage when it misbehaves there now."""
        if self.fault is None or self.left == 0 or FAULTS[self.fault][0] != stage:
            return None
        self.left -= 1
        self.struck = self.fault
        self.fired[self.fault] += 1
        return FAULTS[self.fault][1]

    def open(self) -> Wire:
        """A new conversation."""
        self.alive()
        self.react(self.comes("connect"))
        return Wire(self)

    def react(self, what: str | None) -> None:
        """Raise what the network would."""
        if what == REFUSED:
            raise ConnectionRefusedError("nobody listens")
        if what == TIMEOUT:
            raise TimeoutError("timed out")
        if what == RESET:
            raise ConnectionResetError("reset by peer")

    def take(self, raw: bytes, recipient: str) -> str:
        """The whole letter is here; the answer to its last line."""
        letter = message_from_bytes(raw)
        message_id = str(letter["Message-ID"])
        misbehaves = self.comes("body")
        if misbehaves is None or self.struck in TAKEN_ALL_THE_SAME:
            self.taken.append(Taken(message_id, recipient, raw, self.now()))
        during, self.during = self.during, None
        if during is not None:
            during()
        if misbehaves is not None:
            self.doubtful[message_id] += 1
        return misbehaves or GOOD["body"]


class Wire:
    """The socket of one conversation, with its file: the server's side is played when the client has sent a line."""

    def __init__(self, server: MailServer) -> None:
        self.server = server
        self.answers: list[str] = [server.comes("greeting") or GOOD["greeting"]]
        self.sent = b""
        self.recipient = ""
        self.in_letter = False

    def makefile(self, mode: str) -> Wire:
        del mode
        return self

    def readline(self, limit: int = -1) -> bytes:
        del limit
        answer = self.answers.pop(0) if self.answers else CLOSE
        if answer == CLOSE:
            return b""
        self.server.react(answer)
        return answer.encode() + b"\r\n"

    def sendall(self, data: bytes) -> None:
        self.server.alive()
        if self.in_letter:
            self.server.react(self.server.comes("letter"))
        self.sent += data
        while self._play():
            pass

    def _play(self) -> bool:
        """Take one command, or one letter, of what was sent; whether there may be more."""
        end = b"\r\n.\r\n" if self.in_letter else b"\r\n"
        what, found, rest = self.sent.partition(end)
        if not found:
            return False
        self.sent = rest
        if self.in_letter:
            self.in_letter = False
            self.answers.append(self.server.take(what + b"\r\n", self.recipient))
            return True
        line = what.decode("ascii", "replace")
        stage = {"helo": "ehlo"}.get(verb := line.split(" ")[0].split(":")[0].lower(), verb)
        if stage == "rcpt":
            self.recipient = line.partition("<")[2].partition(">")[0]
        answer = self.server.comes(stage) or GOOD[stage]
        self.in_letter = stage == "data" and answer.startswith("354")
        self.answers.append(answer)
        return True

    def close(self) -> None:
        """Nothing is held."""


@contextmanager
def spoken_to(server: MailServer) -> Iterator[None]:
    """Whoever opens an SMTP connection speaks to this server; no socket is opened."""
    real = smtplib.SMTP._get_socket  # type: ignore[attr-defined]  # where smtplib itself lets sockets be of another kind
    smtplib.SMTP._get_socket = lambda self, host, port, timeout: server.open()  # type: ignore[attr-defined]
    try:
        yield
    finally:
        smtplib.SMTP._get_socket = real  # type: ignore[attr-defined]
