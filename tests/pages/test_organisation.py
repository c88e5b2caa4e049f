"""Tổ chức on pages: the tree, changes by small forms, delegation with its preview, absence, hand-over, import."""

from __future__ import annotations

from datetime import timedelta

from tests.pages.conftest import House, Stage
from tests.pages.page_client import Browser, Page, faults_of
from workflows.store import directory, worklist


def day(house: House, days: int = 0) -> str:
    return f"{house.cast.now + timedelta(days=days):%d/%m/%Y}"


def sent(browser: Browser, page: Page, action: str, **typed: str) -> Page:
    """The form with what was typed, whatever the status of the answer."""
    data = page.form(action).filled() | typed
    answer = browser.http.post(action, data=data)
    if answer.status_code == 303:
        return browser.get(answer.headers["location"])
    assert answer.status_code == 422 or "xac_nhan" not in typed, answer.text[:500]
    seen = Page(action, answer.status_code, answer.text, answer.headers)
    assert not list(faults_of(seen, "vi"))
    return seen


def number(house: House, role: str) -> str:
    return house.cast.actor(role).person or ""


def test_everybody_sees_the_tree_and_only_administrators_change_it(stage: Stage) -> None:
    house = stage("drafting")
    unit = house.cast.office.drafting_unit_id
    officer = house.browser("can_bo", unit)
    assert "ngoài hệ thống chỉ đạo" in officer.get("/to-chuc").text
    page = officer.get(f"/to-chuc/{unit}")
    assert not [link for link in page.links if "/sua/" in link]
    assert officer.http.get(f"/to-chuc/{unit}/sua/doi-ten").status_code == 403
    page = house.browser("quan_tri").get(f"/to-chuc/{unit}")
    assert [link for link in page.links if "/sua/doi-ten" in link]


def test_a_post_with_nobody_is_flagged(stage: Stage) -> None:
    house = stage("drafting")
    with house.cast.database.write() as connection:
        directory.add_post(connection, house.cast.office.id, "can_bo", "Chuyên viên tổng hợp")
    browser = house.browser("van_thu")
    assert "Chuyên viên tổng hợp: chưa có ai" in browser.get("/to-chuc").text
    assert "Chưa có ai giữ chức danh này" in browser.get(f"/to-chuc/{house.cast.office.id}").text


def test_another_offices_body_is_not_shown(stage: Stage) -> None:
    house = stage("drafting")
    with house.cast.database.read() as connection:
        other = next(each for each in directory.offices(connection) if each.id != house.cast.office.id)
    assert house.browser("van_thu").http.get(f"/to-chuc/{other.id}").status_code == 404
    assert house.browser("quan_tri").http.get(f"/to-chuc/{other.id}/sua/doi-ten").status_code == 403


def test_a_new_name_stands_beside_the_old_one(stage: Stage) -> None:
    house = stage("in_force")
    office = house.cast.office.id
    with house.cast.database.read() as connection:
        was = directory.body(connection, office).name
    browser = house.browser("quan_tri")
    issued = browser.http.get(f"{house.plan}/van-ban/phat-hanh").content
    path = f"/to-chuc/{office}/sua/doi-ten"
    page = browser.get(path)
    page = sent(browser, page, path, ten_moi="", tu_ngay=day(house))
    assert "Tên mới" in page.text
    page = sent(browser, page, path, ten_moi="Ủy ban nhân dân xã Đức Phong mới", tu_ngay=day(house))
    assert f"Tên cũ {was}" in page.text
    assert was in browser.get("/to-chuc/thay-doi").text
    assert browser.http.get(f"{house.plan}/van-ban/phat-hanh").content == issued
    assert f"{was} (nay là Ủy ban nhân dân xã Đức Phong mới)" not in browser.get(f"/to-chuc/{office}").text


def test_a_delegation_is_looked_at_before_it_is_kept(stage: Stage) -> None:
    house = stage("signing")
    path = "/to-chuc/uy-quyen/moi"
    browser = house.browser("chu_tich")
    typed = {"nguoi_nhan": number(house, "pho_chu_tich"), "hinh_thuc": "TUQ.", "tu_ngay": day(house)}
    typed |= {"den_ngay": day(house, 5), "phan_giao": f"chu_tich@{house.cast.office.id}"}
    page = sent(browser, browser.get(path), path, **typed)
    assert "cần văn bản ủy quyền" in page.text
    typed |= {"so_van_ban": "07/GUQ-UBND", "ngay_van_ban": day(house)}
    page = sent(browser, page, path, **typed)
    assert "Xem trước: 1 việc đang chờ sẽ làm thay được" in page.text
    assert "TUQ. CHỦ TỊCH" in page.text
    assert "Chưa có ủy quyền nào" in browser.get("/to-chuc/uy-quyen").text
    code = house.sign_code(browser, page, path)
    page = sent(browser, page, path, **typed, xac_nhan="co", ma_ky=code)
    assert "07/GUQ-UBND" in page.text
    deputy = house.browser("pho_chu_tich")
    assert f"xử lý thay đ/c {house.cast.actor('chu_tich').name}" in deputy.get("/viec").text
    assert f"thay đ/c {house.cast.actor('chu_tich').name}" in deputy.get(house.task("trinh_ky")).text
    revoke = next(form.action for form in page.forms if form.action.endswith("/thu-hoi"))
    assert "Đã thu hồi" in sent(browser, page, revoke).text
    assert f"xử lý thay đ/c {house.cast.actor('chu_tich').name}" not in deputy.get("/viec").text


