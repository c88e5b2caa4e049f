"""What an attacker who has a link, or guesses one, tries; each of it changes nothing and says little."""

from __future__ import annotations

import logging
import re
from datetime import timedelta

import pytest

from notifications.links import make_link
from service.auth.form_tokens import FIELD, token_of_link
from service.web import LINKS
from tests.pages.conftest import PASSWORD, House, Stage
from tests.pages.test_link import TOKEN, code_of, link_for
from workflows.actions import claim_task, revise_plan
from workflows.store import directory, plans
from workflows.store.tables.directory import accounts as account_rows
from workflows.store.tables.telling import action_links

OTHER = "otherToken0123456789abcdefgh"


def person_of(house: House, role: str, body_id: int | None = None) -> int:
    return int(house.cast.actor(role, body_id).person or 0)


def second_link(house: House, element: str, person_id: int) -> str:
    """Another link to the same step, for another person."""
    task = house.cast.open(element)[0]
    with house.cast.database.write() as connection:
        version = plans.current_version(connection, house.cast.plan_id)
        return make_link(
            connection,
            token=OTHER,
            now=house.cast.now,
            task_id=task.id,
            version=version.version,
            content_hash=version.content_hash,
            person_id=person_id,
        )


def test_another_person_learns_no_name_and_does_nothing(stage: Stage) -> None:
    house = stage("signing")
    path = link_for(house, "trinh_ky")
    chairman = house.cast.actor("chu_tich").name
    browser = house.browser("van_thu")
    page = browser.get(path, status=403)
    assert chairman not in page.text
    assert "@" not in page.text
    sent = {FIELD: token_of_link(TOKEN), "ket_qua": "tra_lai", "tra_ve": "soan_thao", "ly_do": "Lý do bịa đặt ra"}
    assert browser.http.post(path, data=sent).status_code == 403
    assert house.cast.waiting_at() == {"trinh_ky"}


def test_who_is_signed_in_counts_before_whose_device_it_was(stage: Stage) -> None:
    """The chairman's device cookie in a browser where the clerk is signed in now: the clerk is not the chairman."""
    house = stage("checking")
    path = link_for(house, "kiem_tra_the_thuc")
    browser = house.browser("the_thuc", remember=True)
    browser.submit(browser.get("/viec"), "/dang-xuat")
    browser.sign_in(house.login("van_thu"), PASSWORD)
    browser.get(path, status=403)
    sent = {FIELD: token_of_link(TOKEN), "ket_qua": "dat", "da_xem": house.cast.seen_hash()}
    assert browser.http.post(path, data=sent).status_code == 403
    assert house.cast.waiting_at() == {"kiem_tra_the_thuc"}


def test_a_device_of_somebody_who_left_or_was_shut_out_opens_nothing(stage: Stage) -> None:
    house = stage("checking")
    path = link_for(house, "kiem_tra_the_thuc")
    browser = house.browser("the_thuc", remember=True)
    browser.submit(browser.get("/viec"), "/dang-xuat")
    with house.cast.database.write() as connection:
        connection.execute(
            account_rows.update()
            .where(account_rows.c.person_id == person_of(house, "the_thuc"))
            .values(disabled_at=house.cast.now)
        )
    assert browser.http.get(path).status_code == 200
    sent = {FIELD: token_of_link(TOKEN), "ket_qua": "dat", "da_xem": house.cast.seen_hash()}
    browser.http.post(path, data=sent)
    assert house.cast.waiting_at() == {"kiem_tra_the_thuc"}


def test_a_used_link_tells_a_stranger_nothing_of_who_decided(stage: Stage) -> None:
    house = stage("checking")
    path = link_for(house, "kiem_tra_the_thuc")
    officer = house.cast.actor("the_thuc").name
    house.cast.act("kiem_tra_the_thuc", {"ket_qua": "dat"})
    for address in (path, f"{path}/ket-qua"):
        page = house.browser().get(address, status=410)
        assert officer not in page.text


