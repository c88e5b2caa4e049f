"""POST /api/edxml: two services behind real sockets hand each other a plan and its statuses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import httpx
import pytest

from notifications.exchange.peers import carriers_to, read_peers
from service.app import create_app
from service.settings import Settings
from tests.actions.test_exchange import receive
from tests.actions.two_offices import COMMUNE, DISTRICT, TwoOffices, two_offices
from tests.databases import SqliteTemplate
from tests.pages.served import free_port, served
from workflows.store.database import Database

TO_US, TO_THEM = "a" * 32, "b" * 32


@dataclass
class Linked:
    """Both offices behind their own addresses."""

    offices: TwoOffices
    ours: str
    theirs: str


def peers_of(code: str, url: str, send: str, receive_token: str) -> str:
    return json.dumps({code: {"url": f"{url}/api/edxml", "send_token": send, "receive_token": receive_token}})


@pytest.fixture
def linked(memory: Database, sqlite_template: SqliteTemplate, tmp_path: Path) -> Iterator[Linked]:
    theirs = sqlite_template.memory()
    offices = two_offices(memory, theirs, tmp_path)
    one, other = free_port(), free_port()
    our_peers = peers_of(DISTRICT, f"http://127.0.0.1:{other}", TO_THEM, TO_US)
    their_peers = peers_of(COMMUNE, f"http://127.0.0.1:{one}", TO_US, TO_THEM)
    offices.ours, offices.theirs = carriers_to(read_peers(our_peers)), carriers_to(read_peers(their_peers))

    def clock() -> datetime:
        return offices.cast.now

    us = create_app(Settings(exchange=our_peers, data_dir=tmp_path), memory, clock, lambda: "x" * 32)
    them = create_app(Settings(exchange=their_peers, data_dir=tmp_path), theirs, clock, lambda: "x" * 32)
    with served(us, one) as our_address, served(them, other) as their_address:
        yield Linked(offices, our_address, their_address)
    theirs.close()


def test_a_plan_goes_and_its_statuses_come_back(linked: Linked) -> None:
    offices = linked.offices
    offices.issue()
    offices.sweep()
    assert offices.line().status == "da_den"
    receive(offices)
    offices.sweep()
    assert offices.line().status == "da_tiep_nhan"


def test_only_a_peer_with_its_token_is_heard(linked: Linked) -> None:
    offices, address = linked.offices, f"{linked.theirs}/api/edxml"
    offices.issue()
    offices.sweep()
    (sealed,) = offices.waiting()
    content = sealed.content or b""

    def post(body: bytes, token: str) -> tuple[int, str]:
        answer = httpx.post(address, content=body, headers={"authorization": token}, trust_env=False)
        return answer.status_code, str(answer.json().get("code", ""))

    for token in ("", "Bearer", f"Basic {TO_THEM}", f"Bearer {TO_US}", "Bearer é"):
        assert post(content, token) == (401, "NO_TOKEN") if token.isascii() else True
    assert post(content, f"Bearer {TO_THEM}") == (200, "")
    assert post(content.replace(COMMUNE.encode(), b"000.99.99.H56"), f"Bearer {TO_THEM}") == (403, "WRONG_SENDER")
    assert post(content.replace(b"2024", b"2023"), f"Bearer {TO_THEM}") == (200, "")
    assert post(b"<a/>", f"Bearer {TO_THEM}") == (422, "BAD_ENVELOPE")
    assert httpx.get(address, trust_env=False).status_code == 405
    assert httpx.post(address, content=b"x" * 6_000_000, trust_env=False).status_code in (401, 413)
