"""The list of plans and the plan page: found without marks, one sentence first, strangers see nothing."""

from __future__ import annotations

import re
from datetime import timedelta

from tests.pages.conftest import PASSWORD, Stage, instant
from workflows.store import accounts, directory


def test_the_first_sentence_says_step_holder_since_and_until(stage: Stage) -> None:
    house = stage("signing")
    house.cast.now += timedelta(days=5)
    page = house.browser("van_thu").get(house.plan)
    assert "Đang ở bước 4/8 Ký ban hành – đ/c" in page.text
    assert "giữ từ 18/07/2022 , hạn 21/07/2022" in page.text
    assert "quá hạn 2 ngày – 21/07/2022" in page.text
    assert page.text.index("Đang ở bước") < page.text.index(page.h1)


def test_parallel_steps_name_everybody(stage: Stage) -> None:
    page = stage("consulting").browser
    text = page("van_thu").get("/ke-hoach").text
    assert "việc song song" in text


def test_search_folds_marks_and_knows_numbers(stage: Stage) -> None:
    house = stage("in_force")
    browser = house.browser("van_thu")
    for words in ("cai cach hanh chinh", "CẢI CÁCH", "duc phong", "01/KH-UBND", "1"):
        assert browser.get(f"/ke-hoach?tim={words}").h1 == "Kế hoạch (1)", words
    none = browser.get("/ke-hoach?tim=khong-co-dau-%25")
    assert "Không tìm thấy kế hoạch nào với bộ lọc này" in none.text


def test_filters_by_state_and_lateness(stage: Stage) -> None:
    house = stage("signing")
    browser = house.browser("van_thu")
    assert browser.get("/ke-hoach?trang_thai=in_force").h1 == "Kế hoạch (0)"
    assert browser.get("/ke-hoach?trang_thai=routing").h1 == "Kế hoạch (1)"
    assert browser.get("/ke-hoach?muon=co").h1 == "Kế hoạch (0)"
    house.cast.now += timedelta(days=5)
    browser = house.browser("van_thu")
    assert browser.get("/ke-hoach?muon=co").h1 == "Kế hoạch (1)"


def test_a_person_of_another_office_sees_no_plan(stage: Stage) -> None:
    house = stage("signing")
    with house.cast.database.write() as connection:
        other = directory.add_body(connection, kind="office", name="Ủy ban nhân dân xã Khác")
        person = directory.add_person(connection, "Người Ngoài")
        directory.hold(connection, directory.add_post(connection, other, "van_thu", "Văn thư"), person)
        account = accounts.account_by_login(connection, house.login("van_thu"))
        assert account is not None
        accounts.add_account(connection, person, "ngoai", account.password_hash)
    browser = house.browser()
    browser.sign_in("ngoai", PASSWORD)
    assert browser.get("/ke-hoach").h1 == "Kế hoạch (0)"
    for path in (house.plan, f"{house.plan}/nhat-ky", f"{house.plan}/y-kien", house.task("trinh_ky")):
        browser.get(path, status=404)


def test_progress_lists_every_pass(stage: Stage) -> None:
    house = stage("checking")
    reason = {"ket_qua": "tra_lai", "ly_do": "Thiếu căn cứ ở phần mở đầu."}
    house.cast.act("kiem_tra_the_thuc", reason)
    page = house.browser("van_thu").get(f"{house.plan}/tien-trinh")
    assert "Lần 2" in page.text
    assert "Thiếu căn cứ ở phần mở đầu." in page.text
    assert page.html.count('aria-current="step"') == 1


def test_the_diagram_and_its_list_agree(stage: Stage) -> None:
    page = stage("signing").browser
    shown = page("van_thu").get("/ke-hoach/1/so-do")
    assert "<svg" in shown.html
    assert shown.html.count('aria-current="step"') == 1
    assert "Đã đi tiếp tới" in shown.text
    assert "is-done" in shown.html
    assert "Ký ban hành – Việc của người, Lãnh đạo Đang ở đây" in shown.text


def test_two_versions_are_compared_in_words(stage: Stage) -> None:
    house = stage("drafting")
    browser = house.browser("can_bo", house.cast.office.drafting_unit_id)
    address = house.task("soan_thao")
    form = browser.get(address)
    text = form.form(address).filled()["van_ban"].replace("kịp thời", "kịp thời và đầy đủ")
    browser.submit(form, address, {"van_ban": text, "ghi_chu": "sửa câu"})
    page = browser.get(f"{house.plan}/phien-ban?tu=1&den=2")
    assert "<ins>" in page.html
    assert "chỗ thêm" in page.text


def test_a_log_that_was_tampered_with_is_shown_as_broken(stage: Stage) -> None:
    house = stage("signing")
    browser = house.browser("van_thu")
    assert "toàn vẹn" in browser.get(f"{house.plan}/nhat-ky").text
    with house.cast.database.write() as connection:
        connection.exec_driver_sql('UPDATE events SET actor = \'{"name": "Kẻ khác"}\' WHERE seq = 3')
    assert "bị sửa hoặc thiếu" in browser.get(f"{house.plan}/nhat-ky").text


def test_only_leaders_stop_a_plan_and_say_why(stage: Stage) -> None:
    house = stage("signing")
    clerk = house.browser("van_thu")
    token = clerk.get(house.plan).form("/dang-xuat").filled()
    assert clerk.http.post(f"{house.plan}/dung", data=token | {"ly_do": "Không cần nữa rồi."}).status_code == 403
    leader = house.browser("chu_tich")
    page = leader.get(house.plan)
    leader.submit(page, f"{house.plan}/dung", {"ly_do": "ngắn"}, status=422)
    stopped = leader.submit(page, f"{house.plan}/dung", {"ly_do": "Cấp trên đã ban hành kế hoạch chung."})
    assert "Đã dừng." in stopped.text


def test_the_register_has_ten_columns(stage: Stage) -> None:
    page = stage("in_force").browser("van_thu").get("/so-van-ban")
    assert page.html.count('<th scope="col"') == 10
    assert "01/KH-UBND" in page.text


def test_a_cycle_names_who_is_late(stage: Stage) -> None:
    house = stage("in_force")
    house.cast.wait(instant(2022, 11, 17))
    browser = house.browser("van_thu")
    listed = browser.get("/bao-cao")
    assert "đơn vị chậm" in listed.text
    cycle = next(link for link in listed.links if re.fullmatch(r"/bao-cao/\d+", link))
    assert "chậm 2 ngày" in browser.get(cycle).text


def test_a_row_says_whose_plan_it_is_when_it_is_not_the_own_office_s(stage: Stage) -> None:
    house = stage("in_force")
    task = next(each for each in house.cast.open() if each.process == "nhiem_vu")
    own = house.browser(*_holder(task.groups[0]))
    assert "Kế hoạch của" not in own.get("/viec").text
    assert "Kế hoạch của" not in own.get("/ke-hoach").text
    with house.cast.database.write() as connection:
        other = directory.add_body(connection, kind="office", name="Ủy ban nhân dân tỉnh Khác")
        connection.exec_driver_sql(f"UPDATE plans SET office_id = {other}")
    page = own.get("/viec")
    assert "Kế hoạch của Ủy ban nhân dân tỉnh Khác" in page.text
    assert "Kế hoạch của Ủy ban nhân dân tỉnh Khác" in own.get("/ke-hoach").text


def _holder(group: str) -> tuple[str, int]:
    return directory.parse_group(group)
