"""The personal calendar: made, read by a program, unchanged ones cheap, taken back at once."""

from __future__ import annotations

from datetime import timedelta

from icalendar import Calendar

from tests.pages.conftest import House, Stage
from tests.pages.page_client import Browser
from workflows.store import secret_addresses


def made(house: House, browser: Browser) -> str:
    page = browser.submit(browser.get("/toi/thong-bao"), "/toi/thong-bao/lich", {"nhan": "Điện thoại"})
    return next(word for word in page.text.split() if "/lich/" in word).removeprefix("http://testserver")


def test_the_feed_holds_own_dates_and_no_names(stage: Stage) -> None:
    house = stage("consulting")
    browser = house.browser("thu_truong", house.cast.office.drafting_unit_id)
    address = made(house, browser)
    answer = Browser(house.app).http.get(address)
    assert answer.status_code == 200 and answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["referrer-policy"] == "no-referrer"
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert any("lấy ý kiến vòng 1" in str(each["summary"]) for each in events)
    with house.cast.database.read() as connection:
        people = [row[0] for row in connection.exec_driver_sql("SELECT name FROM people")]
    assert not [name for name in people if name in answer.text]


def test_the_page_warns_that_calendars_reload_slowly_and_no_reminder_rests_on_them(stage: Stage) -> None:
    page = stage("drafting").browser("chu_tich").get("/toi/thong-bao")
    assert "sau 8 đến 24 giờ" in page.text and "Thư nhắc việc không dựa vào lịch này" in page.text


def test_a_task_is_in_it_until_it_is_done_and_the_tag_follows(stage: Stage) -> None:
    house = stage("drafting")
    browser = house.browser("thu_truong", house.cast.office.drafting_unit_id)
    address = made(house, browser)
    reader = Browser(house.app).http
    first = reader.get(address)
    (event,) = Calendar.from_ical(first.content).walk("VEVENT")
    (task,) = house.cast.open("soan_thao")
    assert task.due is not None
    assert event["uid"] == f"viec-{task.id}@testserver"
    assert event["dtstart"].dt == (task.due + timedelta(hours=7)).date()
    tag = {"if-none-match": first.headers["etag"]}
    assert reader.get(address, headers=tag).status_code == 304
    house.cast.act("soan_thao", {})
    second = reader.get(address, headers=tag)
    assert second.status_code == 200
    assert task.id not in {str(each["uid"]) for each in Calendar.from_ical(second.content).walk("VEVENT")}


def test_only_the_hash_is_kept_and_an_address_that_was_taken_back_is_dead(stage: Stage) -> None:
    house = stage("drafting")
    browser = house.browser("chu_tich")
    address = made(house, browser)
    token = address.removeprefix("/lich/").removesuffix(".ics")
    with house.cast.database.read() as connection:
        person = int(house.login("chu_tich").removeprefix("u"))
        (kept,) = secret_addresses.secret_addresses_of(connection, person, secret_addresses.CALENDAR)
    assert token not in repr(kept)
    assert Browser(house.app).http.get(address).status_code == 200
    page = browser.get("/toi/thong-bao")
    assert token not in page.html and "đọc lần cuối" in page.text
    browser.submit(page, f"/toi/thong-bao/lich/{kept.token_hash}/bo")
    assert Browser(house.app).http.get(address).status_code == 404
    assert Browser(house.app).http.get("/lich/khong-co.ics").status_code == 404


def test_five_addresses_are_enough(stage: Stage) -> None:
    house = stage("drafting")
    browser = house.browser("chu_tich")
    for _ in range(5):
        made(house, browser)
    refused = browser.submit(browser.get("/toi/thong-bao"), "/toi/thong-bao/lich", status=422)
    assert "nhiều nhất là 5" in refused.text
