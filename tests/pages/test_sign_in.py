"""Signing in and out: real sessions, growing delays, nothing typed is lost."""

from __future__ import annotations

import unicodedata
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

from service.app import create_app
from service.auth.sign_in import Gate, Place, check_sign_in
from service.auth.throttle import ADDRESS_TRIES, FREE_TRIES, network_of
from service.settings import Settings
from tests.pages.conftest import PASSWORD, START, Stage
from tests.pages.page_client import Browser
from workflows.errors import Refused
from workflows.store import accounts
from workflows.store.database import Database


def test_the_inbox_needs_a_person(stage: Stage) -> None:
    page = stage("drafting").browser().get("/viec", status=401)
    assert page.h1 == "Đăng nhập"
    assert page.form("/dang-nhap").filled()["tiep_tuc"] == "/viec"


def test_an_empty_house_says_what_to_do_first(stage: Stage, memory: Database, tmp_path: Path) -> None:
    app = create_app(Settings(base_url="http://testserver", data_dir=tmp_path), memory, lambda: START, lambda: "x" * 32)
    assert "kehoach directory found" in Browser(app).get("/dang-nhap").text
    assert "kehoach directory" not in stage("drafting").browser().get("/dang-nhap").text


def test_after_sign_in_one_lands_where_one_wanted_to_go(stage: Stage) -> None:
    house = stage("drafting")
    browser = house.browser()
    page = browser.get(house.plan, status=401)
    login = house.login("thu_truong", house.cast.office.drafting_unit_id)
    landed = browser.submit(page, "/dang-nhap", {"ten_dang_nhap": login.upper(), "mat_khau": PASSWORD})
    assert landed.path == house.plan


def test_a_password_in_decomposed_letters_is_the_same(stage: Stage) -> None:
    house = stage("drafting")
    page = house.browser().sign_in(house.login("chu_tich"), unicodedata.normalize("NFD", PASSWORD))
    assert page.h1 == "Tổng quan"


def test_wrong_password_says_so_at_the_field_and_keeps_the_name(stage: Stage) -> None:
    house = stage("drafting")
    browser = house.browser()
    page = browser.submit(
        browser.get("/dang-nhap"), "/dang-nhap", {"ten_dang_nhap": "u1", "mat_khau": "sai"}, status=422
    )
    assert page.title.startswith("Lỗi:")
    assert "mật khẩu không đúng" in page.text
    assert page.form("/dang-nhap").filled()["ten_dang_nhap"] == "u1"
    assert 'aria-invalid="true"' in page.html


def test_many_wrong_passwords_delay_and_the_delay_ends(stage: Stage) -> None:
    house = stage("drafting")
    login = house.login("chu_tich")
    browser = house.browser()
    for _ in range(5):
        browser.submit(browser.get("/dang-nhap"), "/dang-nhap", {"ten_dang_nhap": login, "mat_khau": "sai"}, status=422)
    page = browser.submit(
        browser.get("/dang-nhap"), "/dang-nhap", {"ten_dang_nhap": login, "mat_khau": PASSWORD}, status=422
    )
    assert "Đã thử sai nhiều lần" in page.text
    house.cast.now += timedelta(minutes=1)
    assert browser.sign_in(login, PASSWORD).h1 == "Tổng quan"


def test_a_name_without_account_waits_like_one_with(stage: Stage) -> None:
    house = stage("drafting")

    def told(login: str) -> list[str]:
        browser, found = house.browser(), []
        for _ in range(6):
            typed = {"ten_dang_nhap": login, "mat_khau": "sai"}
            found.append(browser.submit(browser.get("/dang-nhap"), "/dang-nhap", typed, status=422).text)
        return [each.replace(login, "") for each in found]

    assert told(house.login("chu_tich")) == told("khong.co.ai")


def test_many_sent_at_once_are_counted_like_many_in_a_row(stage: Stage) -> None:
    house = stage("drafting")
    login = house.login("chu_tich")

    def guess(number: int) -> str:
        try:
            check_sign_in(house.cast.database, gate, login, f"sai {number}", Place(f"192.0.2.{number}"), house.cast.now)
        except Refused as refused:
            return refused.code
        return "SIGNED_IN"

    gate = Gate()
    with ThreadPoolExecutor(12) as pool:
        codes = Counter(pool.map(guess, range(12)))
    assert codes == {"WRONG_PASSWORD": FREE_TRIES + 1, "TOO_MANY_TRIES": 12 - FREE_TRIES - 1}


def test_who_guesses_beside_somebody_keeps_no_known_device_out(stage: Stage) -> None:
    house = stage("drafting")
    with house.cast.database.read() as connection:
        account = accounts.account_by_login(connection, house.login("chu_tich"))
    assert account is not None
    gate = Gate()
    for _ in range(ADDRESS_TRIES):
        gate.addresses.count("192.0.2.7", house.cast.now)
    for device, code in ((None, "TOO_MANY_TRIES"), (account.person_id, "")):
        try:
            place = Place("192.0.2.7", device)
            check_sign_in(house.cast.database, gate, house.login("chu_tich"), PASSWORD, place, house.cast.now)
            assert not code
        except Refused as refused:
            assert refused.code == code


def test_the_addresses_of_one_network_count_as_one() -> None:
    assert network_of("2001:db8:1:2::1") == network_of("2001:db8:1:2:ffff::9") != network_of("2001:db8:1:3::1")
    assert network_of("::ffff:192.0.2.1") == network_of("192.0.2.1") == "192.0.2.1"
    assert network_of("testclient") == "testclient"


def test_sign_out_ends_the_session_on_the_server(stage: Stage) -> None:
    house = stage("drafting")
    browser = house.browser("chu_tich")
    cookie = browser.http.cookies["phien"]
    browser.submit(browser.get("/viec"), "/dang-xuat")
    browser.http.cookies.set("phien", cookie)
    browser.get("/viec", status=401)


def test_an_idle_session_ends(stage: Stage) -> None:
    house = stage("drafting")
    browser = house.browser("chu_tich")
    house.cast.now += timedelta(minutes=61)
    browser.get("/viec", status=401)


def test_signing_in_again_makes_a_new_session(stage: Stage) -> None:
    house = stage("drafting")
    browser = house.browser("chu_tich")
    first = browser.http.cookies["phien"]
    browser.http.cookies.delete("phien")
    browser.sign_in(house.login("chu_tich"), PASSWORD)
    assert browser.http.cookies["phien"] != first


def test_the_way_back_never_leaves_the_house(stage: Stage) -> None:
    browser = stage("drafting").browser()
    for elsewhere in ("https://evil.example/", "//evil.example/", "/\\evil.example", "/viec?" + "a" * 3000):
        page = browser.get(f"/dang-nhap?tiep_tuc={elsewhere}")
        assert page.form("/dang-nhap").filled()["tiep_tuc"] == "/viec"


def test_a_form_sent_after_the_session_ended_comes_back_filled(stage: Stage) -> None:
    house = stage("checking")
    browser = house.browser("the_thuc")
    address = house.task("kiem_tra_the_thuc")
    page = browser.get(address)
    house.cast.now += timedelta(hours=13)
    typed = {"ly_do": "Thiếu căn cứ ban hành ở phần đầu.", "ket_qua": "tra_lai"}
    again = browser.submit(page, address, typed, status=401)
    signed = browser.submit(again, "/dang-nhap", {"ten_dang_nhap": house.login("the_thuc"), "mat_khau": PASSWORD})
    back = browser.submit(signed, address)
    assert back.form(address).filled()["ly_do"] == typed["ly_do"]
    assert house.cast.waiting_at() == {"kiem_tra_the_thuc"}
