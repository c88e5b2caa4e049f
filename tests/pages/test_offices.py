"""The table of offices and one of them: filtered, by pages, as a file; suspended with a reason, and going on again."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import quote

import pytest

from tests.actions.founding_file import at, found, row
from tests.pages.administrators import administrator
from tests.pages.conftest import PASSWORD, House, Stage
from tests.pages.page_client import Browser
from tests.pages.test_operations import keep_here
from workflows.actions.api_tokens import Scopes, create_token
from workflows.actions.designing.keepers import PROCESS_OFFICE
from workflows.actions.suspend_office import suspend_office
from workflows.store import clockwork, consultation, directory
from workflows.store.local_days import local_day
from workflows.store.screens.holding import held_by
from workflows.store.tables.directory import bodies
from workflows.store.worklist import open_tasks_of

PAGE = "/van-hanh/co-quan"
REASON = "Sáp nhập vào xã bên cạnh"
ASK = "Sở Nội vụ, 0900 000 000"


@pytest.fixture
def house(stage: Stage) -> House:
    """A commune at the signature of its plan, in a house that another office keeps."""
    house = stage("signing")
    with house.cast.database.write() as connection:
        keeper = directory.add_body(connection, kind="office", name="Sở Nội vụ")
        clockwork.set_setting(connection, PROCESS_OFFICE, str(keeper), now=house.cast.now, by=None)
        directory.add_post(connection, keeper, "quan_tri", "Quản trị hệ thống")
    return house


def operator(house: House) -> Browser:
    """Who administers the office that keeps the house; the commune has an administrator, too."""
    browser = administrator(house)
    with house.cast.database.write() as connection:
        (keeper,) = [each for each in directory.offices(connection) if each.name == "Sở Nội vụ"]
        (post, *_) = directory.posts_of(connection, keeper.id)
        person = next(int(each) for each, login in house.logins.items() if login == "quantri")
        directory.hold(connection, post.id, person)
    return browser


def suspend(house: House, browser: Browser, **typed: str) -> None:
    """Suspend the commune by its page."""
    path = f"{PAGE}/{house.cast.office.id}"
    sent = {"ly_do": REASON, "lien_he": ASK, **typed}
    page = browser.submit(browser.get(path), f"{path}/tam-ngung", sent)
    assert "Đã tạm ngừng" in page.text


def test_offices_are_found_ordered_paged_and_taken_away(house: House) -> None:
    browser = operator(house)
    found(at(house.cast), *(row(f"UBND xã Số {number:02}") for number in range(60)))
    page = browser.get(PAGE)
    assert page.text.count("UBND xã Số") < 60
    (following,) = [each for each in page.links if "sau=" in each]
    rest = browser.get(following)
    seen = [each for each in (*page.links, *rest.links) if re.fullmatch(rf"{PAGE}/\d+", each)]
    assert len(seen) == len(set(seen))
    with house.cast.database.read() as connection:
        assert {int(each.rsplit("/", 1)[-1]) for each in seen} == {each.id for each in directory.offices(connection)}
    only = browser.get(f"{PAGE}?tim={quote('số 07')}")
    assert "UBND xã Số 07" in only.text
    assert "UBND xã Số 08" not in only.text
    assert "Không có cơ quan nào" in browser.get(f"{PAGE}?loc=tam_ngung").text
    browser.get(f"{PAGE}?sau=khong-phai-cho", status=422)
    csv = browser.http.get(f"{PAGE}/tai-ve?dang=csv&loc=chua_vao").content.decode("utf-8-sig")
    assert "UBND xã Số 59" in csv
    assert browser.http.get(f"{PAGE}/tai-ve").content.startswith(b"PK")
    assert "Xem các cơ quan" in browser.get("/van-hanh").text


def test_whoever_does_not_keep_the_house_sees_none_of_it(house: House) -> None:
    house.browser("van_thu").get(PAGE, status=403)
    administrator(house).get(PAGE, status=403)


def test_its_people_are_told_whom_to_ask_and_come_back_when_it_goes_on(house: House) -> None:
    browser, clerk = operator(house), house.browser("van_thu")
    clerk.get("/viec")
    suspend(house, browser)
    assert "Đăng nhập" in clerk.get("/viec", status=401).text
    guest = Browser(house.app)
    typed = {"ten_dang_nhap": house.login("van_thu"), "mat_khau": PASSWORD}
    refused = guest.submit(guest.get("/dang-nhap"), "/dang-nhap", typed, status=422)
    assert "đang tạm ngừng trên hệ thống từ" in refused.text
    assert f"hãy hỏi {ASK}" in refused.text
    assert "Tạm ngừng" in browser.get(f"{PAGE}?loc=tam_ngung").text
    path = f"{PAGE}/{house.cast.office.id}"
    browser.submit(browser.get(path), f"{path}/hoat-dong-lai", {"ly_do": "ngắn"}, status=422)
    page = browser.submit(browser.get(path), f"{path}/hoat-dong-lai", {"ly_do": "Sáp nhập đã xong rồi"})
    assert "Đã cho hoạt động lại" in page.text
    assert REASON in page.text
    house.browser("van_thu").get("/viec")


def test_a_link_in_a_letter_says_so_and_counts_again_afterwards(house: House) -> None:
    house.letters()
    found_ones = [re.search(r"http://\S+?(/x/\S+)", each.text) for each in house.cast.channel.letters]
    path = next(each[1] for each in found_ones if each)
    browser = operator(house)
    before = Browser(house.app).http.get(path).status_code
    suspend(house, browser)
    assert "đang tạm ngừng" in Browser(house.app).get(path, status=410).text
    office = f"{PAGE}/{house.cast.office.id}"
    browser.submit(browser.get(office), f"{office}/hoat-dong-lai", {"ly_do": "Sáp nhập đã xong rồi"})
    assert Browser(house.app).http.get(path).status_code == before


def test_a_token_of_the_office_opens_nothing_meanwhile(house: House) -> None:
    browser = operator(house)
    secret = "k" * 43
    scopes = Scopes(admin=True)
    create_token(house.cast.clock, "Máy", secret, scopes, office_id=house.cast.office.id, lasts=timedelta(days=9))
    bearer = {"authorization": f"Bearer {secret}"}
    asked = "/api/v1/incidents"
    assert browser.http.get(asked, headers=bearer).status_code == 200
    suspend(house, browser)
    assert browser.http.get(asked, headers=bearer).status_code == 401


def test_what_is_left_out_is_said_at_its_field(house: House) -> None:
    browser = operator(house)
    path = f"{PAGE}/{house.cast.office.id}"
    page = browser.submit(browser.get(path), f"{path}/tam-ngung", {"ly_do": REASON, "lien_he": ""}, status=422)
    assert REASON in page.html


def test_others_see_that_whoever_they_wait_for_is_suspended(stage: Stage) -> None:
    house = stage("consulting")
    keep_here(house)
    with house.cast.database.write() as connection:
        round_ = consultation.latest_round(connection, house.cast.plan_id)
        assert round_ is not None
        asked = consultation.opinions_of(connection, round_.id)[0].body_id
        other = directory.add_body(connection, kind="office", name="UBND xã Khác")
        connection.execute(bodies.update().where(bodies.c.id == asked).values(office_id=other))
    clerk = house.browser("van_thu")
    tab = f"{house.plan}/y-kien"
    assert "Tạm ngừng" not in clerk.get(tab).text
    suspend_office(at(house.cast), other, REASON, ASK)
    for page in (tab, f"{tab}/1"):
        assert "Tạm ngừng" in clerk.get(page).text, page
    with house.cast.database.read() as connection:
        waiting = open_tasks_of(connection, plan_id=house.cast.plan_id)
        held = held_by(connection, waiting, local_day(house.cast.now))
    assert sorted({each.idle for each in held.values()}) == [False, True]
