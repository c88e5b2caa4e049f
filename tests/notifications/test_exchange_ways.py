"""The ways of envelopes: folders with whole files only, HTTP to the addresses that are configured only."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest

from notifications.exchange.folder import FolderCarrier
from notifications.exchange.http import HttpCarrier
from notifications.exchange.peers import carriers_to, read_peers
from workflows.actions.exchanging.carrier import CarrierError
from workflows.errors import Refused

PEER, TOKEN = "000.00.30.H56", "t" * 32


def test_a_file_is_written_beside_and_renamed(tmp_path: Path) -> None:
    carrier = FolderCarrier({PEER: tmp_path})
    for _ in range(2):
        carrier.send(PEER, "a.edxml", b"noi dung")
    assert [(each.name, each.read_bytes()) for each in (tmp_path / "sent").iterdir()] == [("a.edxml", b"noi dung")]


def test_only_whole_files_are_brought_oldest_first(tmp_path: Path) -> None:
    carrier, inbox = FolderCarrier({PEER: tmp_path}), tmp_path / "inbox"
    inbox.mkdir()
    for name, age in (("b.edxml", 1), ("a.edxml", 2), ("c.edxml.part", 3), (".d.edxml", 4), ("e.txt", 5)):
        (inbox / name).write_bytes(name.encode())
        os.utime(inbox / name, (age, age))
    (inbox / "f.edxml").symlink_to(inbox / "e.txt")
    brought = list(carrier.bring(10))
    assert [each.name for each in brought] == ["b.edxml", "a.edxml"]
    carrier.put_away(brought[0], good=True)
    carrier.put_away(brought[1], good=False)
    assert [each.name for each in (tmp_path / "received").iterdir()] == ["b.edxml"]
    assert [each.name for each in (tmp_path / "failed").iterdir()] == ["a.edxml"]
    assert list(carrier.bring(10)) == []


def test_a_folder_that_cannot_be_written_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CarrierError) as caught:
        FolderCarrier({PEER: tmp_path / "file"}).send(PEER, "a.edxml", b"x")
    assert not caught.value.permanent


class Answering(BaseHTTPRequestHandler):
    """Answers with the status that the path names, or sends the caller elsewhere."""

    seen: ClassVar[list[tuple[str, str, bytes]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.seen.append((self.path, self.headers["authorization"], body))
        self.send_response(int(self.path.strip("/")))
        self.send_header("location", "/200")
        self.end_headers()
        self.wfile.write(b"x" * 10_000)

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def address() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Answering)
    Answering.seen = []
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_an_envelope_is_posted_with_the_token(address: str) -> None:
    HttpCarrier({PEER: (f"{address}/200", TOKEN)}).send(PEER, "a.edxml", b"noi dung")
    assert Answering.seen == [("/200", f"Bearer {TOKEN}", b"noi dung")]


@pytest.mark.parametrize(("status", "permanent"), [(302, False), (307, False), (422, True), (409, True), (503, False)])
def test_a_refusal_is_told_and_no_redirect_is_followed(address: str, status: int, permanent: bool) -> None:
    with pytest.raises(CarrierError) as caught:
        HttpCarrier({PEER: (f"{address}/{status}", TOKEN)}).send(PEER, "a.edxml", b"x")
    assert (caught.value.permanent, len(str(caught.value)) < 400) == (permanent, True)
    assert [path for path, _, _ in Answering.seen] == [f"/{status}"]


def test_nobody_listening_is_tried_again() -> None:
    with pytest.raises(CarrierError) as caught:
        HttpCarrier({PEER: ("http://127.0.0.1:1/", TOKEN)}).send(PEER, "a.edxml", b"x")
    assert not caught.value.permanent


def test_no_proxy_of_the_environment_is_used(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    HttpCarrier({PEER: (f"{address}/200", TOKEN)}).send(PEER, "a.edxml", b"x")
    assert len(Answering.seen) == 1


def test_peers_are_read_from_the_setting() -> None:
    told = {
        PEER: {"folder": "huyen"},
        "000.00.31.H56": {"url": "https://tinh.example.vn/api/edxml", "send_token": TOKEN, "receive_token": TOKEN},
    }
    peers = read_peers(json.dumps(told))
    assert TOKEN not in repr(peers)
    assert [sorted(carrier.peers) for carrier in carriers_to(peers)] == [[PEER], ["000.00.31.H56"]]
    assert read_peers(" ") == {}


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"url": "http://tinh.example.vn/"}, "url"),
        ({"url": "https://user:pass@tinh.example.vn/"}, "url"),
        ({"url": "file:///etc/passwd"}, "url"),
        ({"url": "https:///x"}, "url"),
        ({"url": "https://a:99999/x"}, "url"),
        ({"send_token": "ngan"}, "send_token"),
        ({"folder": 3}, "JSON"),
        ({"thu_muc": "x"}, "thu_muc"),
    ],
)
def test_a_peer_that_is_not_right_is_refused_at_the_start(values: dict[str, object], why: str) -> None:
    with pytest.raises(Refused) as caught:
        read_peers(json.dumps({PEER: values}))
    assert (caught.value.code, caught.value.facts["why"]) == ("BAD_PEER", why)


@pytest.mark.parametrize("text", ["{", "[]", '{"000": {}}'])
def test_a_setting_that_is_no_list_of_peers_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="BAD_PEER"):
        read_peers(text)
