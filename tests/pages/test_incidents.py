"""/su-co: an administrator sees what failed and where, tries it again, or closes it with a reason."""

from __future__ import annotations

from tests.actions.small_office import stored
from tests.pages.administrators import administrator, break_job, troubled_case
from tests.pages.conftest import Stage
from workflows.store.tables.worklist import incidents


def address(case: int, house_incidents: list[object], what: str) -> str:
    (row,) = house_incidents
    return f"/su-co/{case}/{row.incident_id}/{what}"  # type: ignore[attr-defined]


def test_the_page_is_for_administrators_alone(stage: Stage) -> None:
    house = stage("empty")
    troubled_case(house)
    clerk = house.browser("van_thu")
    assert "/su-co" not in clerk.get("/viec").links
    clerk.get("/su-co", status=403)
    clerk.get("/ho-so/1", status=403)
    assert "/su-co" in administrator(house).get("/viec").links


def test_an_incident_says_what_where_and_since_when(stage: Stage) -> None:
    house = stage("empty")
    browser = administrator(house)
    assert "Không có sự cố nào đang mở." in browser.get("/su-co").text
    case = troubled_case(house)
    page = browser.get("/su-co")
    for said in ("Gửi tin & báo", "tổng đài không trả lời", "tin:7", "JOB_FAILED", "phiên bản 1", "18/07/2022"):
        assert said in page.text
    assert {f"/ho-so/{case}", "/quy-trinh/gui_tin/1"} <= set(page.links)


def test_whoever_keeps_the_process_has_it_in_the_inbox_until_it_is_dealt_with(stage: Stage) -> None:
    house = stage("empty")
    case = troubled_case(house)
    (row,) = stored(house.cast.database, incidents)
    browser = administrator(house)
    page = browser.get("/viec")
    assert "Sự cố chờ đồng chí (1)" in page.text and "tổng đài không trả lời" in page.text
    assert f"/su-co#su-co-{case}-{row.incident_id}" in page.links
    assert "Sự cố chờ" not in house.browser("van_thu").get("/viec").text
    browser.submit(browser.get("/su-co"), address(case, [row], "giai-quyet"), {"ly_do": "Đã gọi điện thay"})
    assert "Sự cố chờ" not in browser.get("/viec").text


def test_it_is_tried_again(stage: Stage) -> None:
    house = stage("empty")
    browser, case = administrator(house), troubled_case(house)
    again = address(case, stored(house.cast.database, incidents), "thu-lai")
    page = browser.submit(browser.get("/su-co"), again)
    assert "Đã thử lại." in page.text
    assert stored(house.cast.database, incidents) == []
    break_job(house, case)
    assert "tổng đài không trả lời" in browser.get("/su-co").text


def test_what_is_no_more_there_is_said_so(stage: Stage) -> None:
    house = stage("empty")
    browser, case = administrator(house), troubled_case(house)
    again = address(case, stored(house.cast.database, incidents), "thu-lai")
    page = browser.get("/su-co")
    browser.submit(page, again)
    assert "không còn chờ xử lý" in browser.submit(page, again, status=409).text


def test_it_is_closed_with_a_reason(stage: Stage) -> None:
    house = stage("empty")
    browser, case = administrator(house), troubled_case(house)
    close = address(case, stored(house.cast.database, incidents), "giai-quyet")
    page = browser.submit(browser.get("/su-co"), close, {"ly_do": " "}, status=422)
    assert "Hãy ghi lý do" in page.text
    assert stored(house.cast.database, incidents)
    assert "Đã đóng sự cố" in browser.submit(page, close, {"ly_do": "gửi tay rồi"}).text
    assert stored(house.cast.database, incidents) == []


def test_incidents_of_another_office_are_not_shown(stage: Stage) -> None:
    house = stage("empty")
    browser, case = administrator(house), troubled_case(house)
    with house.cast.database.write() as connection:
        connection.exec_driver_sql(f"UPDATE cases SET office_id = {house.cast.office.id + 1} WHERE id = {case}")
    assert "Không có sự cố nào đang mở." in browser.get("/su-co").text
    browser.get(f"/ho-so/{case}", status=403)