def test_replayed_and_in_two_tabs_it_is_one_decision(stage: Stage) -> None:
    house = stage("checking")
    path = link_for(house, "kiem_tra_the_thuc")
    browser = house.browser("the_thuc")
    one, two = browser.get(path), browser.get(path)
    first = browser.submit(one, path, {"ket_qua": "dat"})
    again = browser.submit(two, path, {"ket_qua": "tra_lai", "ly_do": "Đổi ý sau khi đã gửi đi"})
    assert again.h1 == first.h1
    assert house.cast.waiting_at() == {"lay_y_kien"}


def test_a_link_to_an_old_version_is_dead_and_a_new_one_is_on_its_way(stage: Stage) -> None:
    house = stage("signing")
    path = link_for(house, "trinh_ky")
    browser = house.browser("chu_tich")
    page = browser.get(path)
    changed = house.cast.text.replace("Hàng năm", "Hằng năm", 1)
    revise_plan(house.cast.drafter(), house.cast.plan_id, changed, "Sửa chữ", seen_version=1)
    assert "phiên bản mới" in browser.get(path, status=410).text
    assert browser.http.post(path, data=page.form(path).filled() | {"ket_qua": "ky"}).status_code == 410
    # The text goes back to what it was: a version is more than its words.
    revise_plan(house.cast.drafter(), house.cast.plan_id, house.cast.text, "Sửa lại", seen_version=2)
    browser.get(path, status=410)
    house.letters()
    fresh = [each for each in house.cast.channel.letters if each.subject.startswith("[Liên kết mới")]
    assert fresh
    assert house.cast.waiting_at() == {"trinh_ky"}


def test_claimed_by_another_the_first_link_is_dead(stage: Stage) -> None:
    house = stage("signing")
    with house.cast.database.write() as connection:
        post = directory.add_post(connection, house.cast.office.id, "chu_tich", "CHỦ TỊCH", rank=1)
        other = directory.add_person(connection, "Người Thứ Hai", "hai@example.vn")
        directory.hold(connection, post, other)
    path = link_for(house, "trinh_ky")
    (task,) = house.cast.open("trinh_ky")
    claim_task(house.cast.desk("chu_tich", nth=1), task.id)
    browser = house.browser("chu_tich")
    browser.get(path, status=410)
    assert browser.http.post(path, data={FIELD: token_of_link(TOKEN), "ket_qua": "ky"}).status_code == 410


def test_guessing_tokens_is_slowed_down_and_the_right_link_still_opens(stage: Stage) -> None:
    house = stage("checking")
    path = link_for(house, "kiem_tra_the_thuc")
    browser = house.browser()
    answers = [browser.http.get(f"/x/{number:030d}").status_code for number in range(LINKS + 5)]
    assert answers[0] == 404
    assert answers[-1] == 429
    assert browser.http.get(path).status_code == 200
    house.cast.now += timedelta(minutes=11)
    assert browser.http.get(f"/x/{'g' * 30}").status_code == 404


def test_guessed_codes_lock_the_code_and_never_the_body(stage: Stage) -> None:
    house = stage("consulting")
    path = link_for(house, "lay_y_kien", body=True)
    attacker, owner = house.browser(), house.browser()
    page = attacker.get(path)
    attacker.submit(page, f"{path}/gui-ma")
    first = code_of(house)
    for guess in range(8):
        wrong = f"{(int(first) + 1 + guess) % 1_000_000:06d}"
        attacker.submit(page, path, {"ket_qua": "khong_nhat_tri", "noi_dung": "Bịa", "ma": wrong}, status=422)
    attacker.submit(page, path, {"ket_qua": "khong_nhat_tri", "noi_dung": "Bịa", "ma": first}, status=422)
    for _ in range(6):
        attacker.http.post(f"{path}/gui-ma", data=page.form(f"{path}/gui-ma").filled())
    # An hour later nobody is locked out: the body gets its code and answers.
    house.cast.now += timedelta(hours=1, minutes=1)
    page = owner.get(path)
    owner.submit(page, f"{path}/gui-ma")
    done = owner.submit(page, path, {"ket_qua": "nhat_tri", "ho_ten": "Trần Thị Hoa", "ma": code_of(house)})
    assert "nhất trí" in done.h1


