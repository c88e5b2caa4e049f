"""A person hears of whatever changes how they prove who they are, and of a browser on which they never signed in."""

from __future__ import annotations

from datetime import timedelta

from tests.actions.small_office import stored
from tests.pages.conftest import PASSWORD, House, Stage
from tests.pages.page_client import Browser
from tests.pages.test_security_page import HOME, begin_app, confirmed
from workflows.store.tables.telling import outbox


def changes(house: House) -> list[str]:
    return [each.data["change"] for each in stored(house.cast.database, outbox, kind="security_changed")]


def test_a_new_browser_is_told_of_once(stage: Stage) -> None:
    house = stage("signing")
    browser = house.browser("chu_tich")
    assert changes(house) == ["new_device"]
    for _ in range(2):
        browser.submit(browser.get(HOME), "/dang-xuat")
        house.cast.now += timedelta(hours=1)
        browser.sign_in(house.login("chu_tich"), PASSWORD, False)
    assert changes(house) == ["new_device"]
    browser.submit(browser.get(HOME), "/dang-xuat")
    browser.sign_in(house.login("van_thu"), PASSWORD, False)
    assert changes(house) == ["new_device"] * 2, "the browser is known for one person, not for another"
    house.browser("chu_tich", remember=True)
    assert changes(house) == ["new_device"] * 3
    house.letters()
    told = [each for each in house.cast.channel.letters if each.subject == "[Bảo mật] Đăng nhập từ thiết bị mới"]
    assert len(told) == 3


def test_a_cookie_that_somebody_copied_before_counts_for_nothing(stage: Stage) -> None:
    house = stage("signing")
    browser = house.browser("chu_tich")
    copied = browser.http.cookies.get("trinh_duyet") or ""
    browser.submit(browser.get(HOME), "/dang-xuat")
    browser.sign_in(house.login("chu_tich"), PASSWORD, False)
    thief = Browser(house.app)
    thief.http.cookies.set("trinh_duyet", copied)
    thief.sign_in(house.login("chu_tich"), PASSWORD, False)
    assert changes(house) == ["new_device"] * 2


def test_every_change_is_told_and_cannot_be_switched_off(stage: Stage) -> None:
    house = stage("signing")
    browser = house.browser("chu_tich")
    begin_app(house, browser)
    page = browser.get(HOME)
    browser.submit(page, f"{HOME}/ma-khoi-phuc")
    browser.submit(page, f"{HOME}/ung-dung/bo")
    browser.submit(page, f"{HOME}/chuong-trinh", {"ten_ma": "máy tính", "so_ngay_hieu_luc": "9"})
    assert changes(house) == ["new_device", "app_added", "recovery_renewed", "app_removed", "program_added"]
    settings = browser.get("/toi/thong-bao")
    assert "Luôn gửi riêng: nếu không phải đồng chí làm thì phải biết ngay." in settings.text
    house.letters()
    told = [each for each in house.cast.channel.letters if each.subject.startswith("[Bảo mật]")]
    assert len(told) == 5
    assert {each.person_id for each in told} == {int(house.cast.actor("chu_tich").person or 0)}
    assert "“máy tính”" in told[-1].text


def test_an_app_that_never_counted_is_not_told_of(stage: Stage) -> None:
    house = stage("signing")
    browser = house.browser("chu_tich")
    browser.submit(confirmed(browser), f"{HOME}/ung-dung")
    page = browser.get(HOME)
    token = page.form("/dang-xuat").filled()
    assert browser.http.post(f"{HOME}/ung-dung/bo", data=token, follow_redirects=False).status_code == 303
    assert changes(house) == ["new_device"]
