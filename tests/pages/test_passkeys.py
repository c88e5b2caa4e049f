"""Passkeys for real: Chromium's virtual authenticator registers and signs; a foreign or spoilt answer does not."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

from service.auth.passkeys import place_of
from service.settings import Settings
from tests.pages.conftest import PASSWORD, House, Stage, house_of
from tests.pages.in_chromium import sign_in
from tests.pages.served import free_port, served
from workflows.store import clockwork, keys_of_people
from workflows.store.screens.security import MAIL_CODES

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_authenticator(context: BrowserContext) -> tuple[Page, CDPSession]:
    tab = context.new_page()
    devtools = context.new_cdp_session(tab)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return tab, devtools


def at_localhost(house: House, port: int) -> House:
    """The same office, reached under a name: passkeys do not exist at an address in digits."""
    with house.cast.database.write() as connection:
        clockwork.set_setting(connection, MAIL_CODES, False, now=house.cast.now, by=None)
    web = house.app.state.web
    return house_of(house.cast, web.settings.data_dir, base_url=f"http://localhost:{port}")


def register(tab: Page, url: str, name: str) -> None:
    tab.goto(f"{url}/toi/bao-mat")
    if tab.locator("#o-mat_khau").count():
        tab.fill("#o-mat_khau", PASSWORD)
        tab.get_by_role("button", name="Xác nhận", exact=True).click()
    tab.fill("#o-ten_khoa", name)
    tab.get_by_role("button", name="Đăng ký khóa truy cập").click()
    tab.get_by_role("button", name=f"Bỏ khóa {name}").wait_for()


def test_registered_named_used_to_sign_and_revoked(stage: Stage, chromium: Browser) -> None:
    port = free_port()
    house = at_localhost(stage("signing"), port)
    person = int(house.cast.actor("chu_tich").person or 0)
    with served(house.app, port):
        url = f"http://localhost:{port}"
        context = chromium.new_context(viewport={"width": 390, "height": 844})
        tab, _ = with_authenticator(context)
        sign_in(tab, url, house.login("chu_tich"))
        register(tab, url, "điện thoại của tôi")
        tab.goto(f"{url}{house.task('trinh_ky')}")
        tab.get_by_role("button", name="Ký ban hành bằng khóa truy cập").click()
        tab.get_by_role("heading", name="Ký ban hành: đã ký").wait_for()
        assert house.cast.waiting_at() == {"cap_so"}
        with house.cast.database.read() as connection:
            (key,) = keys_of_people.passkeys_of(connection, person)
        assert key.used_at is not None
        tab.goto(f"{url}/toi/bao-mat")
        tab.get_by_role("button", name="Bỏ khóa điện thoại của tôi").click()
        tab.get_by_text("Chưa có khóa nào").wait_for()
        context.close()


def test_answers_of_others_to_other_acts_or_sent_again_sign_nothing(stage: Stage, chromium: Browser) -> None:
    port = free_port()
    house = at_localhost(stage("signing"), port)
    with served(house.app, port):
        url = f"http://localhost:{port}"
        context = chromium.new_context()
        tab, _ = with_authenticator(context)
        sign_in(tab, url, house.login("chu_tich"))
        register(tab, url, "khóa")
        address = f"{url}{house.task('trinh_ky')}"
        tab.goto(address)
        # What the page would send is caught, and sent by hand later.
        tab.evaluate("() => { HTMLFormElement.prototype.submit = function () { window.caught = this.khoa_ky.value; } }")
        tab.get_by_role("button", name="Ký ban hành bằng khóa truy cập").click()
        caught = None
        for _ in range(100):  # the policy of our pages lets no string be run, so nothing can wait inside of them
            caught = tab.evaluate("window.caught")
            if caught:
                break
            tab.wait_for_timeout(50)
        assert caught
        post = """async ([credential, decision]) => {
            const form = document.querySelector('#bieu-mau'), data = new FormData(form);
            data.set('khoa_ky', credential); data.set('ket_qua', decision);
            return (await fetch(form.action, { method: 'POST', body: data, redirect: 'manual' })).status; }"""
        spoilt = json.loads(caught)
        spoilt["response"]["signature"] = spoilt["response"]["signature"][:-6] + "AAAAAA"
        assert tab.evaluate(post, [json.dumps(spoilt), "ky"]) == 422
        # The challenge is used up by the wrong answer: the right one comes too late.
        assert tab.evaluate(post, [caught, "ky"]) == 422
        assert tab.evaluate(post, ["{}", "ky"]) == 422
        assert tab.evaluate(post, ["no json", "ky"]) == 422
        assert house.cast.waiting_at() == {"trinh_ky"}
        context.close()


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://kehoach.example.vn", "kehoach.example.vn"),
        ("http://localhost:8800", "localhost"),
        ("http://127.0.0.1:8800", None),
        ("https://10.0.0.7", None),
        ("https://[::1]:8800", None),
        ("http://kehoach.example.vn", None),
    ],
)
def test_where_passkeys_are_offered(address: str, host: str | None) -> None:
    place = place_of(Settings(base_url=address))
    assert (place.host if place else None) == host
