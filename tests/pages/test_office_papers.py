"""Thiết lập văn thư: series, codes, signers of copies; what each person may change there."""

from __future__ import annotations

from tests.pages.administrators import administrator
from tests.pages.conftest import Stage
from tests.pages.page_client import Page
from workflows.store import books, copies

PAGE = "/thiet-lap-van-thu"


def actions(page: Page) -> set[str]:
    return {form.action for form in page.forms if form.action.startswith(PAGE)}


def test_each_sees_the_forms_that_are_theirs(stage: Stage) -> None:
    house = stage("empty")
    assert f"{PAGE}" in house.browser("van_thu").get("/so-van-ban").links
    assert actions(house.browser("van_thu").get(PAGE)) == {f"{PAGE}/ma-dinh-danh"}
    assert actions(house.browser("chu_tich").get(PAGE)) == {f"{PAGE}/day-so", f"{PAGE}/ky-ban-sao"}
    assert len(actions(administrator(house).get(PAGE))) == 3
    house.browser("thu_truong", house.cast.office.drafting_unit_id).get(PAGE, status=403)


def test_series_codes_and_signers_are_set(stage: Stage) -> None:
    house = stage("empty")
    browser, office = administrator(house), house.cast.office.id
    page = browser.get(PAGE)
    sent = page.form(f"{PAGE}/day-so").filled() | {
        "ten_day_so": ["Văn bản hành chính", ""],
        "loai_van_ban": ["kh, bc", ""],
    }
    browser.http.post(f"{PAGE}/day-so", data=sent)
    page = browser.get(PAGE)
    assert "Văn bản hành chính : KH, BC" in page.text
    page = browser.submit(page, f"{PAGE}/ma-dinh-danh", {"co_quan_nhan": str(office), "ma_dinh_danh": "000.12.30.H56"})
    assert "000.12.30.H56" in page.text
    unit = house.cast.office.drafting_unit_id
    page = browser.submit(page, f"{PAGE}/ky-ban-sao", {"don_vi_ky_sao": str(unit)})
    with house.cast.database.read() as connection:
        assert books.shared_in(connection, office, 2022) == {"Văn bản hành chính": ["KH", "BC"]}
        assert copies.signers_by_order(connection, office) == [unit]


def test_what_is_typed_wrong_is_kept_and_said(stage: Stage) -> None:
    house = stage("empty")
    browser = administrator(house)
    page = browser.get(PAGE)
    typed = {"co_quan_nhan": str(house.cast.office.id), "ma_dinh_danh": "H56"}
    page = browser.submit(page, f"{PAGE}/ma-dinh-danh", typed, status=422)
    assert page.form(f"{PAGE}/ma-dinh-danh").filled()["ma_dinh_danh"] == "H56"
    sent = page.form(f"{PAGE}/day-so").filled() | {"ten_day_so": "Chung", "loai_van_ban": "KH, XYZ"}
    refused = browser.http.post(f"{PAGE}/day-so", data=sent)
    assert refused.status_code == 422
    assert "KH, XYZ" in refused.text
