"""Hủy duyệt: one press takes back what was pressed a moment ago, and both stay in the log."""

from __future__ import annotations

from datetime import timedelta

from tests.pages.conftest import House, Stage
from tests.pages.page_client import Browser, Page


def decided(stage: Stage) -> tuple[House, Browser, str, Page]:
    house = stage("drafting")
    house.cast.act("soan_thao", {})
    head = house.browser("thu_truong", house.cast.office.drafting_unit_id)
    address = house.task("kiem_tra_noi_dung")
    return house, head, address, head.submit(head.get(address), address, {"ket_qua": "dat"})


def test_one_press_takes_it_back_and_the_log_has_both(stage: Stage) -> None:
    house, head, address, result = decided(stage)
    assert "Hủy được trong 60 giây" in result.text and house.cast.waiting_at() == {"kiem_tra_the_thuc"}
    house.cast.now += timedelta(seconds=59)
    again = head.submit(result, f"{address}/huy-duyet")
    assert again.h1 == "Kiểm tra dự thảo" and "Đã hủy duyệt" in again.text
    assert house.cast.waiting_at() == {"kiem_tra_noi_dung"}
    log = head.get(f"{house.plan}/nhat-ky").text
    assert "Thu hồi" in log and log.count("Xong việc: Kiểm tra nội dung") == 1
    assert "Kiểm tra nội dung" in head.get(f"{house.plan}/tien-trinh").text


def test_after_a_minute_it_is_too_late_and_says_what_is_left(stage: Stage) -> None:
    house, head, address, result = decided(stage)
    house.cast.now += timedelta(seconds=61)
    assert "Hủy duyệt" not in head.get(f"{address}/ket-qua").text
    late = head.submit(result, f"{address}/huy-duyet", status=409)
    assert "Đã quá 60 giây" in late.text and "Thu hồi" in late.text
    assert house.cast.waiting_at() == {"kiem_tra_the_thuc"}


def test_not_once_the_next_person_looks_and_not_by_another(stage: Stage) -> None:
    house, head, address, result = decided(stage)
    other = house.browser("the_thuc")
    token = other.get("/viec").form("/dang-xuat").filled()
    assert other.http.post(f"{address}/huy-duyet", data=token).status_code in (403, 404, 409)
    assert house.cast.waiting_at() == {"kiem_tra_the_thuc"}
    other.get(house.task("kiem_tra_the_thuc"))
    late = head.submit(result, f"{address}/huy-duyet", status=409)
    assert "Người nhận đã mở việc" in late.text and "Hủy được trong 60 giây" not in late.text


def test_pressed_twice_it_is_undone_once(stage: Stage) -> None:
    house, head, address, result = decided(stage)
    sent = result.form(f"{address}/huy-duyet").filled()
    assert head.http.post(f"{address}/huy-duyet", data=sent).status_code == 303
    assert head.http.post(f"{address}/huy-duyet", data=sent).status_code == 409
    assert house.cast.waiting_at() == {"kiem_tra_noi_dung"} and len(house.cast.open("kiem_tra_noi_dung")) == 1


def test_what_left_the_house_is_not_undone(stage: Stage) -> None:
    house = stage("consulting")
    (task, *_) = house.cast.open("lay_y_kien")
    role, _, body = task.groups[0].partition("@")
    browser = house.browser(role, int(body))
    address = f"/viec/{task.id}"
    result = browser.submit(browser.get(address), address, {"ket_qua": "nhat_tri"})
    assert "Hủy được trong 60 giây" not in result.text
    token = browser.get("/viec").form("/dang-xuat").filled()
    assert browser.http.post(f"{address}/huy-duyet", data=token).status_code == 409
