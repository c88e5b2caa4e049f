"""Every list as a file: one way, Vietnamese heads, names that every browser saves, no cell that is a formula."""

from __future__ import annotations

import csv
import re
from io import BytesIO, StringIO

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from tests.pages.conftest import House, Stage
from workflows.papers.book_csv import write_csv

LISTS = (
    "/ke-hoach/tai-ve", "/nhiem-vu/tai-ve", "/bao-cao/tai-ve", "/bao-cao/cham/tai-ve", "/so-van-ban/tai-ve",
    "/so-van-ban-den/tai-ve", "/so-van-ban/chua-xac-nhan/tai-ve", "/thiet-lap/thay-doi/tai-ve", "/viec/tai-ve",
)  # fmt: skip
WITH_DAYS = ("/ke-hoach/tai-ve", "/nhiem-vu/tai-ve", "/bao-cao/tai-ve", "/viec/tai-ve")
DANGEROUS = ("=HYPERLINK(1)", "+1", "-1", "@x", "\tx", "\rx")


@pytest.fixture
def house(stage: Stage) -> House:
    return stage("in_force")


def test_each_list_is_a_worksheet_and_csv_with_the_same_heads(house: House) -> None:
    browser = house.browser("van_thu")
    for path in LISTS:
        table = browser.http.get(path)
        plain = browser.http.get(path, params={"dang": "csv"})
        heads = next(csv.reader(StringIO(plain.content.decode("utf-8-sig"))))
        cells = [
            cell.value for row in load_workbook(BytesIO(table.content)).active.iter_rows() for cell in row if cell.value
        ]  # type: ignore[union-attr] # a workbook of ours has a sheet
        assert set(heads) <= set(cells), path
        assert any(re.search("[À-ỹĐđ]", head) for head in heads), path
        for answer, ending in ((table, "xlsx"), (plain, "csv")):
            named = answer.headers["content-disposition"]
            assert re.fullmatch(rf"attachment; filename=\"[a-z0-9-]+\.{ending}\"; filename\*=UTF-8''[\w%.-]+", named)


def test_the_inbox_is_taken_away_as_it_is_filtered_and_the_journal_as_a_worksheet(stage: Stage) -> None:
    signing = stage("signing")
    browser = signing.browser("chu_tich")
    assert "/viec/tai-ve" in browser.get("/viec").links
    rows = list(csv.reader(StringIO(browser.http.get("/viec/tai-ve?dang=csv").content.decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["Việc", "Ký ban hành"]
    none = browser.http.get("/viec/tai-ve?dang=csv&buoc=gop_y").content.decode("utf-8-sig")
    assert len(none.splitlines()) == 1
    log = load_workbook(BytesIO(browser.http.get(f"{signing.plan}/nhat-ky/tai-ve").content)).active
    said = [cell.value for row in log.iter_rows() for cell in row]  # type: ignore[union-attr] # a workbook of ours
    assert "Tư cách" in said and any(str(each).startswith("Chuỗi nhật ký") for each in said)


def test_lists_with_days_are_calendars_and_others_are_not(house: House) -> None:
    browser = house.browser("van_thu")
    for path in LISTS:
        answer = browser.http.get(path, params={"dang": "ics"})
        assert answer.status_code == (200 if path in WITH_DAYS else 404), path
    days = Calendar.from_ical(browser.http.get("/nhiem-vu/tai-ve?dang=ics").content).walk("VEVENT")
    assert len({str(each["uid"]) for each in days}) == len(days) > 0


def test_a_form_that_is_none_is_not_found(house: House) -> None:
    assert house.browser("van_thu").http.get("/ke-hoach/tai-ve?dang=exe").status_code == 404


@pytest.mark.parametrize("words", DANGEROUS)
def test_what_begins_like_a_formula_is_text(words: str) -> None:
    (_, row) = csv.reader(StringIO(write_csv(["Tên"], [[words]]).decode("utf-8-sig"), newline=""))
    assert row == [f"'{words}"]
