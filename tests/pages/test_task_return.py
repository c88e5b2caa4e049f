"""Returning and taking back on the pages: what is offered, what is asked, and what changed since one looked."""

from __future__ import annotations

from tests.pages.conftest import Stage
from workflows.actions import revise_plan
from workflows.store import issuing


def test_a_task_is_sent_back_to_a_step_before_with_a_reason(stage: Stage) -> None:
    house = stage("checking")
    browser = house.browser("the_thuc")
    address = house.task("kiem_tra_the_thuc")
    page = browser.get(address)
    assert "Trả lại một bước trước đó" in page.text and "Không trả về được" in page.text
    typed = {"buoc": "kiem_tra_noi_dung", "ly_do_tra_lai": "ngắn"}
    again = browser.submit(page, f"{address}/tra-lai", typed, status=422)
    assert "ít nhất 10 ký tự" in again.text
    done = browser.submit(again, f"{address}/tra-lai", typed | {"ly_do_tra_lai": "Nội dung mục II chưa khớp căn cứ"})
    assert "trả lại" in done.text and "Nội dung mục II chưa khớp căn cứ" in done.text
    assert house.cast.waiting_at() == {"kiem_tra_noi_dung"}
    with house.cast.database.read() as connection:
        assert issuing.standing_approvals(connection, "plan", house.cast.plan_id) == []


def test_a_decision_is_taken_back_until_the_next_person_looks(stage: Stage) -> None:
    house = stage("drafting")
    house.cast.act("soan_thao", {})
    head = house.browser("thu_truong", house.cast.office.drafting_unit_id)
    address = house.task("kiem_tra_noi_dung")
    result = head.submit(head.get(address), address, {"ket_qua": "dat"})
    assert "Thu hồi" in result.text
    open_again = head.submit(result, f"{address}/thu-hoi", {"ly_do": "Bấm nhầm, chưa đọc phụ lục"})
    assert house.cast.waiting_at() == {"kiem_tra_noi_dung"} and "Kiểm tra dự thảo" in open_again.text
    address = house.task("kiem_tra_noi_dung")
    result = head.submit(head.get(address), address, {"ket_qua": "dat"})
    house.browser("the_thuc").get(house.task("kiem_tra_the_thuc"))
    late = head.submit(result, f"{address}/thu-hoi", {"ly_do": "Bấm nhầm, chưa đọc phụ lục"}, status=409)
    assert "Người nhận đã mở việc" in late.text
    assert house.cast.waiting_at() == {"kiem_tra_the_thuc"}


def test_whoever_read_a_version_is_shown_what_changed_since(stage: Stage) -> None:
    house = stage("checking")
    browser = house.browser("the_thuc")
    assert "đồng chí đã xem" not in browser.get(house.task("kiem_tra_the_thuc")).text
    text = house.cast.text.replace("Kế hoạch", "Bản kế hoạch", 3)
    revise_plan(house.cast.drafter(), house.cast.plan_id, text, "Sửa", seen_version=1)
    page = browser.get(house.task("kiem_tra_the_thuc"))
    assert "Thay đổi so với phiên bản 1 đồng chí đã xem" in page.text
    versions = browser.get(f"{house.plan}/phien-ban")
    assert "Phiên bản 1 là bản gần nhất đồng chí đã xem" in versions.text
