"""Signing asks again, each time, for exactly this act; nothing goes round it and nobody is locked out by others."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest

from service.auth import code_apps, sessions
from service.auth.form_tokens import digest
from tests.pages.conftest import PASSWORD, House, Stage
from tests.pages.page_client import Browser, Page
from workflows.actions import Desk, act_on_task, complete_task, revise_plan, step_up_for_task
from workflows.actions.step_up import Act, act_of_delegation, is_stepped_up, keep_step_up, require_step_up, signing_act
from workflows.errors import Refused
from workflows.store import clockwork, keys_of_people
from workflows.store.screens.security import MAIL_CODES

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def with_app(house: House, role: str = "chu_tich") -> pyotp.TOTP:
    """The person has a code app; codes by mail are off."""
    with house.cast.database.write() as connection:
        person = int(house.cast.actor(role).person or 0)
        keys_of_people.begin_code_app(connection, house.app.state.web.seal, person, SECRET, house.cast.now)
        keys_of_people.confirm_code_app(connection, person, house.cast.now)
        clockwork.set_setting(connection, MAIL_CODES, False, now=house.cast.now, by=None)
    return pyotp.TOTP(SECRET)


def signing_page(house: House) -> tuple[Browser, str, Page]:
    browser = house.browser("chu_tich")
    address = house.task("trinh_ky")
    return browser, address, browser.get(address)


def test_a_code_of_the_app_signs_in_two_taps(stage: Stage) -> None:
    house = stage("signing")
    totp = with_app(house)
    browser, address, page = signing_page(house)
    done = browser.submit(page, address, {"ket_qua": "ky", "ma_ky": totp.at(house.cast.now)})
    assert done.h1 == "Ký ban hành: đã ký"


def test_a_code_counts_once_and_never_an_older_one(stage: Stage) -> None:
    house = stage("signing")
    totp = with_app(house)
    person = int(house.cast.actor("chu_tich").person or 0)
    now = house.cast.now
    with house.cast.database.write() as connection:
        app, seal = keys_of_people.code_app(connection, person), house.app.state.web.seal
        assert app is not None
        assert not code_apps.take_code(
            connection, house.app.state.web.seal, app, totp.at(now - timedelta(minutes=2)), now
        )
        assert code_apps.take_code(connection, seal, app, totp.at(now), now)
        assert not code_apps.take_code(connection, seal, app, totp.at(now), now)
        assert not code_apps.take_code(
            connection, house.app.state.web.seal, app, totp.at(now - timedelta(seconds=30)), now
        )
        assert code_apps.take_code(connection, seal, app, totp.at(now + timedelta(seconds=30)), now)


def test_a_recovery_code_signs_once(stage: Stage) -> None:
    house = stage("signing")
    with_app(house)
    person = int(house.cast.actor("chu_tich").person or 0)
    with house.cast.database.write() as connection:
        codes = code_apps.new_recovery_codes(connection, person, "chance", house.cast.now)
    assert len(set(codes)) == code_apps.RECOVERY_CODES
    browser, address, page = signing_page(house)
    done = browser.submit(page, address, {"ket_qua": "ky", "ma_ky": codes[3].lower()})
    assert done.h1 == "Ký ban hành: đã ký"
    with house.cast.database.write() as connection:
        assert not code_apps.take_recovery_code(connection, person, codes[3], house.cast.now)
        assert keys_of_people.recovery_codes_left(connection, person) == code_apps.RECOVERY_CODES - 1


def test_wrong_codes_make_wait_and_the_wait_ends(stage: Stage) -> None:
    house = stage("signing")
    totp = with_app(house)
    browser, address, page = signing_page(house)
    right = totp.at(house.cast.now)
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(5):
        browser.submit(page, address, {"ket_qua": "ky", "ma_ky": wrong}, status=422)
    browser.submit(page, address, {"ket_qua": "ky", "ma_ky": right}, status=429)
    house.cast.now += timedelta(minutes=20)
    page = browser.get(address)
    browser.submit(page, address, {"ket_qua": "ky", "ma_ky": totp.at(house.cast.now)})
    assert house.cast.waiting_at() == {"cap_so"}


def test_wrong_codes_elsewhere_make_nobody_wait_on_the_own_device(stage: Stage) -> None:
    """Somebody with the chairman's password fails elsewhere; the chairman signs on the phone that is known."""
    house = stage("signing")
    totp = with_app(house)
    thief, address, page = signing_page(house)
    for _ in range(6):
        answer = thief.http.post(address, data=page.form(address).filled() | {"ket_qua": "ky", "ma_ky": "000000"})
    assert answer.status_code == 429
    own = house.browser("chu_tich", remember=True)
    own.submit(own.get("/viec"), "/dang-xuat")
    own.sign_in(house.login("chu_tich"), PASSWORD)
    own.submit(own.get(address), address, {"ket_qua": "ky", "ma_ky": totp.at(house.cast.now)})
    assert house.cast.waiting_at() == {"cap_so"}