def test_the_token_leaves_no_trace_in_referrers_caches_and_logs(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    house = stage("checking")
    path = link_for(house, "kiem_tra_the_thuc")
    caplog.set_level(logging.INFO, logger="kehoach")
    caplog.set_level(logging.INFO, logger="service")
    for browser in (house.browser(), house.browser("van_thu"), house.browser("the_thuc")):
        for address in (path, f"{path}/ket-qua"):
            answer = browser.http.get(address)
            assert answer.headers["referrer-policy"] == "no-referrer"
            assert answer.headers["cache-control"] == "no-store"
            assert not re.findall(r'(?:src|href)="https?://(?!testserver)', answer.text)
    assert TOKEN not in caplog.text


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "/%5Cevil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/\n/evil.example",
        "/\r\nSet-Cookie: a=b",
        " //evil.example",
        "///evil.example",
        "/.//evil.example",
        "http:evil.example",
    ],
)
def test_after_signing_in_nobody_lands_elsewhere(stage: Stage, wanted: str) -> None:
    house = stage("checking")
    browser = house.browser()
    page = browser.get("/dang-nhap")
    sent = page.form("/dang-nhap").filled() | {"ten_dang_nhap": house.login("van_thu"), "mat_khau": PASSWORD}
    answer = browser.http.post("/dang-nhap", data=sent | {"tiep_tuc": wanted})
    assert answer.status_code == 303
    where = answer.headers["location"]
    assert where.startswith("/")
    assert not re.match(r"/[\\/\s]|/%5c", where, re.IGNORECASE), where
    assert "set-cookie" not in where.lower() or "\n" not in where
    assert browser.http.get("/dang-nhap", params={"tiep_tuc": wanted}).headers["location"].startswith("/")


@pytest.mark.parametrize("host", ["evil.example", "testserver:80@evil.example", "evil.example:8800"])
def test_letters_and_redirects_never_follow_the_host_header(stage: Stage, host: str) -> None:
    house = stage("checking")
    path = link_for(house, "kiem_tra_the_thuc")
    house.cast.now += timedelta(days=30)
    browser = house.browser()
    page = browser.get(path, status=410)
    headers = {"host": host, "x-forwarded-host": host, "forwarded": f"host={host}"}
    sent = page.form(f"{path}/gui-lai").filled()
    assert browser.http.post(f"{path}/gui-lai", data=sent, headers=headers).status_code == 200
    house.letters()
    assert all(host not in letter.text + letter.html for letter in house.cast.channel.letters)
    for address in ("/", "/viec", "/viec/", "/ke-hoach/", path + "/"):
        answer = browser.http.get(address, headers=headers)
        assert "evil.example" not in answer.headers.get("location", ""), address
        assert "evil.example" not in answer.text


def test_a_session_cookie_that_somebody_planted_is_not_taken_over(stage: Stage) -> None:
    house = stage("checking")
    browser = house.browser()
    browser.http.cookies.set("phien", "planted-by-an-attacker-0123456789", domain="testserver.local", path="/")
    browser.sign_in(house.login("van_thu"), PASSWORD)
    assert browser.http.cookies["phien"] != "planted-by-an-attacker-0123456789"
    attacker = house.browser()
    attacker.http.cookies.set("phien", "planted-by-an-attacker-0123456789")
    assert attacker.http.get("/viec").status_code == 401


def test_a_form_token_of_another_session_or_link_does_not_count(stage: Stage) -> None:
    house = stage("checking")
    path = link_for(house, "kiem_tra_the_thuc")
    browser, other = house.browser("the_thuc"), house.browser("van_thu")
    for token in (
        other.get("/viec").form("/dang-xuat").filled()[FIELD],
        browser.get("/viec").form("/dang-xuat").filled()[FIELD],
        token_of_link(OTHER),
        "",
    ):
        answer = browser.http.post(path, data={FIELD: token, "ket_qua": "dat", "da_xem": house.cast.seen_hash()})
        assert answer.status_code == 403
    assert house.cast.waiting_at() == {"kiem_tra_the_thuc"}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