def test_a_longest_time_that_is_no_number_stays_as_it_was_typed(stage: Stage) -> None:
    browser, path = stage("drafting").browser("quan_tri"), "/to-chuc/uy-quyen"
    page = sent(browser, browser.get(path), f"{path}/dai-nhat", so_ngay_toi_da="1e400")
    assert page.form(f"{path}/dai-nhat").filled()["so_ngay_toi_da"] == "1e400"
    assert browser.get(path).form(f"{path}/dai-nhat").filled()["so_ngay_toi_da"] == "365"


def test_an_absence_names_what_nobody_could_do(stage: Stage) -> None:
    house = stage("signing")
    path = "/to-chuc/vang-mat"
    browser = house.browser("chu_tich")
    page = sent(browser, browser.get(path), path, tu_ngay=day(house), den_ngay=day(house, 3))
    assert "không ai khác làm được" in page.text
    boxes = [control.value for control, _ in page.controls if control.name == "xac_nhan"]
    assert house.cast.open("trinh_ky")[0].id in boxes
    token = page.form(path).filled() | {"den_ngay": day(house, 3)}
    answer = browser.http.post(path, data={**token, "xac_nhan": boxes})
    assert answer.status_code == 303
    assert "vắng từ" in browser.get(path).text
    assert "vắng" in browser.get("/to-chuc").text


def test_a_hand_over_moves_everything_or_nothing(stage: Stage) -> None:
    house = stage("signing")
    chairman, deputy = number(house, "chu_tich"), number(house, "pho_chu_tich")
    (task,) = house.cast.open("trinh_ky")
    signed_in = house.browser("chu_tich")
    signed_in.get("/viec")
    path = f"/to-chuc/ban-giao/{chairman}"
    browser = house.browser("quan_tri")
    page = browser.get(path)
    fields = [name for name in page.form(path).filled() if name.startswith("nhan_")]
    page = sent(browser, page, path)
    assert "Còn chưa có người nhận" in page.text
    page = sent(browser, page, path, **dict.fromkeys(fields, deputy))
    assert "Bàn giao và nghỉ" in page.text
    assert signed_in.http.get("/viec", follow_redirects=False).status_code in (303, 401)
    with house.cast.database.read() as connection:
        assert directory.posts_held(connection, int(chairman), house.cast.now.date()) == []
        assert worklist.task(connection, task.id) is not None
    assert house.browser("pho_chu_tich").get(f"/viec/{task.id}").form(f"/viec/{task.id}")


def test_a_sheet_is_shown_line_by_line_and_then_kept(stage: Stage) -> None:
    house = stage("drafting")
    path = "/to-chuc/nhap"
    browser = house.browser("quan_tri")
    page = browser.get(path)
    assert browser.http.get("/to-chuc/mau").content.startswith(b"PK")
    assert browser.http.get("/to-chuc/tai-ve").content.startswith(b"PK")
    wrong = "Cơ quan, đơn vị;Trực thuộc\nPhòng mới;Không có\n"
    filled = page.form(path).filled()
    answer = browser.http.post(path, data=filled, files={"tep_danh_ba": ("a.csv", wrong.encode(), "text/csv")})
    assert "Ô B2: không có “Không có”" in answer.text
    good = "Cơ quan, đơn vị;Hộp thư\nPhòng mới;moi@xa.vn\n".encode("utf-16")
    answer = browser.http.post(path, data=filled, files={"tep_danh_ba": ("a.csv", good, "text/csv")})
    assert "Xem trước, chưa lưu gì" in answer.text
    assert "Phòng mới" not in browser.get("/to-chuc").text
    seen = Page(path, answer.status_code, answer.text, answer.headers)
    confirm = seen.forms[[form.id for form in seen.forms].index("xac-nhan-nhap")].filled()
    assert browser.http.post(path, data=confirm | {"xac_nhan": "co"}).status_code == 303
    assert "Phòng mới" in browser.get("/to-chuc").text
