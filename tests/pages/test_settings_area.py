"""Settings of one's own and of the office: kept, judged, and each change of the office's on record."""

from __future__ import annotations

from tests.pages.administrators import administrator
from tests.pages.conftest import PASSWORD, House, Stage
from tests.pages.page_client import Browser
from workflows.store import display, setting_changes

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


def keeper(house: House) -> Browser:
    """The administrator's browser."""
    return administrator(house)


def test_how_pages_look_is_kept_with_the_person(stage: Stage) -> None:
    house = stage("drafting")
    browser = house.browser("chu_tich")
    chosen = {"giao_dien": "dark", "co_chu": "20", "mat_do": "dense", "ngon_ngu": "vi"}
    page = browser.submit(browser.get("/toi"), "/toi", chosen)
    assert 'class="size-20 dense"' in page.html
    assert 'media="screen"' in page.html
    again = house.browser("chu_tich").get("/viec")
    assert 'class="size-20 dense"' in again.html
    assert 'class="size-16' in house.browser("pho_chu_tich").get("/viec").html


def test_the_language_goes_with_the_person_to_the_next_machine(stage: Stage) -> None:
    house = stage("drafting")
    browser = house.browser("chu_tich")
    page = browser.get("/toi")
    browser.language = "en"
    browser.submit(page, "/toi", {"ngon_ngu": "en"})
    assert '<html lang="en"' in browser.http.get("/toi").text
    next_machine = house.browser()
    next_machine.http.post("/dang-nhap", data=sign_in_of(next_machine, house.login("chu_tich")))
    assert '<html lang="en"' in next_machine.http.get("/viec").text
    browser.speak(browser.get("/viec"), "vi")
    assert '<html lang="vi"' in house.browser("chu_tich").http.get("/viec").text


def sign_in_of(browser: Browser, login: str) -> dict[str, str]:
    """What the page of the sign-in sends for this person."""
    form = browser.get("/dang-nhap").form("/dang-nhap")
    return form.filled() | {"ten_dang_nhap": login, "mat_khau": PASSWORD}


def test_what_holds_for_everybody_needs_no_row(stage: Stage) -> None:
    house = stage("drafting")
    browser = house.browser("chu_tich")
    browser.submit(browser.get("/toi"), "/toi", {"giao_dien": "light"})
    browser.submit(browser.get("/toi"), "/toi", {"giao_dien": "system"})
    with house.cast.database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM display_choices").scalar() == 0


def test_a_value_that_is_none_of_ours_is_refused_at_the_field(stage: Stage) -> None:
    house = stage("drafting")
    browser = house.browser("chu_tich")
    for name, value in (("giao_dien", "=1"), ("co_chu", "99"), ("co_chu", "٣"), ("mat_do", ""), ("ngon_ngu", "xx")):
        page = browser.submit(browser.get("/toi"), "/toi", {name: value}, status=422)
        assert page.title.startswith("Lỗi:")
    assert display.USUAL.text_size == 16


def test_clerks_read_dense_lists_and_leaders_roomy_ones(stage: Stage) -> None:
    house = stage("drafting")
    assert 'class="size-16 dense"' in house.browser("van_thu").get("/ke-hoach").html
    assert 'class="size-16"' in house.browser("chu_tich").get("/ke-hoach").html


def test_an_address_and_an_emblem_are_shown_and_their_changes_stay_on_record(stage: Stage) -> None:
    house = stage("drafting")
    browser = keeper(house)
    page = browser.submit(browser.get("/thiet-lap"), "/thiet-lap/dia-chi", {"dia_chi": " Số 1  đường A\n\nĐT: 0255 "})
    assert "Số 1 đường A" in page.text
    page = browser.submit(page, "/thiet-lap/bieu-tuong", files={"bieu_tuong": ("a.png", PNG, "image/png")})
    picture = f"/thiet-lap/bieu-tuong/{house.cast.office.id}"
    assert any(each.startswith(picture) for each in page.addresses)
    assert browser.http.get(picture).headers["content-type"] == "image/png"
    told = browser.get("/thiet-lap/thay-doi")
    assert "Dòng địa chỉ của cơ quan" in told.text
    assert "Biểu tượng của cơ quan" in told.text
    taken = browser.get("/thiet-lap")
    browser.submit(taken, "/thiet-lap/bieu-tuong", {"bo_bieu_tuong": "co"})
    assert browser.http.get(picture).status_code == 404
    with house.cast.database.read() as connection:
        found = setting_changes.setting_changes_of(connection, [house.cast.office.id], 10)
    assert len([each for each in found if each.key in ("bieu_tuong", "dia_chi_co_quan")]) == 3


def test_no_program_no_large_picture_and_no_long_address_is_taken(stage: Stage) -> None:
    house = stage("drafting")
    browser = keeper(house)
    for content in (b"<svg onload=alert(1)>", PNG + b"0" * 70_000):
        page = browser.submit(
            browser.get("/thiet-lap"),
            "/thiet-lap/bieu-tuong",
            files={"bieu_tuong": ("a.png", content, "image/png")},
            status=422,
        )
        assert page.title.startswith("Lỗi:")
    typed = "dòng\n" * 5
    page = browser.submit(browser.get("/thiet-lap"), "/thiet-lap/dia-chi", {"dia_chi": typed}, status=422)
    assert "dòng\ndòng" in page.html


def test_a_changed_day_and_quiet_hours_are_on_record_with_what_was_before(stage: Stage) -> None:
    house = stage("drafting")
    browser = house.browser("chu_tich")
    browser.submit(browser.get("/quy-dinh"), "/quy-dinh/gio-yen-lang", {"gio_yen_lang": "19:00-05:00"})
    day = {"ngay": "20221230", "loai": "off", "ten_ngay": "Nghỉ hoán đổi", "nguon": "Công văn 5"}
    page = browser.submit(browser.get("/lich-lam-viec"), "/lich-lam-viec", day)
    if "dong_y" in page.html:
        browser.submit(page, "/lich-lam-viec")
    told = browser.get("/thiet-lap/thay-doi").text
    assert "Lịch làm việc: 30/12/2022" in told
    assert "19:00-05:00" in told
