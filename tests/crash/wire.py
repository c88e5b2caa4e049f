"""The wire between a process and PostgreSQL: what is written is counted as it passes; at one point the process dies.

Nothing is woven into the process: this end holds each statement back until it is decided whether it arrives, and each
answer until it is decided whether it was heard. That is what `kill -9` does, at a place that can be named.
"""

from __future__ import annotations

import os
import selectors
import signal
import socket
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

NAME = ".s.PGSQL.5432"
READS = (b"SELECT", b"BEGIN", b"SET", b"SHOW", b"ROLLBACK", b"DEALLOCATE", b"RESET")


@dataclass
class _Line:
    """One connection: the process's end, the server's end, and what is held back of either."""

    process: socket.socket
    server: socket.socket
    asked: bytearray = field(default_factory=bytearray)
    batch: bytearray = field(default_factory=bytearray)
    answer: bytearray = field(default_factory=bytearray)
    prepared: dict[bytes, bytes] = field(default_factory=dict)
    began: bool = False
    wrote: bool = False  # since its last commit
    text: bytes = b""  # of the statement that is executed in this batch
    waits_for: str = ""  # the point that its answer is


class Wire:
    """A socket to connect to instead of the server's; used by one process after the other."""

    def __init__(self, folder: Path, server: Path) -> None:
        self._server = server / NAME
        self._place, self._own = folder / NAME, folder / "wire"
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(self._own))
        self._listening.listen(64)
        self.names: list[str] = []
        self.dies_at: int | None = None

    def lead_past(self) -> None:
        """Whoever connects from now on speaks to the server itself."""
        self._lead_to(self._server)

    def _lead_to(self, target: Path) -> None:
        self._place.unlink(missing_ok=True)
        self._place.symlink_to(target)

    def carry(self, pid: int) -> None:
        """Carry what this process says until it has ended."""
        self.names = []
        self._lead_to(self._own)
        with selectors.DefaultSelector() as watched:
            ended = os.pidfd_open(pid)
            watched.register(ended, selectors.EVENT_READ)
            watched.register(self._listening, selectors.EVENT_READ)
            lines: dict[int, _Line] = {}
            while True:
                ready = {key.fd for key, _ in watched.select()}
                if ended in ready:
                    break
                if self._listening.fileno() in ready:
                    self._accept(watched, lines)
                for fd in ready & lines.keys():
                    if fd in lines and not self._pass_on(lines[fd], fd, pid):
                        self._close(watched, lines, lines[fd])
            for line in {id(line): line for line in lines.values()}.values():
                self._close(watched, lines, line)
            os.close(ended)

    def close(self) -> None:
        """Take no more connections."""
        self._listening.close()

    def _accept(self, watched: selectors.BaseSelector, lines: dict[int, _Line]) -> None:
        process, _ = self._listening.accept()
        server = socket.socket(socket.AF_UNIX)
        server.connect(str(self._server))
        line = _Line(process, server)
        for end in (process, server):
            lines[end.fileno()] = line
            watched.register(end, selectors.EVENT_READ)

    def _close(self, watched: selectors.BaseSelector, lines: dict[int, _Line], line: _Line) -> None:
        for end in (line.process, line.server):
            with suppress(KeyError):
                watched.unregister(end)
            lines.pop(end.fileno(), None)
            end.close()

    def _pass_on(self, line: _Line, fd: int, pid: int) -> bool:
        """Carry what came at this end; False when the connection is over."""
        source = line.process if fd == line.process.fileno() else line.server
        with suppress(OSError):
            content = source.recv(1 << 16)
            if content:
                return self._asked(line, content, pid) if source is line.process else self._told(line, content, pid)
        return False

    def _asked(self, line: _Line, content: bytes, pid: int) -> bool:
        line.asked += content
        while (message := _next(line.asked, typed=line.began)) is not None:
            line.batch += message
            if not line.began:
                line.began = True
                self._send(line)
                continue
            kind = message[:1]
            self._read(line, kind, bytes(message[5:]))
            if kind in b"QSHX" or not line.text:
                if kind in b"QS" and line.text:
                    name = line.text.decode("utf-8", "replace")
                    if not self._reach(f"before {name}", pid):
                        return False
                    line.waits_for, line.text = f"after {name}", b""
                self._send(line)
        return True

    @staticmethod
    def _read(line: _Line, kind: bytes, body: bytes) -> None:
        """Which statement this batch executes, if it is one that writes."""
        text = b""
        if kind == b"Q":
            text = body.rstrip(b"\0")
        elif kind == b"P":
            name, statement = body.split(b"\0")[:2]
            line.prepared[name] = statement
        elif kind == b"B":
            text = line.prepared.get(body.split(b"\0")[1], b"")
        text = b" ".join(text.split(None, 4)[:4])
        if not text or text.upper().startswith(READS):
            return
        ends = text.upper().startswith(b"COMMIT")
        if line.wrote or not ends:
            line.text = text
        line.wrote = not ends

    @staticmethod
    def _send(line: _Line) -> None:
        line.server.sendall(line.batch)
        line.batch.clear()

    def _told(self, line: _Line, content: bytes, pid: int) -> bool:
        if not line.waits_for:
            line.process.sendall(content)
            return True
        line.answer += content
        if line.answer[-6:-1] == b"Z\0\0\0\5":
            name, line.waits_for = line.waits_for, ""
            if not self._reach(name, pid):
                return False
            line.process.sendall(line.answer)
            line.answer.clear()
        return True

    def _reach(self, name: str, pid: int) -> bool:
        """Pass a point; False when the process died there."""
        self.names.append(name)
        if len(self.names) != self.dies_at:
            return True
        os.kill(pid, signal.SIGKILL)
        return False


def _next(buffer: bytearray, *, typed: bool) -> bytearray | None:
    """Take the first whole message from the buffer; the very first of a connection has no type before its length."""
    head = 1 if typed else 0
    if len(buffer) < head + 4:
        return None
    length = head + int.from_bytes(buffer[head : head + 4], "big")
    if len(buffer) < length:
        return None
    message = buffer[:length]
    del buffer[:length]
    return message
