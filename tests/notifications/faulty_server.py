"""A small SMTP server that misbehaves at one stage of each conversation, as the test says."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

HANG = "hang"
CLOSE = "close"
GOOD = {
    "greeting": "220 san sang",
    "ehlo": "250 xin chao",
    "noop": "250 con day",
    "rset": "250 lam lai",
    "mail": "250 duoc",
    "rcpt": "250 duoc",
    "data": "354 moi gui",
    "body": "250 da nhan",
    "quit": "221 chao",
}
Answer = str | Callable[[str], str]


@dataclass
class FaultyServer:
    """What it answered well for, and how often it was called."""

    port: int
    taken: list[str] = field(default_factory=list)  # addresses whose letter got 250 after its last line
    conversations: int = 0


class _Conversation(socketserver.StreamRequestHandler):
    server: _Listener

    def handle(self) -> None:
        listener, recipient = self.server, ""
        listener.seen.conversations += 1
        if not self.answer("greeting"):
            return
        while line := self.rfile.readline().decode("ascii", "replace").strip():
            verb = line.split()[0].split(":")[0].lower()
            stage = "ehlo" if verb == "helo" else verb
            recipient = line.partition("<")[2].partition(">")[0] if stage == "rcpt" else recipient
            said = self.answer(stage, recipient)
            if not said:
                return
            if said.startswith("354"):
                while self.rfile.readline().rstrip(b"\r\n") != b".":
                    pass
                if not self.answer("body", recipient):
                    return
            if stage == "quit":
                return

    def answer(self, stage: str, recipient: str = "") -> str:
        """Answer as the test says; nothing said ends the conversation."""
        chosen = self.server.answers.get(stage, "502 khong biet")
        said = chosen(recipient) if callable(chosen) else chosen
        if said == HANG:
            self.server.stopped.wait(30)
        if said in (HANG, CLOSE):
            return ""
        if stage == "body" and said.startswith("250"):
            self.server.seen.taken.append(recipient)
        self.wfile.write(said.encode() + b"\r\n")
        return said


class _Listener(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.answers: dict[str, Answer] = {**GOOD, **answers}
        self.stopped = threading.Event()
        self.seen = FaultyServer(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no news."""


@contextmanager
def faulty_server(**answers: Answer) -> Iterator[FaultyServer]:
    """A server that answers as told at the named stages and well at the others."""
    with _Listener(answers) as listener:
        thread = threading.Thread(target=listener.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield listener.seen
        finally:
            listener.stopped.set()
            listener.shutdown()
            thread.join()