def test_other_methods_and_overrides_are_no_posts(stage: Stage, method: str) -> None:
    house = stage("checking")
    path = link_for(house, "kiem_tra_the_thuc")
    browser = house.browser("the_thuc")
    sent = browser.get(path).form(path).filled() | {"ket_qua": "dat"}
    assert browser.http.request(method, path, data=sent).status_code == 405
    answer = browser.http.get(path, params=sent | {"_method": "POST"}, headers={"x-http-method-override": "POST"})
    assert answer.status_code == 200
    assert house.cast.waiting_at() == {"kiem_tra_the_thuc"}


def test_fields_sent_twice_and_fields_of_other_tasks_change_no_other_task(stage: Stage) -> None:
    house = stage("checking")
    path = link_for(house, "kiem_tra_the_thuc")
    browser = house.browser("the_thuc")
    sent = browser.get(path).form(path).filled()
    pairs = [(FIELD, sent[FIELD]), ("da_xem", sent["da_xem"]), ("task_id", "1-1"), ("task_id", "999-1")]
    pairs += [
        ("ket_qua", "dat"),
        ("ket_qua", "phe_duyet_luon"),
        ("nguoi", "1"),
        ("assignee", "1"),
        ("link_token", OTHER),
    ]
    body = "&".join(f"{name}={value}" for name, value in pairs)
    headers = {"content-type": "application/x-www-form-urlencoded"}
    assert browser.http.post(path, content=body, headers=headers).status_code == 422
    assert house.cast.waiting_at() == {"kiem_tra_the_thuc"}


IDS = [
    "0",
    "-1",
    "9" * 19,
    "9" * 40,
    "1e3",
    "0x1",
    "１",
    "١",
    "1_0",
    "+1",
    " 1",
    "1%00",
    "%00",
    "1;2",
    "1%2f2",
    "..%2f1",
    "null",
]


@pytest.mark.parametrize("odd", IDS)
def test_odd_ids_are_no_pages_and_no_failures(stage: Stage, odd: str) -> None:
    house = stage("checking")
    browser = house.browser("chu_tich")
    for address in (
        f"/ke-hoach/{odd}",
        f"/viec/{odd}",
        f"/viec/1-{odd}",
        f"/x/{odd}",
        f"/so-van-ban/{odd}",
        f"/case/{odd}",
    ):
        answer = browser.http.get(address)
        assert answer.status_code in (303, 307, 400, 404, 405, 410, 422, 429), (address, answer.status_code)
        assert "Traceback" not in answer.text


@pytest.mark.parametrize("name", ["tim", "trang", "don_vi", "nam"])
@pytest.mark.parametrize("odd", ["%00", "9" * 30, "-1", "'; DROP TABLE plans; --", "%F0%9F%98%80", "%C3%28"])
def test_odd_words_in_the_address_are_no_failures(stage: Stage, name: str, odd: str) -> None:
    house = stage("in_force")
    browser = house.browser("van_thu")
    for address in ("/ke-hoach", "/so-van-ban", "/viec", "/so-van-ban-den", "/bao-cao"):
        assert browser.http.get(f"{address}?{name}={odd}").status_code < 500, address


@pytest.mark.parametrize(
    "address",
    [
        "/static/../settings.py",
        "/static/%2e%2e/settings.py",
        "/static/..%2fsettings.py",
        "//evil.example/viec",
        "/./viec",
    ],
)
def test_paths_lead_nowhere_else(stage: Stage, address: str) -> None:
    answer = stage("checking").browser().http.get(f"http://testserver{address}")
    assert "evil.example" not in answer.headers.get("location", "")
    assert "KEHOACH_" not in answer.text
    assert answer.status_code < 500


def test_only_hashes_of_tokens_are_kept_and_addresses_are_short(stage: Stage) -> None:
    house = stage("checking")
    path = link_for(house, "kiem_tra_the_thuc")
    assert len(house.app.state.web.settings.base_url + path) <= 200
    with house.cast.database.read() as connection:
        assert TOKEN not in str(connection.execute(action_links.select()).all())
