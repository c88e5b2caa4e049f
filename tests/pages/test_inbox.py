"""The lists: states in words, counts on the tabs, filters in the address, watched plans, and many at once."""

from __future__ import annotations

import re

from sqlalchemy import delete, update

from tests.actions.colleagues import number
from tests.pages.conftest import House, Stage
from tests.pages.page_client import Page
from workflows.actions import claim_task, delegate_task
from workflows.store import directory
from workflows.store.tables.directory import holdings
from workflows.store.tables.plans import plans


def test_holders_and_owners_stand_on_the_rows(stage: Stage) -> None:
    house = stage("drafting")
    unit = house.cast.office.drafting_unit_id
    head, officer = house.cast.drafter(), house.cast.desk("can_bo", unit)
    (task,) = house.cast.open("soan_thao")
    claim_task(head, task.id)
    assert "đồng chí đang giữ" in house.browser("thu_truong", unit).get("/viec").text
    delegate_task(head, task.id, number(officer))
    assert f"ủy quyền của đ/c {head.by.name}" in house.browser("can_bo", unit).get("/viec").text
    others = house.browser("thu_truong", unit).get("/viec/cho-nguoi-khac")
    assert f"đ/c {officer.by.name} giữ" in others.text
    whole = house.browser("thu_truong", unit).get("/viec/don-vi")
    assert f"đ/c {officer.by.name} giữ" in whole.text
    assert house.browser("thu_truong", unit).get("/viec/don-vi?giu=999").h1 == "Việc của cả đơn vị (0)"


def test_only_heads_have_the_list_of_a_unit(stage: Stage) -> None:
    house = stage("drafting")
    officer = house.browser("can_bo", house.cast.office.drafting_unit_id)
    assert "/viec/don-vi" not in officer.get("/viec").links
    assert officer.get("/viec/don-vi").h1 == "Việc của cả đơn vị (0)"


def test_filters_live_in_the_address(stage: Stage) -> None:
    house = stage("drafting")
    browser = house.browser("thu_truong", house.cast.office.drafting_unit_id)
    page = browser.get("/viec?buoc=soan_thao&tim=CẢI CÁCH")
    assert page.h1 == "Việc cần xử lý (1)"
    assert page.form("/viec").filled() == {"tim": "CẢI CÁCH", "buoc": "soan_thao", "han": ""}
    assert browser.get("/viec?buoc=ky").h1 == "Việc cần xử lý (0)"
    assert "Không tìm thấy việc nào với bộ lọc này" in browser.get("/viec?tim=%25_ABC").text
    assert browser.get("/viec?buoc=la").h1 == "Việc cần xử lý (1)"


def test_a_watched_plan_tells_of_its_steps(stage: Stage) -> None:
    house = stage("drafting")
    clerk = house.browser("van_thu")
    page = clerk.submit(clerk.get(house.plan), f"{house.plan}/theo-doi")
    house.cast.act("soan_thao", {})
    house.cast.sweep()
    told = clerk.get("/viec/theo-doi")
    assert told.h1 == "Kế hoạch tôi theo dõi (1)"
    assert "xong bước “Soạn thảo kế hoạch”; đang chờ bước “Kiểm tra nội dung”" in told.text
    clerk.submit(page, f"{house.plan}/thoi-theo-doi")
    assert clerk.get("/viec/theo-doi").h1 == "Kế hoạch tôi theo dõi (0)"


def elsewhere(house: House, person: int) -> None:
    """This person goes to another office, and keeps no post here."""
    with house.cast.database.write() as connection:
        office = directory.add_body(connection, kind="office", name="Ủy ban nhân dân xã Đức Tân", level="xã")
        connection.execute(delete(holdings).where(holdings.c.person_id == person))
        directory.hold(connection, directory.add_post(connection, office, "van_thu", "VĂN THƯ"), person)


def test_whoever_went_to_another_office_watches_no_more(stage: Stage) -> None:
    house = stage("drafting")
    clerk = house.browser("van_thu")
    clerk.submit(clerk.get(house.plan), f"{house.plan}/theo-doi")
    elsewhere(house, number(house.cast.desk("van_thu")))
    page = clerk.get("/viec/theo-doi")
    assert page.h1 == "Kế hoạch tôi theo dõi (0)" and house.plan not in page.links
    house.cast.act("soan_thao", {})
    house.cast.sweep()
    assert "Kiểm tra nội dung" not in clerk.get("/thong-bao").text


def test_a_namesake_in_another_office_is_somebody_else(stage: Stage) -> None:
    house = stage("drafting")
    clerk = house.cast.desk("van_thu")
    with house.cast.database.write() as connection:
        connection.execute(update(plans).values(created_by=clerk.by.name))
    browser = house.browser("van_thu")
    assert browser.get("/viec/cho-nguoi-khac").h1.endswith("(1)")
    elsewhere(house, number(clerk))
    page = browser.get("/viec/cho-nguoi-khac")
    assert page.h1.endswith("(0)") and house.plan not in page.links


def of_everybody(house: House) -> Page:
    """One person is made a member of every body that is asked, and chooses all their opinions."""
    person = house.cast.actor("thu_truong", house.cast.office.front_id)
    asked = [directory.parse_group(task.groups[0])[1] for task in house.cast.open("lay_y_kien")]
    with house.cast.database.write() as connection:
        for body_id in asked:
            post = directory.add_post(connection, body_id, "can_bo", "CÁN BỘ")
            directory.hold(connection, post, int(person.person or 0))
    browser = house.browser("thu_truong", house.cast.office.front_id)
    page = browser.get("/viec")
    chosen = sorted({link[6:] for link in page.links if re.fullmatch(r"/viec/\d+-\d+", link)})
    assert "Xử lý cùng lúc các việc đã chọn" in page.text
    return browser.get("/viec/cung-luc?" + "&".join(f"viec={each}" for each in chosen))


def test_many_opinions_are_given_at_once_each_with_its_result(stage: Stage) -> None:
    house = stage("consulting")
    page = of_everybody(house)
    browser = house.browser("thu_truong", house.cast.office.front_id)
    form = page.form("/viec/cung-luc")
    ids = [control.value for control in form.controls if control.name == "viec"]
    assert len(ids) > 1
    sent = form.filled() | {"viec": ids, f"da_xem_{ids[1]}": "0" * 64}
    answer = browser.http.post("/viec/cung-luc", data=sent | browser.get("/viec").form("/dang-xuat").filled())
    told = Page("/viec/cung-luc", answer.status_code, answer.text, answer.headers)
    assert told.h1 == f"Đã xử lý {len(ids) - 1}/{len(ids)} việc"
    assert "Dự thảo đã có phiên bản" in told.text
    assert [task.id for task in house.cast.open("lay_y_kien")] == [ids[1]]


def test_what_is_chosen_wrongly_is_said_and_nothing_done(stage: Stage) -> None:
    house = stage("drafting")
    browser = house.browser("thu_truong", house.cast.office.drafting_unit_id)
    task = house.task("soan_thao").rpartition("/")[2]
    assert "Chưa chọn việc nào" in browser.get("/viec/cung-luc", 422).text
    page = browser.get(f"/viec/cung-luc?viec={task}&viec=999-1")
    assert "phải mở ra và xử lý riêng" in page.text
    assert "Không tìm thấy" in page.text
    many = "&".join(f"viec=1-{each}" for each in range(21))
    assert "Mỗi lần chỉ xử lý được 20 việc" in browser.get(f"/viec/cung-luc?{many}", 422).text
