"""What a client may take of the web server before it has sent a request: so much time, such a pace, so many places.

Uvicorn waits for ever for a head, for a body and for somebody who reads no answer; here each wait ends (decision 0067).
The limits have the shape of Apache's mod_reqtimeout: a time for the head, a least pace for the body.
"""

from __future__ import annotations

import asyncio
import ipaddress
import resource
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from .auth.throttle import network_of

Owed = Literal["head", "body", "rest", "way out", ""]

TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
TOO_MANY = b"HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\nretry-after: 60\r\ncontent-length: 0\r\n\r\n"
# What stands between the data of a chunked body may be as long as the data, and not longer for ever.
WRAPPED = 2
HEAD = 64 * 1024  # of one request at most, and of what stands before one chunk
KEPT_BACK = 128  # descriptors of the process that are none of a connection: the database, files, letters


@dataclass(frozen=True)
class Bounds:
    """How long a connection is waited for; seconds, bytes and bytes a second.

    `head`: until the head of a request is whole. `pace`: what of a body comes at least, judged every `window`.
    `largest`: of a body. `rest`: how long what follows an early answer is still taken, so that the answer is read.
    `unread`: how long somebody may read nothing of an answer. `each`: connections of one address at once; the `proxies`
    (addresses and networks, or *) speak for many and have no such bound. `most`: of all together.
    """

    head: float
    pace: int
    largest: int
    each: int
    most: int = 10_000
    proxies: Sequence[str] = ()
    window: float = 10
    rest: float = 30
    unread: float = 60
    open: Counter[str] = field(default_factory=Counter)

    def takes(self, address: str) -> bool:
        """Whether one more connection of this address has a place; it is counted from now until `leaves`."""
        place = network_of(address)
        if self.open.total() >= self.most or (self.open[place] >= self.each and not self._is_proxy(address)):
            return False
        self.open[place] += 1
        return True

    def leaves(self, address: str) -> None:
        """One connection of this address has ended."""
        place = network_of(address)
        self.open[place] -= 1
        if not self.open[place]:
            del self.open[place]

    def _is_proxy(self, address: str) -> bool:
        return any(each == "*" or _is_within(address, each) for each in self.proxies)


def places_here() -> int:
    """How many connections this process may hold before it could open no file any more."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return max(soft - KEPT_BACK, 1)


class BoundedServing(uvicorn.Config):
    """Uvicorn over connections with these bounds; nobody changes to web sockets, which would leave the bounds."""

    def __init__(self, app: Any, bounds: Bounds, **given: Any) -> None:  # noqa: ANN401 - uvicorn's own
        super().__init__(app, http=BoundedConnection, ws="none", h11_max_incomplete_event_size=HEAD, **given)
        self.bounds = bounds


class BoundedConnection(H11Protocol):
    """One connection; whenever what the client owes becomes another thing, the time for it begins anew."""

    def __init__(self, config: uvicorn.Config, *args: Any, **given: Any) -> None:  # noqa: ANN401 - uvicorn's own
        super().__init__(config, *args, **given)
        assert isinstance(config, BoundedServing)
        self._bounds = config.bounds
        self._counted = ""
        self._owed: Owed = ""
        self._ends: asyncio.TimerHandle | None = None
        self._unread: asyncio.TimerHandle | None = None
        self._taken = self._judged = 0  # bytes of this request, and how many of them when the pace was judged last

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        """Take a place, or be told that there is none; the time for the head begins."""
        super().connection_made(transport)
        address = self.client[0] if self.client else ""
        if not self._bounds.takes(address):
            transport.write(TOO_MANY)
            transport.close()
            return
        self._counted = address
        self._turn()

    def connection_lost(self, exc: Exception | None) -> None:
        """Give the place back."""
        super().connection_lost(exc)
        if self._counted:
            self._bounds.leaves(self._counted)
            self._counted = ""
        self._wait_for("")
        self.resume_writing()

    def data_received(self, data: bytes) -> None:
        """Read on; what is sent after the connection was ended is for nobody."""
        if self.transport.is_closing():
            return
        self._taken += len(data)
        super().data_received(data)
        self._turn()

    def on_response_complete(self) -> None:
        """The answer is out; what the client owes now is the next head, or the rest of a body that nobody reads."""
        super().on_response_complete()
        self._turn()

    def timeout_keep_alive_handler(self) -> None:
        """Nothing was asked for a while: the connection ends, when what was written is read."""
        super().timeout_keep_alive_handler()
        self._turn()

    def pause_writing(self) -> None:
        """The client reads more slowly than it is answered: it gets so much time to go on."""
        super().pause_writing()
        self._unread = self.loop.call_later(self._bounds.unread, self.transport.abort)

    def resume_writing(self) -> None:
        """It read on."""
        super().resume_writing()
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None

    def _turn(self) -> None:
        owed = self._owes()
        if owed == "body" and self._taken > WRAPPED * self._bounds.largest + HEAD:
            self.transport.abort()
        elif owed != self._owed:
            self._wait_for(owed)

    def _owes(self) -> Owed:
        """What the client has to send before anything goes on."""
        if self.transport.is_closing():
            return "way out"
        if self.conn.their_state is h11.IDLE:
            begun = self.cycle is None or bool(self.conn.trailing_data[0])
            return "head" if begun else ""  # between two requests uvicorn's own time runs
        if self.conn.their_state is h11.SEND_BODY:
            return "rest" if self.cycle.response_complete else "body"
        return ""

    def _wait_for(self, owed: Owed) -> None:
        if self._ends is not None:
            self._ends.cancel()
            self._ends = None
        self._owed = owed
        self._taken = self._taken if owed in ("body", "rest") else 0
        self._judged = self._taken
        bounds = self._bounds
        seconds = {"head": bounds.head, "body": bounds.window, "rest": bounds.rest, "way out": bounds.unread}.get(owed)
        if seconds is not None:
            self._ends = self.loop.call_later(seconds, self._judge)

    def _judge(self) -> None:
        """The time is over."""
        kept_pace = self._taken - self._judged >= self._bounds.pace * self._bounds.window
        if self._owed == "body" and (kept_pace or self.flow.read_paused):
            self._wait_for("body")
        elif self._owed in ("head", "body") and not self.transport.is_closing():
            self._tell_slow()
        else:
            self.transport.abort()

    def _tell_slow(self) -> None:
        """Say 408 where no answer has begun, and end; whoever reads the body meanwhile is told that it never comes."""
        if self.cycle is None or not self.cycle.response_started or self.cycle.response_complete:
            self.transport.write(TOO_SLOW)
        self.transport.close()
        self._wait_for("way out")


def _is_within(address: str, network: str) -> bool:
    try:
        return ipaddress.ip_address(address) in ipaddress.ip_network(network)
    except ValueError:
        return address == network
