"""Tables of a plan's text are tables on its pages: rows under the heads of their columns, cards on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from service.pages.text_tables import rows_among
from tests.pages.conftest import House, Stage
from tests.pages.in_chromium import sign_in
from tests.pages.page_client import Page
from tests.pages.served import served
from tests.stories.cast import plan_text

NEW = "/ke-hoach/moi"
TABLE = (
    "TT\tNhiệm vụ\tChủ trì\tThời gian",
    "1\tMở chuyên mục<br>trên đài\tĐài truyền thanh xã\tQuý I/2023",
    "2\tPhát thanh <b>hằng tuần</b>\tĐài truyền thanh xã",
)


def test_rows_stand_under_their_heads_and_what_is_short_is_filled_up() -> None:
    rows = rows_among(["Mở đầu", *TABLE, "", "Kết"])
    assert sorted(rows) == [2, 3, 4] and rows[2].begins and rows[2].is_head and not rows[3].is_head
    assert [(cell.head, cell.text) for cell in rows[3].cells][1] == ("Nhiệm vụ", "Mở chuyên mục\ntrên đài")
    assert [cell.text for cell in rows[4].cells] == ["2", "Phát thanh hằng tuần", "Đài truyền thanh xã", ""]


def test_a_group_among_the_rows_ends_no_table_and_rulers_are_no_rows() -> None:
    rows = rows_among(["| A | B |", "|---|---|", "| 1 | x |", "II. Nhóm hai", "| 2 | y |"])
    assert sorted(rows) == [1, 3, 5] and rows[5].begins and not rows[5].is_head
    assert [cell.head for cell in rows[5].cells] == ["A", "B"]


def test_one_line_with_a_tab_is_no_table() -> None:
    assert not rows_among(["Số:\t/KH-UBND", "", "ngày\ttháng", "Kết"])


def with_table() -> str:
    lines = plan_text("000_duc_phong.txt").split("\n")
    at = next(no for no, line in enumerate(lines) if line.startswith("V. TỔ CHỨC"))
    return "\n".join([*lines[:at], "IV. NHIỆM VỤ", "", *TABLE, "", *lines[at:]])


def reviewed(house: House) -> Page:
    browser = house.browser("can_bo", house.cast.office.drafting_unit_id)
    return browser.submit(browser.get(NEW), NEW, {"van_ban": with_table()})


def test_the_draft_shows_its_table(stage: Stage) -> None:
    house = stage("empty")
    page = reviewed(house)
    assert page.html.count('<table class="stack"') == 1 and 'data-k="Chủ trì"' in page.html
    plan = page.path.rpartition("/")[0]
    seen = house.browser("can_bo", house.cast.office.drafting_unit_id).get(f"{plan}?tim=chuyen+muc")
    cell = seen.html.partition('data-k="Nhiệm vụ">')[2].partition("</td>")[0]
    assert "<mark>" in cell, cell
    assert seen.ids.count("cho-tim") == 1


@pytest.mark.browser
def test_on_a_phone_each_row_is_a_card_and_nothing_goes_sideways(stage: Stage, chromium: Browser) -> None:
    house = stage("empty")
    page = reviewed(house)
    with served(house.app) as address:
        tab = chromium.new_page(viewport={"width": 390, "height": 844})
        sign_in(tab, address, house.login("can_bo", house.cast.office.drafting_unit_id))
        tab.goto(f"{address}{page.path.rpartition('/')[0]}")
        table = tab.locator(".in-text")
        assert table.evaluate("e => e.scrollWidth - e.clientWidth") == 0
        cell = table.locator("td[data-k='Chủ trì']").first
        assert cell.evaluate("e => getComputedStyle(e, '::before').content") == '"Chủ trì"'
        assert tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
        tab.context.close()
