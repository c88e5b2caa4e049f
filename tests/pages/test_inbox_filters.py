"""Filters that a person keeps under a name, pages of a long list, and what a page that is open asks for."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from tests.pages.conftest import House, Stage
from workflows.store import own_desk
from workflows.store.screens import inbox, inbox_lists


def saved(house: House, role: str, body_id: int) -> list[own_desk.SavedFilter]:
    with house.cast.database.read() as connection:
        return own_desk.filters_of(connection, int(house.login(role, body_id).removeprefix("u")), "viec")


def test_a_filter_is_kept_used_and_dropped_and_everything_stays(stage: Stage) -> None:
    house = stage("drafting")
    unit = house.cast.office.drafting_unit_id
    browser = house.browser("thu_truong", unit)
    page = browser.get("/viec?buoc=soan_thao&han=tuan")
    page = browser.submit(page, "/viec/bo-loc", {"ten_bo_loc": "Soạn   trong tuần"})
    assert "Đã lưu bộ lọc" in page.text
    assert "/viec?buoc=soan_thao&han=tuan" in page.links and "Tất cả" in page.text
    (kept,) = saved(house, "thu_truong", unit)
    assert (kept.name, kept.query) == ("Soạn trong tuần", "buoc=soan_thao&han=tuan")
    assert not saved(house, "can_bo", unit)
    page = browser.get("/viec?buoc=soan_thao&han=tre")
    browser.submit(page, "/viec/bo-loc", {"ten_bo_loc": "Soạn trong tuần"})
    assert [each.query for each in saved(house, "thu_truong", unit)] == ["buoc=soan_thao&han=tre"]
    page = browser.get("/viec?buoc=soan_thao&han=tre")
    browser.submit(page, f"/viec/bo-loc/{saved(house, 'thu_truong', unit)[0].id}/bo")
    assert not saved(house, "thu_truong", unit)
    assert "Xóa bộ lọc đã lưu" not in browser.get("/viec").text
    assert browser.get("/viec").h1 == "Việc cần xử lý (1)"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("", "Tên bộ lọc"), (" \x00\t ", "Tên bộ lọc"), ("a" * 61, "Tên bộ lọc")],
)
def test_a_bad_name_is_told_at_its_field_and_what_was_typed_stays(stage: Stage, name: str, sentence: str) -> None:
    house = stage("drafting")
    browser = house.browser("thu_truong", house.cast.office.drafting_unit_id)
    page = browser.get("/viec?buoc=soan_thao")
    page = browser.submit(page, "/viec/bo-loc", {"ten_bo_loc": name}, status=422)
    assert page.title.startswith("Lỗi: ") and sentence in page.text and "#o-ten_bo_loc" in page.links
    assert page.form("/viec/bo-loc").filled()["buoc"] == "soan_thao"
    if name.strip("\x00\t "):
        assert page.form("/viec/bo-loc").filled()["ten_bo_loc"] == name


def test_markup_in_a_name_stays_words_and_others_touch_nothing(stage: Stage) -> None:
    house = stage("drafting")
    unit = house.cast.office.drafting_unit_id
    browser, other = house.browser("thu_truong", unit), house.browser("can_bo", unit)
    browser.submit(browser.get("/viec?tim=CCHC"), "/viec/bo-loc", {"ten_bo_loc": "<b>Gấp</b>"})
    page = browser.get("/viec?tim=CCHC")
    assert "<b>Gấp</b>" in page.text and "<b>Gấp" not in page.html
    token = other.get("/viec").form("/dang-xuat").filled()
    (kept,) = saved(house, "thu_truong", unit)
    assert other.http.post(f"/viec/bo-loc/{kept.id}/bo", data=token).status_code == 404
    assert other.http.post("/viec/bo-loc", data=token | {"ten_bo_loc": "Trống"}).status_code == 422
    assert saved(house, "thu_truong", unit) == [kept] and not saved(house, "can_bo", unit)


def test_only_so_many_filters(stage: Stage) -> None:
    house = stage("drafting")
    unit = house.cast.office.drafting_unit_id
    browser = house.browser("thu_truong", unit)
    person = int(house.login("thu_truong", unit).removeprefix("u"))
    with house.cast.database.write() as connection:
        for number in range(20):
            own_desk.save_filter(connection, person, "viec", f"Lọc {number}", f"tim={number}", house.cast.now)
    page = browser.submit(browser.get("/viec?tim=a"), "/viec/bo-loc", {"ten_bo_loc": "Thêm"}, status=422)
    assert "nhiều nhất 20 bộ lọc" in page.text
    browser.submit(browser.get("/viec?tim=a"), "/viec/bo-loc", {"ten_bo_loc": "Lọc 7"})
    assert len(saved(house, "thu_truong", unit)) == 20


def test_due_dates_narrow_the_list(stage: Stage) -> None:
    house = stage("drafting")
    browser = house.browser("thu_truong", house.cast.office.drafting_unit_id)
    assert browser.get("/viec?han=tre").h1 == "Việc cần xử lý (0)"
    (task,) = house.cast.open("soan_thao")
    assert task.due is not None
    house.cast.now = task.due.replace(hour=1)
    browser = house.browser("thu_truong", house.cast.office.drafting_unit_id)
    assert browser.get("/viec?han=hom_nay").h1 == "Việc cần xử lý (1)"
    house.cast.now = task.due.replace(year=task.due.year + 1)
    assert house.browser("thu_truong", house.cast.office.drafting_unit_id).get("/viec?han=tre").h1.endswith("(1)")
    assert house.browser("thu_truong", house.cast.office.drafting_unit_id).get("/viec?han=la").h1.endswith("(1)")


def test_an_open_page_asks_for_what_is_new_and_an_unchanged_list_is_a_line(stage: Stage) -> None:
    house = stage("drafting")
    browser = house.browser("thu_truong", house.cast.office.drafting_unit_id)
    page = browser.get("/viec?buoc=soan_thao")
    assert 'data-ask="/viec/moi?buoc=soan_thao"' in page.html
    first = browser.http.get("/viec/moi?buoc=soan_thao")
    (task,) = house.cast.open("soan_thao")
    assert json.loads(first.text) == {"viec": [task.id]}
    again = browser.http.get("/viec/moi?buoc=soan_thao", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    house.cast.act("soan_thao", {})
    after = browser.http.get("/viec/moi", headers={"if-none-match": first.headers["etag"]})
    assert after.status_code == 200 and task.id not in json.loads(after.text)["viec"]


def test_asking_by_itself_does_not_keep_the_session_alive(stage: Stage) -> None:
    house = stage("drafting")
    browser = house.browser("chu_tich")
    with house.cast.database.read() as connection:
        before = connection.exec_driver_sql("SELECT token_hash, seen_at FROM sessions ORDER BY 1").all()
    house.cast.now += timedelta(minutes=40)
    browser.http.get("/viec/moi", headers={"x-tu-hoi": "co"})
    with house.cast.database.read() as connection:
        assert connection.exec_driver_sql("SELECT token_hash, seen_at FROM sessions ORDER BY 1").all() == before
    browser.get("/viec")
    with house.cast.database.read() as connection:
        assert connection.exec_driver_sql("SELECT token_hash, seen_at FROM sessions ORDER BY 1").all() != before


def test_a_long_list_says_its_page_and_goes_back_and_forth(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    house = stage("consulting")
    person = house.cast.actor("thu_truong", house.cast.office.front_id)
    everybody = frozenset(group for task in house.cast.open("lay_y_kien") for group in task.groups)
    with house.cast.database.read() as connection:
        whole = inbox.to_do(connection, int(person.person or 0), everybody, (), house.cast.now, size=50)
        ids = [row.task.id for row in whole.rows]
        assert len(ids) >= 4 and (whole.first, whole.before) == (0, "")
        second = inbox.to_do(connection, int(person.person or 0), everybody, (), house.cast.now, size=1, after=ids[0])
        assert (second.first, second.before, second.total, second.more) == (1, "", len(ids), True)
        third = inbox.to_do(connection, int(person.person or 0), everybody, (), house.cast.now, size=1, after=ids[1])
        assert (third.first, third.before) == (2, ids[0])
    monkeypatch.setattr("service.pages.inbox.PAGE_SIZE", 2)
    monkeypatch.setattr(inbox_lists, "SHOWN", 2)
    browser = house.browser("thu_truong", house.cast.office.drafting_unit_id)
    page = browser.get("/viec/cho-nguoi-khac")
    assert page.h1 == f"Việc chờ người khác ({len(ids)})" and f"Trang 1/{-(-len(ids) // 2)}" in page.text
    assert "?trang=2" in page.links
    assert f"Trang 2/{-(-len(ids) // 2)}" in browser.get("/viec/cho-nguoi-khac?trang=2").text
    assert "Trang này không có việc nào" in browser.get("/viec/cho-nguoi-khac?trang=99").text
    browser.get("/viec/cho-nguoi-khac?trang=-5")


def test_what_comes_next_is_told_with_its_day_and_counted(stage: Stage) -> None:
    house = stage("drafting")
    page = house.browser("the_thuc").get("/viec/sap-den")
    assert "Kiểm tra thể thức" in page.text and "đang ở bước “Soạn thảo kế hoạch”" in page.text
    assert page.h1 == "Sắp đến lượt (1)" and "Sắp đến lượt (1)" in page.text
    chairman = house.browser("chu_tich").get("/viec/sap-den")
    assert "Ký ban hành" in chairman.text
    drafter = house.browser("thu_truong", house.cast.office.drafting_unit_id).get("/viec/sap-den")
    assert drafter.h1 == "Sắp đến lượt (0)" and "Không có việc nào sắp đến lượt" in drafter.text


def test_duties_and_cycles_that_open_soon_are_listed(stage: Stage) -> None:
    house = stage("in_force")
    with house.cast.database.write() as connection:
        connection.exec_driver_sql(
            "UPDATE occurrences SET opens_on = '2022-08-01', opened_at = NULL, passed_over = NULL WHERE id = "
            "(SELECT min(id) FROM occurrences)"
        )
        (body,) = connection.exec_driver_sql("SELECT body_id FROM occurrences ORDER BY id LIMIT 1").one()
    heads = house.browser("thu_truong", body).get("/viec/sap-den")
    assert "Nhiệm vụ mở 01/08/2022" in heads.text
