"""Check what the machine read: doubts and findings first, each field corrected in its place, taken back, accepted."""

from __future__ import annotations

import re

from tests.pages.conftest import House, Stage
from tests.pages.page_client import Browser, Page
from tests.stories.cast import plan_text

NEW = "/ke-hoach/moi"


def reviewed(house: House, text: str = "") -> tuple[Browser, Page]:
    browser = house.browser("can_bo", house.cast.office.drafting_unit_id)
    return browser, browser.submit(browser.get(NEW), NEW, {"van_ban": text or plan_text("000_duc_phong.txt")})


def correct(
    browser: Browser,
    page: Page,
    item: tuple[str, str],
    words: dict[str, str],
    *,
    deed: str = "set",
    status: int = 200,
) -> Page:
    action = f"{page.path.rpartition(chr(47))[0]}/sua-doc-hieu"
    form = next(
        form
        for form in page.forms
        if form.action == action
        and (form.filled()["loai"], form.filled()["viec"], form.filled()["thu_tu"]) == (item[0], deed, item[1])
    )
    return browser.send(page, form, words, status=status)


def test_doubts_and_findings_stand_first_and_link_to_their_lines(stage: Stage) -> None:
    _, page = reviewed(stage("empty"), plan_text("000_duc_phong.txt").replace("CHỦ TỊCH", "KT. CHỦ TỊCH\nTRƯỞNG THÔN"))
    assert (
        page.text.index("chỗ máy chưa chắc") < page.text.index("chỗ văn bản có thể sai") < page.text.index("Nhiệm vụ (")
    )
    assert any(link.startswith("#dong-") for link in page.links)


def test_a_field_is_corrected_in_its_place_and_taken_back(stage: Stage) -> None:
    browser, page = reviewed(stage("empty"))
    assert "Đã sửa" not in page.text
    after = correct(browser, page, ("task", "0"), {"thoi_gian": "trước 30/6/2023"})
    assert "Thời gian: trước 30/6/2023" in after.text
    assert "Đã sửa 1 chỗ" in after.text
    undone = browser.submit(after, page.path.replace("doc-hieu", "bo-sua"))
    assert "trước 30/6/2023" not in undone.text
    assert "Đã sửa" not in undone.text


def test_a_wrong_field_stays_as_typed_with_its_message(stage: Stage) -> None:
    browser, page = reviewed(stage("empty"))
    refused = correct(browser, page, ("task", "0"), {"thoi_gian": "khi nào rảnh", "ten": "Việc mới"}, status=422)
    assert "chưa hiểu thời gian “khi nào rảnh”" in refused.text
    assert "#o-thoi_gian" in refused.links
    form = next(form for form in refused.forms if form.filled().get("ten") == "Việc mới")
    assert form.filled()["thoi_gian"] == "khi nào rảnh"


def test_an_item_is_dropped_and_another_added(stage: Stage) -> None:
    browser, page = reviewed(stage("empty"))
    assert "Nhiệm vụ (7)" in page.text
    page = correct(browser, page, ("task", "6"), {}, deed="drop")
    assert "Nhiệm vụ (6)" in page.text
    page = correct(browser, page, ("task", ""), {"ten": "Tập huấn", "chu_tri": "Văn phòng UBND xã"}, deed="add")
    assert "Nhiệm vụ (7)" in page.text and "Tập huấn" in page.text


def test_an_old_page_corrects_nothing(stage: Stage) -> None:
    browser, page = reviewed(stage("empty"))
    text = plan_text("000_duc_phong.txt") + "\nThêm dòng cuối."
    browser.submit(page, page.path.replace("doc-hieu", "sua"), {"van_ban": text, "ghi_chu": ""})
    stale = correct(browser, page, ("task", "0"), {"ten": "x"}, status=409)
    assert "trước đồng chí" in stale.text


def test_strangers_correct_nothing(stage: Stage) -> None:
    house = stage("empty")
    _, page = reviewed(house)
    stranger = house.browser("van_thu")
    stranger.get(page.path, status=404)


def test_numbers_are_those_of_the_document_and_stay_what_they_are(stage: Stage) -> None:
    """The plan of Hồng Phong has two tasks 2.1.7: what tells them apart inside is no word for people."""
    browser, page = reviewed(stage("empty"), plan_text("002_hong_phong.txt"))
    assert page.text.count("2.1.7. ") >= 2 and not re.search(r"\d#\d", page.text + page.html)
    number = next(form.filled()["thu_tu"] for form in page.forms if form.filled().get("so") == "2.1.7")
    after = correct(browser, page, ("task", number), {"thoi_gian": "Quý III/2024"})
    assert "Đã sửa 1 chỗ" in after.text and not re.search(r"\d#\d", after.html)
    assert after.text.count("2.1.7. ") == page.text.count("2.1.7. ")


def test_a_time_before_a_day_is_shown_with_the_last_day_that_it_means(stage: Stage) -> None:
    _, page = reviewed(stage("empty"))
    assert re.search(r"“Trước 16/11” được hiểu là hạn cuối vào ngày 15/11\.", page.text), page.text[:3000]
