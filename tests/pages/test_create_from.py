"""A new plan begins with an empty form, last year's plan, or one of an upper level; nothing is kept by looking."""

from __future__ import annotations

from sqlalchemy import func, select

from tests.pages.conftest import House, Stage
from tests.pages.page_client import Browser
from workflows.plans.blank_plan import blank_plan
from workflows.plans.read_text import read_text
from workflows.store.tables.plans import plans

NEW = "/ke-hoach/moi"


def drafter(house: House) -> Browser:
    return house.browser("can_bo", house.cast.office.drafting_unit_id)


def count(house: House) -> int:
    with house.cast.database.read() as connection:
        return int(connection.execute(select(func.count()).select_from(plans)).scalar_one())


def test_the_empty_form_is_read_as_a_plan_once_it_is_handed_in(stage: Stage) -> None:
    house = stage("empty")
    browser = drafter(house)
    page = browser.get(f"{NEW}?tu=mau")
    text = page.form(NEW).filled()["van_ban"]
    assert "I. MỤC ĐÍCH, YÊU CẦU" in text and "Nơi nhận:" in text and count(house) == 0
    review = browser.submit(page, NEW, {"van_ban": text.replace("… năm 2022", "Chuyển đổi số năm 2022")})
    assert review.h1 == "Kiểm tra phần máy đọc" and "Chuyển đổi số năm 2022" in review.text
    assert count(house) == 1


def test_last_years_plan_moves_its_years_and_shows_what_changed(stage: Stage) -> None:
    house = stage("in_force")
    browser = drafter(house)
    choices = browser.get(NEW)
    assert "Kế hoạch trước của cơ quan" in choices.text
    page = browser.get(f"{NEW}?tu={house.cast.plan_id}&nam=2023")
    text = page.form(NEW).filled()["van_ban"]
    document = read_text(text)
    assert document.period is not None and document.period.first == 2023
    assert "04-NQ/TU ngày 18/10/2021" in text  # what is cited keeps its years
    assert "chỗ thêm" in page.text and count(house) == 1
    assert browser.get(f"{NEW}?tu={house.cast.plan_id}&nam=1950").status == 200


def test_a_plan_of_an_upper_level_becomes_the_basis(stage: Stage) -> None:
    house = stage("in_force")
    with house.cast.database.write() as connection:  # the plan is another office's that was sent here
        connection.exec_driver_sql(
            "INSERT INTO bodies (name, fold, kind, valid_from, aliases) VALUES"
            " ('UBND huyện Mộ Đức', 'ubnd huyen mo duc', 'office', '2000-01-01', '[]')"
        )
        connection.exec_driver_sql("UPDATE bodies SET office_id = id WHERE office_id IS NULL AND kind = 'office'")
        connection.exec_driver_sql("UPDATE plans SET office_id = (SELECT max(id) FROM bodies)")
        connection.exec_driver_sql(f"UPDATE recipients SET body_id = {house.cast.office.id}, status = 'da_gui'")
    browser = drafter(house)
    assert "Triển khai kế hoạch của cơ quan khác" in browser.get(NEW).text
    text = browser.get(f"{NEW}?tu={house.cast.plan_id}").form(NEW).filled()["van_ban"]
    assert "Căn cứ Kế hoạch số" in text and "UBND huyện Mộ Đức" in text and "Triển khai thực hiện" in text


def test_a_plan_that_one_may_not_see_and_what_is_no_plan_begin_nothing(stage: Stage) -> None:
    house = stage("drafting")
    browser = drafter(house)
    for given in ("999", "9" * 30, "la", "%00", "<b>"):
        browser.get(f"{NEW}?tu={given}", 404)


def test_a_blank_plan_holds_what_a_reader_finds() -> None:
    from datetime import date  # noqa: PLC0415 - one day for one test

    document = read_text(blank_plan("UBND xã Đức Tân", "Phòng Văn hóa - Xã hội", "Đức Tân", date(2026, 1, 5)))
    assert document.doc_type == "KẾ HOẠCH" and document.recipients and document.sections and document.reports