def test_a_mail_code_is_good_for_one_act_and_a_short_time(stage: Stage) -> None:
    house = stage("signing")
    browser, address, page = signing_page(house)
    code = house.sign_code(browser, page, address)
    house.cast.now += timedelta(minutes=11)
    assert "hết hạn" in browser.submit(browser.get(address), address, {"ket_qua": "ky", "ma_ky": code}, status=422).text
    for _ in range(5):
        page = browser.get(address)
        browser.http.post(address, data=page.form(address).filled() | {"xin_ma": "co"})
    assert browser.http.post(address, data=page.form(address).filled() | {"xin_ma": "co"}).status_code == 429


def test_without_any_way_the_page_says_where_to_get_one(stage: Stage) -> None:
    house = stage("signing")
    with house.cast.database.write() as connection:
        clockwork.set_setting(connection, MAIL_CODES, False, now=house.cast.now, by=None)
    browser, address, page = signing_page(house)
    assert "/toi/bao-mat" in page.links
    refused = browser.submit(page, address, {"ket_qua": "ky"}, status=422)
    assert "chưa có cách xác nhận" in refused.text
    answer = browser.http.post(address, data=page.form(address).filled() | {"xin_ma": "co"})
    assert answer.status_code == 422
    assert house.cast.waiting_at() == {"trinh_ky"}


def test_the_session_gets_a_new_cookie_and_open_tabs_go_on(stage: Stage) -> None:
    house = stage("signing")
    totp = with_app(house)
    browser, address, page = signing_page(house)
    old = browser.http.cookies["phien"]
    browser.submit(page, address, {"ket_qua": "ky", "ma_ky": totp.at(house.cast.now)})
    assert browser.http.cookies["phien"] != old
    thief = house.browser()
    thief.http.cookies.set("phien", old)
    house.cast.now += timedelta(minutes=1)
    assert thief.http.get("/viec").status_code == 401
    browser.get("/viec")


def test_pressed_twice_at_once_it_is_one_signature(stage: Stage) -> None:
    house = stage("signing")
    totp = with_app(house)
    browser, address, page = signing_page(house)
    sent = page.form(address).filled() | {"ket_qua": "ky", "ma_ky": totp.at(house.cast.now)}
    old = browser.http.cookies["phien"]
    first = browser.http.post(address, data=sent)
    browser.http.cookies.set("phien", old, domain="testserver.local", path="/")
    second = browser.http.post(address, data=sent)
    assert first.status_code == second.status_code == 303
    assert first.headers["location"] == second.headers["location"]


@pytest.mark.parametrize("channel", ["web", "link", "api", "worker", "command", "bulk"])
def test_no_verb_signs_without_a_proof_whatever_the_channel(stage: Stage, channel: str) -> None:
    house = stage("signing")
    (task,) = house.cast.open("trinh_ky")
    actor = house.cast.actor("chu_tich")
    by = type(actor)(**{name: getattr(actor, name) for name in actor.__slots__} | {"channel": channel})
    desk = Desk(house.cast.database, house.cast.now, by)
    with pytest.raises(Refused) as caught:
        act_on_task(desk, task.id, {"ket_qua": "ky"}, seen_hash=house.cast.seen_hash())
    assert caught.value.code == "STEP_UP_NEEDED"
    with pytest.raises(Refused) as caught:
        complete_task(desk, task.id, {"ket_qua": "ky"})
    assert caught.value.code == "FORM_REQUIRED"
    assert house.cast.waiting_at() == {"trinh_ky"}


