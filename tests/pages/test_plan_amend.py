"""After the issue: corrected by a letter with its own number, recalled by a leader, sent to one more."""

from __future__ import annotations

from tests.pages.conftest import Stage
from workflows.papers.read_file import read_file
from workflows.store import directory

REASON = "Ghi nhầm tên đơn vị ở phần căn cứ"
LETTER = {"ky_hieu": "UBND-VP", "trich_yeu": "Đính chính kế hoạch", "nguoi_ky": "Nguyễn Văn An"}
TABLE = {"vi_tri": ["Trang 1, tiêu đề", ""], "da_in": ["KẾ HOẠCH", ""], "sua_lai": ["Kế hoạch tuyên truyền", ""]}


def test_a_correction_has_a_number_and_is_seen_in_the_register(stage: Stage) -> None:
    house = stage("in_force")
    browser = house.browser("van_thu")
    path, act = f"{house.plan}/sau-phat-hanh", f"{house.plan}/dinh-chinh"
    page = browser.get(f"{path}?viec=dinh_chinh")
    sent = page.form(act).filled() | LETTER
    assert sent["trich_yeu"] == LETTER["trich_yeu"]
    empty = browser.submit(page, act, LETTER, status=422)
    assert "Chưa có dòng đính chính nào." in empty.text
    more = browser.http.post(act, data=sent | {"them_dong": "co", "vi_tri": "Mục I"})
    assert (more.status_code, more.text.count('name="da_in"')) == (200, 4)
    wrong = browser.http.post(act, data=sent | TABLE | {"da_in": ["không hề có chữ này", ""]})
    assert wrong.status_code == 422
    assert "Dòng 1: không thấy “không hề có chữ này” trong văn bản đã phát hành." in wrong.text
    assert 'value="Kế hoạch tuyên truyền"' in wrong.text
    assert browser.http.post(act, data=sent | TABLE).status_code == 303
    done = browser.get(f"{house.plan}/noi-nhan")
    assert "Đính chính bằng 01/UBND-VP" in done.text
    told = "Trang 1, tiêu đề: “KẾ HOẠCH” sửa lại là “Kế hoạch tuyên truyền”"
    assert f"Đính chính bằng 01/UBND-VP: {told}" in browser.get("/so-van-ban").text
    letters = [link for link in done.links if "/cong-van/" in link]
    assert [link in browser.get(path).links for link in letters] == [True, True]
    word, pdf = (browser.http.get(link).content for link in letters)
    assert pdf.startswith(b"%PDF-")
    for content in (word, browser.http.get(f"{house.plan}/van-ban/dinh_chinh.docx").content):
        letter = read_file(content, "a.docx")
        assert "Số: 01/UBND-VP" in letter
        assert "1\tTrang 1, tiêu đề\tKẾ HOẠCH\tKế hoạch tuyên truyền" in letter
    browser.get(f"{house.plan}/cong-van/1", status=404)
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
    assert [form.action for form in again.forms if form.method == "post"] == ["/dang-xuat", "/ngon-ngu"]
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
