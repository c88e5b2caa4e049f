"""A clock that was wrong for a while leaves no session, no proof and no pause that outlives it."""

from __future__ import annotations

from datetime import timedelta

from tests.pages.conftest import Stage
from tests.pages.test_security_page import HOME, confirmed
from tests.pages.test_step_up import signing_page, with_app

HOUR, YEAR = timedelta(hours=1), timedelta(days=366)


def test_a_session_of_a_time_to_come_is_none(stage: Stage) -> None:
    house = stage("signing")
    browser = house.browser("chu_tich")
    house.cast.now -= timedelta(minutes=2)  # two machines of one house
    assert browser.http.get("/viec").status_code == 200
    house.cast.now -= HOUR
    assert browser.http.get("/viec").status_code == 401


def test_a_proof_of_a_time_to_come_confirms_nothing(stage: Stage) -> None:
    house = stage("signing")
    browser = house.browser("chu_tich")
    house.cast.now += timedelta(minutes=4)
    page = confirmed(browser)
    form = page.form(f"{HOME}/ung-dung").filled()
    house.cast.now -= timedelta(minutes=3)
    assert browser.http.post(f"{HOME}/ung-dung", data=form).status_code == 200  # within what machines differ by
    house.cast.now -= timedelta(minutes=3)
    assert browser.http.post(f"{HOME}/ung-dung", data=form).status_code in (401, 403)


def test_a_pause_of_a_time_to_come_keeps_nobody_out(stage: Stage) -> None:
    house = stage("signing")
    house.cast.now += YEAR
    for login in (house.login("chu_tich"), "khong_co"):
        guesser = house.browser()
        for _ in range(6):
            guesser.submit(
                guesser.get("/dang-nhap"), "/dang-nhap", {"ten_dang_nhap": login, "mat_khau": "sai"}, status=422
            )
    house.cast.now -= YEAR
    assert house.browser("chu_tich").http.get("/viec").status_code == 200


def test_a_pause_of_codes_of_a_time_to_come_too(stage: Stage) -> None:
    house = stage("signing")
    totp = with_app(house)
    house.cast.now += YEAR
    guesser, address, page = signing_page(house)
    for _ in range(6):
        answer = guesser.http.post(address, data=page.form(address).filled() | {"ket_qua": "ky", "ma_ky": "000000"})
    assert answer.status_code == 429
    house.cast.now -= YEAR
    browser, address, page = signing_page(house)
    browser.submit(page, address, {"ket_qua": "ky", "ma_ky": totp.at(house.cast.now)})
    assert house.cast.waiting_at() == {"cap_so"}
