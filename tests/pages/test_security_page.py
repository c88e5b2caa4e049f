"""/toi/bao-mat: every change needs a new proof, and nobody changes anything of anybody else."""

from __future__ import annotations

import re
from datetime import timedelta

import pyotp
import pytest

from tests.pages.conftest import PASSWORD, House, Stage
from tests.pages.page_client import Browser, Page
from workflows.store import keys_of_people

HOME = "/toi/bao-mat"


def confirmed(browser: Browser) -> Page:
    page = browser.get(HOME)
    return browser.submit(page, f"{HOME}/xac-nhan", {"mat_khau": PASSWORD})


def begin_app(house: House, browser: Browser) -> pyotp.TOTP:
    """Set up a code app the way a person does; gives its codes."""
    page = browser.submit(confirmed(browser), f"{HOME}/ung-dung")
    (secret,) = re.findall(r"((?:[A-Z2-7]{4} ){7}[A-Z2-7]{4})", page.html)
    totp = pyotp.TOTP(secret.replace(" ", ""))
    assert page.html.count("data:image/svg+xml") == 1
    codes = browser.submit(page, f"{HOME}/ung-dung/ma", {"ma_dau": totp.at(house.cast.now)})
    assert codes.h1 == "Mã khôi phục"
    return totp


def test_an_app_is_set_up_and_then_asked_for(stage: Stage) -> None:
    house = stage("signing")
    browser = house.browser("chu_tich")
    totp = begin_app(house, browser)
    house.cast.now += timedelta(minutes=11)
    page = browser.get(HOME)
    refused = browser.submit(page, f"{HOME}/xac-nhan", {"mat_khau": PASSWORD}, status=422)
    assert "Chưa có mã xác nhận" in refused.text
    page = browser.submit(page, f"{HOME}/xac-nhan", {"mat_khau": PASSWORD, "ma_ky": totp.at(house.cast.now)})
    assert "Đã xác nhận lại" in page.text
    browser.submit(page, f"{HOME}/ung-dung/bo")
    with house.cast.database.read() as connection:
        assert keys_of_people.code_app(connection, int(house.cast.actor("chu_tich").person or 0)) is None


def test_a_wrong_first_code_does_not_arm_the_app(stage: Stage) -> None:
    house = stage("signing")
    browser = house.browser("chu_tich")
    page = browser.submit(confirmed(browser), f"{HOME}/ung-dung")
    browser.submit(page, f"{HOME}/ung-dung/ma", {"ma_dau": "000000"}, status=422)
    assert "Chưa dùng" in browser.get(HOME).text


@pytest.mark.parametrize(
    "deed", ["ung-dung", "ung-dung/ma", "ung-dung/bo", "ma-khoi-phuc", "khoa", "khoa/1/bo", "ma-qua-thu/1"]
)
def test_without_a_new_proof_nothing_changes(stage: Stage, deed: str) -> None:
    browser = stage("signing").browser("chu_tich")
    token = browser.get(HOME).form("/dang-xuat").filled()
    answer = browser.http.post(f"{HOME}/{deed}", data=token)
    assert answer.status_code == 403
    assert "CONFIRM_AGAIN" in answer.text


def test_a_wrong_password_confirms_nothing(stage: Stage) -> None:
    browser = stage("signing").browser("chu_tich")
    page = browser.get(HOME)
    assert "không đúng" in browser.submit(page, f"{HOME}/xac-nhan", {"mat_khau": "sai"}, status=422).text
    assert "Xác nhận lại trước khi thay đổi" in browser.get(HOME).text


def test_sessions_and_devices_are_listed_and_ended_one_by_one_and_all(stage: Stage) -> None:
    house = stage("signing")
    phone, desk = house.browser("chu_tich", remember=True), house.browser("chu_tich")
    page = desk.get(HOME)
    ends = [each.action for each in page.forms if each.action.endswith("/ket-thuc")]
    assert len(ends) == 1
    page = desk.submit(page, ends[0])
    assert phone.http.get("/viec").status_code == 401
    forgets = [each.action for each in page.forms if each.action.endswith("/quen")]
    assert len(forgets) == 1
    page = desk.submit(page, forgets[0])
    assert "Chưa có thiết bị nào" in page.text
    other = house.browser("chu_tich")
    desk.submit(page, f"{HOME}/thoat-het")
    assert desk.http.get("/viec").status_code == other.http.get("/viec").status_code == 401


