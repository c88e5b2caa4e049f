"""Whoever sends slowly, without end, or reads no answer, holds a connection for a bounded time and nobody else up."""

from __future__ import annotations

import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from service.cli.pages_process import bounds_of
from service.connections import Bounds
from service.settings import Settings
from tests.pages.conftest import Stage
from tests.pages.served import served

LARGEST = 64 * 1024
SHORT = Bounds(head=0.4, pace=1000, largest=LARGEST, each=8, window=0.4, rest=0.4, unread=0.4)
LONG = b"." * (8 * 1024 * 1024)
HOST = b"Host: kehoach\r\n"
FORM = b"POST /form HTTP/1.1\r\n" + HOST


class Echo:
    """Reads what is posted to /form, answers /long with much, and anything else at once without reading."""

    def __init__(self) -> None:
        self.broken_off = 0
        self.asked: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        self.asked.append(request.url.path)
        await (await self._answer(request))(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        if request.url.path == "/long":
            return PlainTextResponse(LONG)
        if request.url.path == "/refused":
            return PlainTextResponse("too large", 413)
        try:
            return PlainTextResponse(str(len(await request.body())))
        except ClientDisconnect as error:
            self.broken_off += 1
            raise HTTPException(400) from error


@contextmanager
def connected(address: str) -> Iterator[socket.socket]:
    parts = urlsplit(address)
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=10) as opened:
        yield opened


@pytest.fixture(scope="module")
def echo() -> Iterator[str]:
    with served(Echo(), bounds=SHORT) as address:
        yield address


def answer(opened: socket.socket) -> bytes:
    """All that comes until the other side ends the connection."""
    got = b""
    try:
        while part := opened.recv(65536):
            got += part
    except ConnectionError:
        pass
    return got


def trickle(opened: socket.socket, piece: Callable[[int], bytes], seconds: float = 6) -> bytes:
    """Send a piece now and then until the other side ends it: what it said meanwhile."""
    opened.settimeout(0.05)
    begun, sent, got = time.monotonic(), 0, b""
    while time.monotonic() - begun < seconds:
        try:
            opened.sendall(piece(sent))
            sent += 1
            part = opened.recv(65536)
        except TimeoutError:
            continue
        except ConnectionError:
            return got
        if not part:
            return got
        got += part
    pytest.fail(f"still open after {sent} pieces")


@pytest.mark.parametrize(
    ("begun", "piece"),
    [
        (b"", b""),
        (b"", b"G"),
        (b"GET / HTTP/1.1\r\n" + HOST, b"X-A: b\r\n"),
        (b"GET / HTTP/1.1\r\n" + HOST + b"X-Long: ", b"a"),
    ],
    ids=["nothing at all", "a line", "headers", "one header"],
)
def test_a_head_that_does_not_come_ends_the_connection(echo: str, begun: bytes, piece: bytes) -> None:
    with connected(echo) as opened:
        opened.sendall(begun)
        assert trickle(opened, lambda _: piece).startswith(b"HTTP/1.1 408 ")


def test_the_time_for_the_second_head_begins_with_it(echo: str) -> None:
    with connected(echo) as opened:
        opened.sendall(b"GET / HTTP/1.1\r\n" + HOST + b"\r\nGET / HT")
        said = trickle(opened, lambda _: b"T")
    assert said.startswith(b"HTTP/1.1 200 ")
    assert said.count(b"HTTP/1.1 408 ") == 1


@pytest.mark.parametrize(
    ("how", "piece"),
    [(b"Content-Length: 5000\r\n", b"a"), (b"Transfer-Encoding: chunked\r\n", b"1\r\na\r\n")],
    ids=["declared", "in chunks"],
)
def test_a_body_that_drips_ends_the_connection(how: bytes, piece: bytes) -> None:
    app = Echo()
    with served(app, bounds=SHORT) as address, connected(address) as opened:
        opened.sendall(FORM + how + b"\r\n")
        assert trickle(opened, lambda _: piece).startswith(b"HTTP/1.1 408 ")
    assert app.broken_off == 1


def test_a_slow_body_that_keeps_the_pace_is_read(echo: str) -> None:
    with connected(echo) as opened:
        opened.sendall(FORM + b"Connection: close\r\nContent-Length: 2400\r\n\r\n")
        for _ in range(12):
            opened.sendall(b"a" * 200)
            time.sleep(0.1)  # three windows long
        assert answer(opened).endswith(b"2400")


def test_what_is_sent_after_an_early_answer_is_taken_for_a_while_only(echo: str) -> None:
    with connected(echo) as opened:
        opened.sendall(b"POST /refused HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n")
        said = trickle(opened, lambda _: b"1000\r\n" + b"a" * 4096 + b"\r\n")
    assert said.startswith(b"HTTP/1.1 413 ")


def test_wrapping_without_end_ends_the_connection(echo: str) -> None:
    with connected(echo) as opened:
        opened.sendall(FORM + b"Transfer-Encoding: chunked\r\n\r\n")
        trickle(opened, lambda _: b"1;" + b"x" * 50_000 + b"\r\na\r\n")


