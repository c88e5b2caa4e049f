"""The forms of a plan in force, through its pages: duties, a report cycle from the units to the parent, the end."""

from __future__ import annotations

import re

from tests.pages.conftest import House, Stage, instant
from tests.pages.page_client import Page
from workflows.store import directory
from workflows.store.worklist import TaskRow


def decide(house: House, task: TaskRow, typed: dict[str, str], status: int = 200) -> Page:
    """Whoever holds the task fills its page in."""
    role, body_id = directory.parse_group(task.groups[0])
    browser = house.browser(role, body_id)
    address = f"/viec/{task.id}"
    page = browser.get(address)
    if typed.get("ma_ky"):
        typed |= {"ma_ky": house.sign_code(browser, page, address)}
    return browser.submit(page, address, typed, status=status)


def test_a_duty_is_done_returned_and_confirmed(stage: Stage) -> None:
    house = stage("in_force")
    duty = house.cast.open("thuc_hien")[0]
    assert "Chưa nhập Nội dung" in decide(house, duty, {}, status=422).text
    done = decide(house, duty, {"noi_dung": "Đã tổ chức 2 hội nghị."})
    assert "Xác nhận hoàn thành" in done.text
    confirming = next(task for task in house.cast.open("xac_nhan") if task.case_id == duty.case_id)
    decide(house, confirming, {"ket_qua": "tra_lai", "ly_do": "Thiếu danh sách người dự hội nghị."})
    again = next(task for task in house.cast.open("thuc_hien") if task.case_id == duty.case_id)
    role, body_id = directory.parse_group(again.groups[0])
    assert "Thiếu danh sách người dự" in house.browser(role, body_id).get(f"/viec/{again.id}").text
    decide(house, again, {"noi_dung": "Đã bổ sung danh sách."})
    last = next(task for task in house.cast.open("xac_nhan") if task.case_id == duty.case_id)
    page = decide(house, last, {"ket_qua": "dat"})
    assert page.h1 == "Xác nhận kết quả: đạt"
    tab = house.browser("van_thu").get(f"{house.plan}/nhiem-vu")
    assert "1/4 xong" in tab.text


def test_a_cycle_from_the_units_to_the_parent(stage: Stage) -> None:
    house = stage("in_force")
    house.cast.wait(instant(2022, 11, 1))
    units = house.cast.open("nop_bao_cao")
    refused = decide(house, units[0], {"noi_dung": "Tốt", "hoan_thanh": "nhiều"}, status=422)
    assert "#o-hoan_thanh" in refused.links or "#o-dang_lam" in refused.links
    figures = {"noi_dung": "Kết quả tốt.", "hoan_thanh": "1.200", "dang_lam": "0", "cham": "0"}
    for unit in units:
        decide(house, unit, figures)
    listed = house.browser("van_thu").get("/bao-cao")
    cycle = next(link for link in listed.links if re.fullmatch(r"/bao-cao/\d+", link))
    assert "1.200" in house.browser("van_thu").get(cycle).text
    (consolidating,) = house.cast.open("tong_hop")
    decide(house, consolidating, {"noi_dung": "Báo cáo tổng hợp của xã."})
    (content,) = house.cast.open("kiem_tra_noi_dung_bao_cao")
    assert "Lý do trả lại" in decide(house, content, {"ket_qua": "tra_lai"}, status=422).text
    decide(house, content, {"ket_qua": "dat"})
    (form,) = house.cast.open("kiem_tra_the_thuc_bao_cao")
    decide(house, form, {"ket_qua": "dat"})
    (signing,) = house.cast.open("ky_bao_cao")
    assert "Chưa có mã xác nhận" in decide(house, signing, {"ket_qua": "ky"}, status=422).text
    decide(house, signing, {"ket_qua": "ky", "ma_ky": "by mail"})
    (numbering,) = house.cast.open("cap_so_bao_cao")
    done = decide(house, numbering, {})
    assert "01/BC-UBND" in done.text
    shown = house.browser("van_thu").get(cycle)
    assert "Đã gửi lên" in shown.text
    assert "Báo cáo tổng hợp của xã." in shown.text
    assert "01/BC-UBND" in house.browser("van_thu").get("/so-van-ban").text


def test_missing_opinions_are_decided_with_a_day_and_a_reason(stage: Stage) -> None:
    house = stage("consulting")
    house.cast.wait(instant(2022, 7, 27))
    (task,) = house.cast.open("xu_ly_thieu_y_kien")
    wrong = decide(house, task, {"gia_han": "co", "han_moi": "1/1/2020", "ly_do": "Chờ Mặt trận trả lời."}, status=422)
    assert "#o-han_moi" in wrong.links
    assert wrong.form(f"/viec/{task.id}").filled()["gia_han"] == "co"
    decide(house, task, {"gia_han": "co", "han_moi": "05/08/2022", "ly_do": "Chờ Mặt trận trả lời."})
    assert house.cast.waiting_at() == {"lay_y_kien"}


def test_the_inbox_groups_by_urgency_and_forgets_what_is_done(stage: Stage) -> None:
    house = stage("signing")
    late = instant(2022, 7, 23)
    house.cast.now = late
    browser = house.browser("chu_tich")
    page = browser.get("/viec")
    assert page.title.startswith("Việc cần xử lý (1)")
    assert "Quá hạn 2 ngày – 21/07/2022" in page.text
    assert [words.strip() for tag, words in page.headings if tag == "h2"] == ["Quá hạn (1)"]
    address = house.task("trinh_ky")
    page = browser.get(address)
    browser.submit(page, address, {"ket_qua": "ky", "ma_ky": house.sign_code(browser, page, address)})
    assert "Không có việc nào cần xử lý" in browser.get("/viec").text
    assert "Ký ban hành" in browser.get("/viec/da-xu-ly").text
    assert "Cấp số" in browser.get("/viec/cho-nguoi-khac").text
