"""Story 17: a link is forwarded to a stranger, a mail scanner opens it, and chairman and deputy both get one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from notifications.deliver import deliver
from service.app import create_app
from service.auth.form_tokens import FIELD, token_of_link
from service.settings import Settings
from tests.databases import SqliteTemplate
from tests.stories.cast import BASE_URL, Cast, day, plan_text
from workflows.store import directory
from workflows.store.database import Database


@pytest.fixture
def cast(sqlite_template: SqliteTemplate, tmp_path: Path) -> Iterator[Cast]:
    """The plan lies before the Chairman, whose deputy holds a delegation for this week."""
    database = Database(sqlite_template.file(tmp_path / "office.sqlite"))
    cast = Cast.for_plan(database, plan_text("000_duc_phong.txt"), day(2022, 7, 18))
    cast.import_and_start()
    with database.write() as connection:
        chairman = int(cast.actor("chu_tich").person or 0)
        deputy = directory.add_person(connection, "Trần Văn Phó", "pho@ducphong.example")
        directory.delegate(
            connection,
            chairman,
            deputy,
            capacity="TUQ.",
            groups=[f"chu_tich@{cast.office.id}"],
            basis="Giấy ủy quyền số 9",
            valid_from=cast.now,
            valid_to=day(2022, 7, 25),
        )
    cast.pass_to_signature()
    yield cast
    database.close()


def links_sent(cast: Cast) -> dict[str, str]:
    """The links to sign that went out, by address."""
    numbers = count()
    tokens = lambda: f"{next(numbers):04x}{'b' * 28}"  # noqa: E731 - a source of chance for one call
    deliver(cast.database, cast.now, cast.channel, base_url=BASE_URL, tokens=tokens)
    return {
        letter.address: re.findall(r"/x/\w+", letter.text)[0]
        for letter in cast.channel.letters
        if letter.subject.startswith("[Cần ký")
    }


def pages(cast: Cast, folder: Path) -> FastAPI:
    numbers = count()
    settings = Settings(base_url=BASE_URL, data_dir=folder)
    return create_app(settings, cast.database, lambda: cast.now, lambda: f"{next(numbers):06d}{'t' * 26}")


def test_chairman_and_deputy_have_a_link_each_and_one_decision_is_made(cast: Cast, tmp_path: Path) -> None:
    links = links_sent(cast)
    assert len(set(links.values())) == 2
    own = next(link for address, link in links.items() if address == "pho@ducphong.example")
    # A scanner opens both and posts what it finds, a stranger opens the deputy's: nothing happens.
    scanner = TestClient(pages(cast, tmp_path), base_url=BASE_URL, follow_redirects=False)
    for link in links.values():
        assert scanner.get(link).status_code == scanner.head(link).status_code == 200
        assert "MỤC ĐÍCH, YÊU CẦU" not in scanner.get(link).text
        sent = {FIELD: token_of_link(link.removeprefix("/x/")), "ket_qua": "ky", "da_xem": cast.seen_hash()}
        scanner.post(link, data=sent)
    assert cast.waiting_at() == {"trinh_ky"}
    # The Chairman signs: the deputy's link says that it is settled, and not by whom.
    cast.act("trinh_ky", {"ket_qua": "ky"})
    late = scanner.get(own)
    assert late.status_code == 410
    assert "đã được xử lý lúc" in late.text
    assert cast.actor("chu_tich").name not in late.text


def test_the_deputys_link_ends_with_the_delegation(cast: Cast, tmp_path: Path) -> None:
    own = links_sent(cast)["pho@ducphong.example"]
    browser = TestClient(pages(cast, tmp_path), base_url=BASE_URL, follow_redirects=False)
    cast.now = day(2022, 7, 25, 10)
    gone = browser.get(own)
    assert gone.status_code == 410
    assert cast.waiting_at() == {"trinh_ky"}
