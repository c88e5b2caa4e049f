"""After the issue: corrected by a letter with its own number, recalled by a leader, sent to one more."""

from __future__ import annotations

from tests.pages.conftest import Stage
from workflows.papers.read_file import read_file
from workflows.store import directory

REASON = "Ghi nhầm tên đơn vị ở phần căn cứ"
LETTER = {"ky_hieu": "UBND-VP", "trich_yeu": "Đính chính kế hoạch", "nguoi_ky": "Nguyễn Văn An", "ly_do": REASON}


def test_a_correction_has_a_number_and_is_seen_in_the_register(stage: Stage) -> None:
    house = stage("in_force")
    browser = house.browser("van_thu")
    path, act = f"{house.plan}/sau-phat-hanh", f"{house.plan}/dinh-chinh"
    page = browser.get(f"{path}?viec=dinh_chinh")
    short = browser.submit(page, act, LETTER | {"ly_do": "sai"}, status=422)
    assert short.form(act).filled()["trich_yeu"] == LETTER["trich_yeu"]
    done = browser.submit(short, act, LETTER)
    assert "Đính chính bằng 01/UBND-VP" in done.text
    book = browser.get("/so-van-ban")
    assert f"Đính chính bằng 01/UBND-VP: {REASON}" in book.text
    letter = read_file(browser.http.get(f"{house.plan}/van-ban/dinh_chinh.docx").content, "a.docx")
    assert "Số: 01/UBND-VP" in letter
    assert REASON in letter
    house.cast.sweep()
    assert [subject for subject in house.cast.subjects() if subject.startswith("[Đính chính]")]


def test_a_leader_recalls_and_the_plan_stops(stage: Stage) -> None:
    house = stage("in_force")
    assert house.browser("van_thu").http.post(f"{house.plan}/thu-hoi").status_code == 403
    browser = house.browser("chu_tich")
    page = browser.get(f"{house.plan}/sau-phat-hanh")
    done = browser.submit(page, f"{house.plan}/thu-hoi", {"ly_do": REASON})
    assert f"Thu hồi , 18/07/2022 18:00 : {REASON}" in done.text
    assert "Đã dừng." in done.text
    again = browser.get(f"{house.plan}/sau-phat-hanh")
    assert [form.action for form in again.forms if form.method == "post"] == ["/dang-xuat"]
    assert f"Thu hồi: {REASON}" in browser.get("/so-van-ban").text
    notice = read_file(browser.http.get(f"{house.plan}/van-ban/thu_hoi.docx").content, "a.docx")
    assert f"Lý do: {REASON}." in notice
    house.cast.sweep()
    assert [subject for subject in house.cast.subjects() if subject.startswith("[Thu hồi]")]


def test_one_more_addressee_and_a_replacement_that_is_none(stage: Stage) -> None:
    house = stage("in_force")
    browser = house.browser("van_thu")
    page = browser.get(f"{house.plan}/sau-phat-hanh?viec=gui_them")
    control = next(each for each in page.form(f"{house.plan}/gui-them").controls if each.name == "noi_nhan")
    assert control.value == ""
    with house.cast.database.write() as connection:
        unit = str(directory.add_body(connection, kind="office", name="Sở Nội vụ", email="snv@example.vn"))
    done = browser.submit(page, f"{house.plan}/gui-them", {"noi_nhan": unit, "ly_do": REASON})
    assert "Sở Nội vụ" in done.text
    again = browser.submit(page, f"{house.plan}/gui-them", {"noi_nhan": unit, "ly_do": REASON}, status=422)
    assert "đã có trong Nơi nhận" in again.text
    page = browser.get(f"{house.plan}/sau-phat-hanh?viec=thay_the")
    itself = {"thay_the": str(house.cast.plan_id), "ly_do": REASON}
    assert "Kế hoạch thay thế" in browser.submit(page, f"{house.plan}/thay-the", itself, status=422).text
