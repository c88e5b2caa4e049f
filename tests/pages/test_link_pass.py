"""Chuyển cho người khác trong cơ quan: a body's link goes to a colleague, and gives nobody a right more (APR-15)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from notifications.links import hash_of
from service.auth.form_tokens import FIELD, token_of_link
from tests.pages.conftest import House, Stage
from tests.pages.page_client import Browser
from tests.pages.test_link import code_of, link_for
from workflows.store.links import Link, find_link
from workflows.store.tables.telling import action_links

TYPED = {"nguoi_nhan": "Lê Thị Mai", "hop_thu": "mai@mattran.example", "ho_ten": "Trần Thị Hoa, Chủ tịch"}


@pytest.fixture
def house(stage: Stage) -> House:
    return stage("consulting")


def link_at(house: House, path: str) -> Link:
    with house.cast.database.read() as connection:
        found = find_link(connection, hash_of(path.rpartition("/")[2]))
    assert found is not None
    return found


def links_kept(house: House) -> int:
    with house.cast.database.read() as connection:
        return len(connection.execute(action_links.select()).all())


def handed_on(house: House, path: str, typed: dict[str, str] = TYPED) -> str:
    """The link is handed on by its code; the path in the letter to the colleague."""
    browser = house.browser()
    page = browser.submit(browser.get(f"{path}/chuyen"), f"{path}/chuyen", {"gui_ma": "co"})
    assert "Đã gửi mã xác nhận" in page.text
    done = browser.submit(browser.get(f"{path}/chuyen"), f"{path}/chuyen", typed | {"ma": code_of(house)})
    assert typed["hop_thu"] in done.text
    before = len(house.cast.channel.letters)
    house.letters()
    letter = next(each for each in house.cast.channel.letters[before:] if each.subject.startswith("[Chuyển đến]"))
    assert letter.address == typed["hop_thu"] and typed["nguoi_nhan"] in letter.text and typed["ho_ten"] in letter.text
    found = re.search(r"/x/[A-Za-z0-9_-]{22,}", letter.text)
    assert found
    return found.group(0)


def typed_at(path: str, **typed: str) -> dict[str, str]:
    return {FIELD: token_of_link(path.rpartition("/")[2]), **TYPED, **typed}


def refused(browser: Browser, path: str, status: int, **typed: str) -> str:
    answer = browser.http.post(f"{path}/chuyen", data=typed_at(path, **typed))
    assert answer.status_code == status, answer.text[:500]
    return answer.text


def test_the_colleague_answers_and_the_old_link_is_dead(house: House) -> None:
    path = link_for(house, "lay_y_kien", body=True)
    assert f"{path}/chuyen" in house.browser().get(path).links
    old = link_at(house, path)
    new_path = handed_on(house, path)
    house.browser().get(path, status=410)
    new = link_at(house, new_path)
    same = ("purpose", "task_id", "body_id", "person_id", "version", "content_hash", "expires_at")
    assert [getattr(new, each) for each in same] == [getattr(old, each) for each in same]
    browser = house.browser()
    page = browser.get(new_path)
    told = browser.submit(page, f"{new_path}/gui-ma")
    assert "Đã gửi mã xác nhận" in told.text
    code = code_of(house)
    assert house.cast.channel.letters[-1].address == TYPED["hop_thu"], "the code goes where the link went"
    answer = {"ket_qua": "nhat_tri", "ho_ten": "Lê Thị Mai", "ma": code}
    assert "nhất trí" in browser.submit(page, new_path, answer).h1
    drafter = house.browser("thu_truong", house.cast.office.drafting_unit_id)
    history = drafter.get(f"{house.plan}/y-kien/1").text
    assert "Chuyển người trong cơ quan" in history and "mai@mattran.example" in history


def test_without_the_code_nothing_is_handed_on(house: House) -> None:
    path = link_for(house, "lay_y_kien", body=True)
    browser = house.browser()
    before = links_kept(house)
    assert "Hãy nhập mã xác nhận" in refused(browser, path, 422)
    refused(browser, path, 422, ma="000000")
    for _ in range(2):
        assert browser.http.get(f"{path}/chuyen").status_code == 200
    assert links_kept(house) == before and link_at(house, path).state(house.cast.now) == "usable"


def test_handed_on_twice_it_is_handed_on_once(house: House) -> None:
    path = link_for(house, "lay_y_kien", body=True)
    handed_on(house, path)
    before = links_kept(house)
    refused(house.browser(), path, 410, hop_thu="ke.khac@mattran.example", ma=code_of(house))
    assert links_kept(house) == before


def test_a_used_and_an_expired_link_go_nowhere(house: House) -> None:
    path = link_for(house, "lay_y_kien", body=True)
    browser = house.browser()
    page = browser.submit(browser.get(path), f"{path}/gui-ma")
    code = code_of(house)
    now, house.cast.now = house.cast.now, link_at(house, path).expires_at
    refused(browser, path, 410, ma=code)
    house.cast.now = now
    browser.submit(page, path, {"ket_qua": "nhat_tri", "ma": code})
    before = links_kept(house)
    refused(browser, path, 410, ma=code)
    assert links_kept(house) == before


def test_the_code_of_another_link_does_not_do(house: House) -> None:
    path = link_for(house, "lay_y_kien", body=True)
    browser = house.browser()
    browser.submit(browser.get(path), f"{path}/gui-ma")
    code = code_of(house)
    new_path = handed_on(house, path)
    # The code of the old link opens the new one as little as any other.
    refused(browser, new_path, 422, ma=code)
    assert link_at(house, new_path).state(house.cast.now) == "usable"
    refused(browser, f"/x/{'a' * 26}", 404, ma=code)


def test_a_link_of_a_person_is_not_handed_on(stage: Stage) -> None:
    house = stage("checking")
    path = link_for(house, "kiem_tra_the_thuc")
    browser = house.browser("the_thuc")
    assert f"{path}/chuyen" not in browser.get(path).links
    browser.get(f"{path}/chuyen", status=404)
    refused(browser, path, 404, ma="123456")
    assert links_kept(house) == 1


@pytest.mark.parametrize(
    "typed",
    [
        {"hop_thu": "không phải thư"},
        {"hop_thu": "a@b.vn\nBcc: c@d.vn"},
        {"hop_thu": "a@b.vn, c@d.vn"},
        {"hop_thu": "<a@b.vn>"},
        {"hop_thu": "a" * 250 + "@b.vn"},
        {"hop_thu": ""},
        {"nguoi_nhan": " "},
        {"nguoi_nhan": "m" * 121},
        {"ho_ten": ""},
    ],
    ids=lambda typed: f"{next(iter(typed))}:{len(next(iter(typed.values())))}",
)
def test_what_is_typed_badly_keeps_the_link(house: House, typed: dict[str, str]) -> None:
    path = link_for(house, "lay_y_kien", body=True)
    browser = house.browser()
    browser.submit(browser.get(path), f"{path}/gui-ma")
    code = code_of(house)
    before = links_kept(house)
    refused(browser, path, 422, **{"ma": code, **typed})
    assert links_kept(house) == before and link_at(house, path).state(house.cast.now) == "usable"


def test_it_is_handed_on_a_few_times_only(house: House) -> None:
    path = link_for(house, "lay_y_kien", body=True)
    for number in range(5):
        path = handed_on(house, path, TYPED | {"hop_thu": f"nguoi{number}@mattran.example"})
        house.cast.now += timedelta(minutes=1)
    browser = house.browser()
    browser.submit(browser.get(path), f"{path}/gui-ma")
    assert "đã được chuyển 5 lần" in refused(browser, path, 422, ma=code_of(house))