@pytest.mark.parametrize("path", [b"/long", b"/form"])
def test_whoever_reads_no_answer_is_let_go(path: bytes) -> None:
    bounds = replace(SHORT, open=Counter())
    with served(Echo(), bounds=bounds) as address, connected(address) as opened:
        opened.sendall(b"GET " + path + b" HTTP/1.1\r\nConnection: close\r\n" + HOST + b"\r\n")
        ends = time.monotonic() + 6
        while bounds.open and time.monotonic() < ends:
            time.sleep(0.02)
        assert not bounds.open


def test_a_head_has_a_size(echo: str) -> None:
    for begun in (b"G" * 70_000, b"GET / HTTP/1.1\r\n" + HOST + b"X-A: b\r\n" * 10_000, b"GET /" + b"a" * 70_000):
        with connected(echo) as opened:
            opened.sendall(begun)
            assert answer(opened).startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize(
    "smuggled",
    [
        b"Content-Length: 3\r\nContent-Length: 5\r\n",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        b"Transfer-Encoding: xchunked\r\n",
        b"Transfer-Encoding : chunked\r\n",
        b"Transfer-Encoding:\x0bchunked\r\n",
        b" Transfer-Encoding: chunked\r\n",
        b"Content-Length: -3\r\n",
        b"Content-Length: +3\r\n",
        b"Content-Length: 0x3\r\n",
        b"Host: kehoach.other\r\n",
    ],
)
def test_nobody_hides_a_second_request_in_the_first(smuggled: bytes) -> None:
    app = Echo()
    with served(app, bounds=SHORT) as address, connected(address) as opened:
        opened.sendall(FORM + smuggled + b"\r\n0\r\n\r\nGET /hidden HTTP/1.1\r\n" + HOST + b"\r\n")
        assert answer(opened).count(b"HTTP/1.1 400 ") == 1
    assert "/hidden" not in app.asked


def test_a_body_with_two_lengths_is_refused_and_its_connection_ends(stage: Stage) -> None:
    both = b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n"
    with served(stage("drafting").app) as address, connected(address) as opened:
        opened.sendall(b"POST /dang-nhap HTTP/1.1\r\n" + HOST + both + b"\r\n0\r\n\r\n")
        opened.sendall(b"GET /dang-nhap HTTP/1.1\r\n" + HOST + b"\r\n")
        said = answer(opened)
    assert said.startswith(b"HTTP/1.1 400 ")
    assert said.count(b"HTTP/1.1 ") == 1


@pytest.mark.parametrize("path", ["/dang-nhap", "/api/v1/messages", "/api/edxml"])
def test_whoever_breaks_off_is_no_failure_of_the_program(
    stage: Stage, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    house = stage("drafting")
    with served(house.app) as address:
        for kind in (b"application/x-www-form-urlencoded", b"multipart/form-data; boundary=a", b"application/json"):
            with connected(address) as opened:
                head = b"POST " + path.encode() + b" HTTP/1.1\r\n" + HOST + b"Content-Type: " + kind + b"\r\n"
                opened.sendall(head + b"Content-Length: 1000\r\n\r\n--a\r\n")
                time.sleep(0.05)
        with connected(address) as opened:
            opened.sendall(b"GET /livez HTTP/1.1\r\nConnection: close\r\n" + HOST + b"\r\n")
            assert answer(opened).startswith(b"HTTP/1.1 200 ")
    assert not [each.getMessage() for each in caplog.records if each.levelname == "ERROR"]


def test_a_web_socket_is_not_opened(echo: str) -> None:
    asked = b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    with connected(echo) as opened:
        opened.sendall(b"GET / HTTP/1.1\r\n" + HOST + asked + b"Sec-WebSocket-Version: 13\r\n\r\n")
        assert opened.recv(65536).startswith(b"HTTP/1.1 200 ")


def test_one_address_has_so_many_places_and_each_is_given_back() -> None:
    last = b"GET / HTTP/1.1\r\nConnection: close\r\n" + HOST + b"\r\n"
    bounds = replace(SHORT, head=30, each=2, open=Counter())
    with served(Echo(), bounds=bounds) as address, connected(address) as first, connected(address):
        with connected(address) as third:
            assert answer(third).startswith(b"HTTP/1.1 503 ")
        first.sendall(last)
        assert answer(first).endswith(b"0")
        with connected(address) as fourth:
            fourth.sendall(last)
            assert answer(fourth).startswith(b"HTTP/1.1 200 ")


def test_who_has_no_place_and_who_always_has_one() -> None:
    bounds = Bounds(head=1, pace=1, largest=1, each=1, most=4, proxies=("10.1.0.0/16", "192.0.2.7"))
    assert bounds.takes("2001:db8::1")
    assert not bounds.takes("2001:db8::2")  # the same household
    assert bounds.takes("10.1.2.3")
    assert bounds.takes("10.1.2.3")
    assert bounds.takes("192.0.2.7")
    assert not bounds.takes("192.0.2.7")  # the process has no more descriptors
    bounds.leaves("2001:db8::1")
    assert bounds.takes("2001:db8::2")


def test_the_settings_are_the_bounds() -> None:
    settings = Settings(head_seconds=7, body_pace=8, connections_per_address=9, upload_megabytes=2, proxies="10.0.0.1")
    bounds = bounds_of(settings)
    assert (bounds.head, bounds.pace, bounds.each, bounds.largest) == (7, 8, 9, 2 * 1024 * 1024)
    assert bounds.proxies == ["10.0.0.1"]
    assert 0 < bounds.most < 1_000_000_000
