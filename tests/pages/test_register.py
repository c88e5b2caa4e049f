"""Sổ văn bản đi: văn thư of the office takes a number in advance and gives it up; nobody else does."""

from __future__ import annotations

from tests.pages.conftest import Stage

TITLE = "Mời họp triển khai chuyển đổi số"
REASON = "Cuộc họp đã hoãn, không ban hành."


def test_a_number_is_taken_in_advance_and_given_up_with_a_reason(stage: Stage) -> None:
    house = stage("in_force")
    browser = house.browser("van_thu")
    page = browser.get("/so-van-ban")
    assert page.form("/so-van-ban/lay-so").filled()["ky_hieu"] == "KH-UBND"
    kept = browser.submit(page, "/so-van-ban/lay-so", {"ky_hieu": "gm-ubnd", "trich_yeu": TITLE})
    assert "Đã giữ số 01/GM-UBND" in kept.text
    (action,) = [form.action for form in kept.forms if form.action.endswith("/bo")]
    short = browser.submit(kept, action, {"ly_do": "hoãn"}, status=422)
    assert short.title.startswith("Lỗi:")
    assert short.form(action).filled()["ly_do"] == "hoãn"
    assert "ít nhất 10 ký tự" in short.text
    given_up = browser.submit(short, action, {"ly_do": REASON})
    assert f"Số bỏ: {REASON}" in given_up.text
    assert not [form for form in given_up.forms if form.action.endswith("/bo")]
    again = browser.submit(given_up, "/so-van-ban/lay-so", {"ky_hieu": "GM-UBND", "trich_yeu": TITLE})
    assert "Đã giữ số 02/GM-UBND" in again.text


def test_a_refused_form_keeps_what_was_typed(stage: Stage) -> None:
    browser = stage("in_force").browser("van_thu")
    page = browser.get("/so-van-ban")
    wrong = browser.submit(page, "/so-van-ban/lay-so", {"ky_hieu": "giấy mời", "trich_yeu": TITLE}, status=422)
    assert wrong.title.startswith("Lỗi:")
    assert wrong.form("/so-van-ban/lay-so").filled()["trich_yeu"] == TITLE
    assert wrong.form("/so-van-ban/lay-so").filled()["ky_hieu"] == "giấy mời"
    empty = browser.submit(page, "/so-van-ban/lay-so", {"trich_yeu": " "}, status=422)
    assert "Chưa nhập Trích yếu" in empty.text


def test_only_the_clerk_of_that_office(stage: Stage) -> None:
    house = stage("in_force")
    leader = house.browser("chu_tich")
    page = leader.get("/so-van-ban")
    assert [form.action for form in page.forms if form.method == "post"] == ["/dang-xuat", "/ngon-ngu"]
    sent = page.form("/dang-xuat").filled() | {"ky_hieu": "GM-UBND", "trich_yeu": TITLE}
    for path in ("/so-van-ban/lay-so", "/so-van-ban/1/bo"):
        assert leader.http.post(path, data=sent | {"co_quan_so": str(house.cast.office.id)}).status_code == 403
    clerk = house.browser("van_thu")
    page = clerk.get("/so-van-ban")
    other = {"co_quan_so": str(house.cast.office.drafting_unit_id), "ky_hieu": "GM-UBND", "trich_yeu": TITLE}
    assert "không giao cho đồng chí" in clerk.submit(page, "/so-van-ban/lay-so", other, status=403).text
    clerk.submit(page, "/so-van-ban/lay-so", other | {"co_quan_so": "x"}, status=403)
    assert TITLE not in clerk.get("/so-van-ban").text


def test_the_reason_for_stopping_a_plan_is_kept(stage: Stage) -> None:
    house = stage("signing")
    leader = house.browser("chu_tich")
    page = leader.submit(leader.get(house.plan), f"{house.plan}/dung", {"ly_do": "ngắn"}, status=422)
    assert page.title.startswith("Lỗi:")
    assert page.form(f"{house.plan}/dung").filled()["ly_do"] == "ngắn"


def test_a_backlog_is_typed_in_one_go_and_looked_at_by_a_range_of_numbers(stage: Stage) -> None:
    browser = stage("empty").browser("van_thu")
    page = browser.get("/so-van-ban/vao-so")
    for name in ("Quyết định một", "Quyết định hai", "Quyết định ba"):
        form = page.form("/so-van-ban/vao-so")
        typed = {"ky_hieu": "QĐ-UBND", "trich_yeu": name, "nguoi_ky": "Nguyễn Văn An", "tiep": "co"}
        page = browser.send(page, form, typed)
        assert f"{name}. Nhập tiếp văn bản khác" in page.text
        assert page.form("/so-van-ban/vao-so").filled()["trich_yeu"] == ""
    page = browser.get("/so-van-ban?tu_so=2&den_so=3")
    assert "Quyết định một" not in page.text
    assert "Quyết định hai" in page.text
    assert "Quyết định ba" in page.text
    assert "Quyết định hai" not in browser.get("/so-van-ban/in?den_so=1").text
