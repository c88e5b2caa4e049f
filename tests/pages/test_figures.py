"""Số liệu and the year of a plan: what the pages count, what the files hold, and who may see which office's figures."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from tests.pages.conftest import House, Stage, Stages, house_of
from workflows.store.local_days import local_day


@pytest.fixture(scope="module")
def november(stages: Stages, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A plan in force whose duties are open and whose first report is being made; looked at, never changed."""
    folder = tmp_path_factory.mktemp("november")
    house = house_of(stages.open("in_force", folder), folder)
    house.cast.wait(house.cast.now.replace(month=11, day=17))
    yield house
    house.cast.database.close()


def rows_of(house: House, sheet: str) -> list[list[str]]:
    answer = house.browser("van_thu").http.get(f"/so-lieu/tai-ve?bang={sheet}&dang=csv&nam={house.cast.now.year}")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))


def test_every_task_is_counted_once_in_the_month_of_its_last_day(november: House) -> None:
    by_month, by_unit = rows_of(november, "thang"), rows_of(november, "don-vi")
    assert by_month[0] == ["Tháng", "Đúng hạn", "Xong muộn", "Quá hạn, chưa xong", "Còn hạn", "Tất cả"]
    *months, whole = [[int(cell) for cell in row[1:]] for row in by_month[1:]]
    assert whole == [sum(column) for column in zip(*months, strict=True)]
    assert whole == [sum(int(row[at]) for row in by_unit[1:]) for at in range(1, 6)]
    assert whole[2] > 0, "nobody has done the duties of the autumn"
    assert whole[4] == sum(whole[:4])


def test_the_page_has_every_chart_with_its_table_beside_it(november: House) -> None:
    page = november.browser("van_thu").get("/so-lieu")
    assert page.html.count('<svg xmlns="http://www.w3.org/2000/svg" class="chart ') == 4
    assert "Vòng đời của một kế hoạch" in page.html
    assert "heat-4" in page.html
    assert page.html.count('<details class="data" open>') >= 6


def test_a_unit_and_a_field_narrow_the_figures_and_stay_in_the_address(november: House) -> None:
    browser, unit = november.browser("van_thu"), november.cast.office.drafting_unit_id
    whole = browser.get("/so-lieu?nam=2022")
    of_unit = browser.get(f"/so-lieu?nam=2022&don_vi={unit}&linh_vuc={unit}")
    assert f"nam=2022&amp;don_vi={unit}&amp;linh_vuc={unit}&amp;bang=thang" in of_unit.html
    assert "Xóa bộ lọc" in of_unit.html
    assert "Xóa bộ lọc" not in whole.html


def test_another_year_is_empty_and_says_so(november: House) -> None:
    page = november.browser("van_thu").get("/so-lieu?nam=2023&don_vi=x&linh_vuc=99999")
    assert "Số liệu năm 2023" in page.h1
    assert "Năm 2023 không có việc nào" in page.html


def test_the_worksheet_holds_the_same_as_the_page(november: House) -> None:
    answer = november.browser("van_thu").http.get("/so-lieu/tai-ve?bang=buoc&dang=xlsx&nam=2022")
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    cells = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    wanted = rows_of(november, "buoc")
    assert [row for row in cells if row][1:] == [[cell for cell in row if cell] for row in wanted]


def test_there_is_no_other_sheet(stage: Stage) -> None:
    client = stage("empty").browser("van_thu").http
    assert client.get("/so-lieu/tai-ve?bang=khac").status_code == 404
    assert client.get("/so-lieu/tai-ve?bang=thang&dang=exe").status_code == 404


def test_whoever_belongs_to_another_organisation_sees_no_figures_of_the_office(november: House) -> None:
    page = november.browser("thu_truong", november.cast.office.front_id).get("/so-lieu")
    assert "không thuộc cơ quan nào" in page.html
    assert "<svg xmlns" not in page.html


def test_the_year_of_a_plan_shows_duties_reports_and_today(november: House) -> None:
    page = november.browser("van_thu").get(f"{november.plan}/ca-nam")
    today = local_day(november.cast.now)
    assert f"Hôm nay {today:%d/%m}" in page.html
    assert "Hạn cơ quan báo cáo" in page.html
    later = november.browser("van_thu").get(f"{november.plan}/ca-nam?nam={today.year + 1}")
    assert "Hôm nay" not in later.html


def test_a_plan_that_is_not_issued_has_no_year_yet(stage: Stage) -> None:
    house = stage("drafting")
    page = house.browser("van_thu").get(f"{house.plan}/ca-nam")
    assert "được lập khi kế hoạch phát hành" in page.html