def test_nobody_ends_a_session_or_forgets_a_device_of_another(stage: Stage) -> None:
    house = stage("signing")
    victim, attacker = house.browser("chu_tich", remember=True), house.browser("van_thu")
    actions = [each.action for each in victim.get(HOME).forms if each.action.endswith("/quen")]
    second = house.browser("chu_tich")
    actions += [each.action for each in second.get(HOME).forms if each.action.endswith("/ket-thuc")]
    token = attacker.get(HOME).form("/dang-xuat").filled()
    for action in actions:
        assert attacker.http.post(action, data=token).status_code == 404
    victim.get("/viec")


def test_sessions_end_when_idle_and_in_any_case(stage: Stage) -> None:
    house = stage("signing")
    browser = house.browser("chu_tich")
    house.cast.now += timedelta(minutes=61)
    assert browser.http.get("/viec").status_code == 401
    browser = house.browser("chu_tich")
    for _ in range(13):
        house.cast.now += timedelta(minutes=59)
        answer = browser.http.get("/viec")
    assert answer.status_code == 401


def test_only_the_administrator_allows_codes_by_mail(stage: Stage) -> None:
    house = stage("signing")
    browser = house.browser("chu_tich")
    confirmed(browser)
    token = browser.get(HOME).form("/dang-xuat").filled()
    answer = browser.http.post(f"{HOME}/ma-qua-thu/{house.cast.office.id}", data=token | {"cho_phep": "co"})
    assert answer.status_code == 403
    assert "NOT_YOURS" in answer.text


def test_a_program_is_let_in_once_and_shut_out(stage: Stage) -> None:
    house = stage("signing")
    browser = house.browser("chu_tich")
    token = browser.get(HOME).form("/dang-xuat").filled()
    answer = browser.http.post(f"{HOME}/chuong-trinh", data={**token, "ten_ma": "máy tính", "so_ngay_hieu_luc": "30"})
    assert "CONFIRM_AGAIN" in answer.text
    page = confirmed(browser)
    for days in ("366", "0", "x", "²"):
        fields = {"ten_ma": "máy tính", "so_ngay_hieu_luc": days}
        page = browser.submit(page, f"{HOME}/chuong-trinh", fields, status=422)
    made = browser.submit(page, f"{HOME}/chuong-trinh", {"ten_ma": "máy tính", "so_ngay_hieu_luc": "30"})
    (secret,) = re.findall(r"kh_[^<\s]+", made.html)
    headers = {"authorization": f"Bearer {secret}"}
    assert browser.http.get("/api/v1/me/tasks", headers=headers).json()["tasks"]
    page = browser.get(HOME)
    assert secret not in page.html
    assert "máy tính" in page.text
    (end,) = [each.action for each in page.forms if each.action.endswith("/thu-hoi")]
    stranger = house.browser("van_thu")
    token = stranger.get(HOME).form("/dang-xuat").filled()
    assert stranger.http.post(end, data=token).status_code == 404
    browser.submit(page, end)
    assert browser.http.get("/api/v1/me/tasks", headers=headers).status_code == 401


def test_signing_out_everywhere_shuts_programs_out(stage: Stage) -> None:
    house = stage("signing")
    browser = house.browser("chu_tich")
    made = browser.submit(confirmed(browser), f"{HOME}/chuong-trinh", {"ten_ma": "máy tính", "so_ngay_hieu_luc": "30"})
    (secret,) = re.findall(r"kh_[^<\s]+", made.html)
    browser.submit(browser.get(HOME), f"{HOME}/thoat-het")
    assert browser.http.get("/api/v1/me/tasks", headers={"authorization": f"Bearer {secret}"}).status_code == 401
