"""A mail server that nobody kills: each letter is on disk before it answers 250, with its Message-ID and its hash."""

from __future__ import annotations

import json
import os
import socket
import socketserver
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

ANSWERS = {"ehlo": "250 chao", "helo": "250 chao", "mail": "250 duoc", "rcpt": "250 duoc", "rset": "250 duoc"}
ANSWERS |= {"noop": "250 duoc", "quit": "221 chao", "data": "354 moi gui"}


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        recipient = ""
        try:
            self.wfile.write(b"220 san sang\r\n")
            while line := self.rfile.readline().decode("ascii", "replace").strip():
                verb = line.split()[0].split(":")[0].lower()
                if verb == "rcpt":
                    recipient = line.partition("<")[2].partition(">")[0]
                self.wfile.write(ANSWERS.get(verb, "502 khong biet").encode() + b"\r\n")
                if verb == "data" and not self.take(recipient):
                    return
                if verb == "quit":
                    return
        except OSError:
            return  # whoever spoke has died

    def take(self, recipient: str) -> bool:
        """Keep a letter and say so; False when it never came to its end."""
        lines: list[bytes] = []
        while (line := self.rfile.readline()) and line != b".\r\n":
            lines.append(line)
        if not line:
            return False
        _keep(Path(self.server.log), recipient, b"".join(lines))  # type: ignore[attr-defined]
        self.wfile.write(b"250 da nhan\r\n")
        return True


def _keep(log: Path, recipient: str, raw: bytes) -> None:
    ids = [line.split(b":", 1)[1].strip() for line in raw.split(b"\r\n") if line.lower().startswith(b"message-id:")]
    entry = {"id": ids[0].decode() if ids else "", "to": recipient, "sha256": sha256(raw).hexdigest()}
    with log.open("ab") as file:
        file.write(json.dumps(entry).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, listening: socket.socket, log: str) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation, bind_and_activate=False)
        self.socket.close()
        self.socket, self.log = listening, log
        self.server_activate()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that dies is no news."""


class Sink:
    """What was taken, read from the log."""

    def __init__(self, port: int, log: Path) -> None:
        self.port, self.log = port, log

    def forget(self) -> None:
        """Begin a new log."""
        self.log.write_bytes(b"")

    def letters(self) -> list[dict[str, str]]:
        """Every letter that was answered with 250, or would have been had its sender lived."""
        return [json.loads(line) for line in self.log.read_bytes().splitlines()]

    def copies(self) -> Counter[str]:
        """How often each Message-ID came to each address."""
        return Counter(f"{each['id']} {each['to']}" for each in self.letters())

    def violations(self) -> Iterator[str]:
        """G12: whatever came again is the same letter, byte for byte."""
        seen: dict[str, str] = {}
        for each in self.letters():
            name = f"{each['id']} {each['to']}"
            if seen.setdefault(name, each["sha256"]) != each["sha256"]:
                yield f"I5 letter {name} came again with other words"


@contextmanager
def sink(folder: Path) -> Iterator[Sink]:
    """A mail server in a process of its own while the block runs."""
    log = folder / "letters.jsonl"
    log.touch()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.sink", str(listening.fileno()), str(log)],
            pass_fds=[listening.fileno()],
        )
        try:
            yield Sink(listening.getsockname()[1], log)
        finally:
            process.kill()
            process.wait()


if __name__ == "__main__":
    with _Server(socket.socket(fileno=int(sys.argv[1])), sys.argv[2]) as server:
        server.serve_forever()