def test_a_proof_is_for_one_task_one_version_one_capacity_one_person_once(stage: Stage) -> None:
    house = stage("signing")
    (task,) = house.cast.open("trinh_ky")
    desk, other = house.cast.desk("chu_tich"), house.cast.desk("van_thu")
    with desk.open() as work:
        act = signing_act(work, task)
        assert act is not None
        near = [
            Act("ky_bao_cao", act.subject, act.content, act.capacity),
            Act(act.kind, "999-1", act.content, act.capacity),
            Act(act.kind, act.subject, "0" * 64, act.capacity),
            Act(act.kind, act.subject, act.content, "KT./7"),
            act_of_delegation(1, 2, "chu_tich"),
        ]
        keep_step_up(work, act, "app")
        assert not any(is_stepped_up(work, each) for each in near)
    with other.open() as work:
        assert not is_stepped_up(work, act)
    later = Desk(desk.database, desk.now + timedelta(minutes=6), desk.by)
    with later.open() as work:
        assert not is_stepped_up(work, act)
    with desk.open() as work:
        require_step_up(work, act)
    with desk.open() as work, pytest.raises(Refused):
        require_step_up(work, act)


def test_who_holds_another_session_of_the_signer_gains_nothing_by_a_proof(stage: Stage) -> None:
    """The chairman proved it and the signature failed: a stolen cookie of another browser signs nothing with that."""
    house = stage("signing")
    with_app(house)
    own, address, _ = signing_page(house)
    thief = house.browser("chu_tich")
    (task,) = house.cast.open("trinh_ky")
    step_up_for_task(house.cast.desk("chu_tich"), task, "app")  # in no session at all
    with house.cast.database.read() as connection:
        known = sessions.find_session(
            connection, own.http.cookies["phien"], house.cast.now, house.app.state.web.settings
        )
    assert known is not None
    by = replace(house.cast.actor("chu_tich"), session=digest(f"proof:{known.form_token}"))
    step_up_for_task(Desk(house.cast.database, house.cast.now, by), task, "app")
    assert "mã" in thief.submit(thief.get(address), address, {"ket_qua": "ky"}, status=422).text
    assert house.cast.waiting_at() == {"trinh_ky"}
    assert own.submit(own.get(address), address, {"ket_qua": "ky"}).h1 == "Ký ban hành: đã ký"


def test_a_code_by_mail_is_typed_where_it_was_asked_for(stage: Stage) -> None:
    house = stage("signing")
    own, address, page = signing_page(house)
    code = house.sign_code(own, page, address)
    thief = house.browser("chu_tich")
    thief.submit(thief.get(address), address, {"ket_qua": "ky", "ma_ky": code}, status=422)
    assert house.cast.waiting_at() == {"trinh_ky"}
    own.submit(own.get(address), address, {"ket_qua": "ky", "ma_ky": code})
    assert house.cast.waiting_at() == {"cap_so"}


def test_a_proof_for_the_old_text_does_not_sign_the_new_one(stage: Stage) -> None:
    house = stage("signing")
    (task,) = house.cast.open("trinh_ky")
    desk = house.cast.desk("chu_tich")
    step_up_for_task(desk, task, "app")
    changed = house.cast.text.replace("Hàng năm", "Hằng năm", 1)
    revise_plan(house.cast.drafter(), house.cast.plan_id, changed, "Sửa chữ", seen_version=1)
    with pytest.raises(Refused) as caught:
        act_on_task(desk, task.id, {"ket_qua": "ky"}, seen_hash=house.cast.seen_hash())
    assert caught.value.code in ("STEP_UP_NEEDED", "NOT_CHECKED")
