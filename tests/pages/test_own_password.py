"""The own password: changed by whoever proves the old one; whoever else knew it is out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.pages.conftest import PASSWORD, Stage
from tests.pages.test_security_letters import changes
from tests.pages.test_security_page import HOME, confirmed

FORM = f"{HOME}/mat-khau"
NEW = "Một câu dài dễ nhớ 2026"
TYPED = {"mat_khau_moi": NEW, "mat_khau_lai": NEW}


def test_a_new_password_ends_every_other_session_and_forgets_devices(stage: Stage) -> None:
    house = stage("signing")
    thief, own = house.browser("chu_tich", remember=True), house.browser("chu_tich")
    stranger = house.browser("van_thu")
    page = confirmed(own)
    cookie = own.http.cookies["phien"]
    done = own.submit(page, FORM, TYPED)
    assert "Đã đổi mật khẩu" in done.text
    assert "Chưa có thiết bị nào" in done.text
    assert own.http.cookies["phien"] != cookie
    assert thief.http.get("/viec").status_code == 401
    assert stranger.http.get("/viec").status_code == 200
    assert changes(house)[-1] == "password_changed"
    login = house.login("chu_tich")
    fresh = house.browser()
    fresh.submit(fresh.get("/dang-nhap"), "/dang-nhap", {"ten_dang_nhap": login, "mat_khau": PASSWORD}, status=422)
    fresh.enter(login, NEW)


@pytest.mark.parametrize(
    "typed",
    [
        {"mat_khau_moi": "ngắn", "mat_khau_lai": "ngắn"},
        {"mat_khau_moi": NEW, "mat_khau_lai": NEW + "x"},
        {"mat_khau_moi": "1234567890", "mat_khau_lai": "1234567890"},
        {"mat_khau_moi": "a" * 201, "mat_khau_lai": "a" * 201},
        {"mat_khau_moi": "", "mat_khau_lai": ""},
    ],
)
def test_what_is_no_good_password_changes_nothing(stage: Stage, typed: dict[str, str]) -> None:
    house = stage("signing")
    other, own = house.browser("chu_tich"), house.browser("chu_tich")
    page = own.submit(confirmed(own), FORM, typed, status=422)
    assert not typed["mat_khau_moi"] or typed["mat_khau_moi"] not in page.html
    assert other.http.get("/viec").status_code == 200
    house.browser().enter(house.login("chu_tich"), PASSWORD)


def test_without_the_old_password_there_is_no_new_one(stage: Stage) -> None:
    house = stage("signing")
    browser = house.browser("chu_tich")
    token = browser.get(HOME).form("/dang-xuat").filled()
    answer = browser.http.post(FORM, data=token | TYPED)
    assert (answer.status_code, "CONFIRM_AGAIN" in answer.text) == (403, True)
    page = confirmed(browser)
    form = page.form(FORM).filled() | TYPED
    house.cast.now += timedelta(minutes=11)
    assert browser.http.post(FORM, data=form).status_code == 403
    house.cast.now += timedelta(hours=13)
    ended = browser.http.post(FORM, data=form)
    assert ended.status_code == 401
    assert NEW not in ended.text
