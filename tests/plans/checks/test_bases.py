"""Legal bases: replaced ones from the day on, later than the plan, without a date, named twice."""

from __future__ import annotations

from datetime import date

from workflows.plans.checks.replaced import REPLACED

from .marked import GOOD, changed, found, line_of

BASE = "Căn cứ Nghị quyết số 76/NQ-CP ngày 15 tháng 7 năm 2021 của Chính phủ"


def with_base(words: str) -> str:
    assert BASE in GOOD
    return GOOD.replace(BASE, f"{words};\n      {BASE}", 1)


def test_a_base_that_was_replaced_is_named_with_its_successor() -> None:
    text = with_base("Căn cứ Nghị định số 110/2004/NĐ-CP ngày 08 tháng 4 năm 2004 của Chính phủ về công tác văn thư")
    assert found(text) == {"BASE_REPLACED": line_of("Căn cứ Nghị quyết số 76")}


def test_a_base_counts_by_the_day_of_the_plan() -> None:
    text = with_base("Căn cứ Nghị định số 39/2022/NĐ-CP ngày 18 tháng 6 năm 2022 của Chính phủ")
    assert found(text) == {}
    blank = text.replace("Lâm Sơn, ngày 05 tháng 02 năm 2026", "Lâm Sơn, ngày    tháng    năm 2026")
    assert "BASE_REPLACED" in found(blank, date(2026, 6, 1))
    assert "BASE_REPLACED" not in found(blank, date(2026, 5, 28))


def test_a_base_is_older_than_the_plan() -> None:
    assert "BASE_AFTER_PLAN" in changed("ngày 15/01/2026 của UBND", "ngày 15/02/2026 của UBND")


def test_a_base_without_a_date_and_one_named_twice() -> None:
    assert "BASE_WITHOUT_DATE" in changed("Kế hoạch số 12/KH-UBND ngày 15/01/2026", "Kế hoạch số 12/KH-UBND")


def test_a_law_that_is_cited_by_title_and_day_is_known_too() -> None:
    text = with_base("Căn cứ Luật Đất đai ngày 29 tháng 11 năm 2013")
    assert found(text) == {"BASE_REPLACED": line_of("Căn cứ Nghị quyết số 76")}
    assert found(with_base("Căn cứ Luật Đất đai ngày 18 tháng 01 năm 2024")) == {}


def test_a_law_that_was_only_amended_stands() -> None:
    assert found(with_base("Căn cứ Luật Mặt trận Tổ quốc Việt Nam số 75/2015/QH13 ngày 09 tháng 6 năm 2015")) == {}


def test_a_number_inside_another_number_is_not_it() -> None:
    assert found(with_base("Căn cứ Nghị định số 161/2018/NĐ-CP ngày 29 tháng 11 năm 2018 của Chính phủ")) == {}
    one_window = with_base("Căn cứ Nghị định số 61/2018/NĐ-CP ngày 23 tháng 4 năm 2018 của Chính phủ")
    assert "BASE_REPLACED" in found(one_window)


def test_no_document_replaces_itself_or_is_listed_twice() -> None:
    numbers = [one.number for one in REPLACED]
    assert len(numbers) == len(set(numbers))
    assert not [one for one in REPLACED if one.number in one.by]
