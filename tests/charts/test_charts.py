"""Every chart says the same as its table, is legal under the policy of the pages, and can be heard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from service.charts.months import stacked_months
from service.charts.picture import HATCHED, LABEL_WIDTH, LETTER, Part, Picture, label_lines, nice_top
from service.charts.plan_year import (
    AHEAD,
    DONE,
    OVERDUE,
    SHAPES,
    STATES,
    STEADY,
    DutyLine,
    Sign,
    Stretch,
    year_chart,
)
from service.charts.progress import Measured, progress_bars
from service.charts.years import Index, lines_over_years
from tests.nightly import size
from workflows.bpmn.draw_text import width

SVG = "{http://www.w3.org/2000/svg}"
PARTS = (Part("c-done", "Đúng hạn"), Part("c-late", "Xong muộn"))
NASTY = 'Phòng <b>"A" & B</b>\x00'


def tree(picture: Picture) -> ElementTree.Element:
    return ElementTree.fromstring(picture.svg)


def percent(text: str | None) -> float:
    assert text is not None
    assert text.endswith("%")
    return float(text[:-1])


def bars(picture: Picture, look: str) -> Iterator[ElementTree.Element]:
    return (each for each in tree(picture).iter(f"{SVG}rect") if each.get("class") == f"c-bar {look}")


def samples() -> list[Picture]:
    signs = [Sign(date(2026, 11, 15), "unit_report", NASTY), Sign(date(2026, 4, 21), "milestone", "ban hành")]
    duty = DutyLine(NASTY * 20, NASTY, [Stretch(date(2025, 12, 1), date(2026, 2, 3), STEADY, NASTY)])
    return [
        stacked_months("m", NASTY, PARTS, {3: {"c-done": 2, "c-late": 1}}),
        progress_bars("p", NASTY, "Đơn vị", PARTS, [Measured(NASTY, {"c-late": 3})], done=("c-done", "c-late")),
        lines_over_years("y", NASTY, ["2025", "2026"], [Index(NASTY, {"2025": 1.5, "2026": 4}, {"2026": 9})]),
        year_chart("c", NASTY, 2026, date(2026, 6, 1), signs, [duty]),
    ]


@pytest.mark.parametrize("picture", samples(), ids=["months", "progress", "years", "plan_year"])
def test_a_chart_needs_no_style_or_script_and_is_named_for_whoever_hears_it(picture: Picture) -> None:
    root = tree(picture)
    told = {each.get("id"): each.text for each in root if each.tag in (f"{SVG}title", f"{SVG}desc")}
    assert root.get("role") == "img"
    assert list(told) == (root.get("aria-labelledby") or "").split()
    assert all(told.values())
    for element in root.iter():
        assert element.tag not in (f"{SVG}style", f"{SVG}script", f"{SVG}image", f"{SVG}foreignObject")
        assert "style" not in element.attrib
        for value in element.attrib.values():
            assert not re.search(r"url\((?!#)|javascript:", value)


def test_letters_keep_their_size_whatever_the_width() -> None:
    for picture in samples():
        assert tree(picture).get("viewBox") is None, "a scaled picture has scaled letters"
        assert {each.get("font-size") for each in tree(picture).iter(f"{SVG}text")} == {str(LETTER)}


@given(some.dictionaries(some.integers(1, 12), some.dictionaries(some.sampled_from(("c-done", "c-late")),
       some.integers(0, 10_000))))  # fmt: skip
@settings(max_examples=size(40, 800))
def test_the_bars_of_the_months_add_up_to_the_table(counts: dict[int, dict[str, int]]) -> None:
    picture = stacked_months("m", "Việc", PARTS, counts)
    whole = picture.rows[-1]
    for at, part in enumerate(PARTS, 1):
        assert whole[at] == str(sum(each.get(part.look, 0) for each in counts.values()))
        drawn = [float(each.get("height") or 0) for each in bars(picture, part.look)]
        assert len(drawn) == sum(bool(each.get(part.look)) for each in counts.values())
        assert all(0 <= high <= 150 for high in drawn)


@given(some.lists(some.tuples(some.integers(0, 500), some.integers(0, 500)), min_size=1, max_size=6))
@settings(max_examples=size(40, 800))
def test_each_progress_bar_is_as_full_as_its_numbers(numbers: list[tuple[int, int]]) -> None:
    rows = [Measured(f"Đơn vị {at}", {"c-done": done, "c-late": late}) for at, (done, late) in enumerate(numbers)]
    picture = progress_bars("p", "Việc", "Đơn vị", PARTS, rows, done=("c-done",))
    assert [tuple(map(int, row[1:])) for row in picture.rows] == [(a, b, a + b) for a, b in numbers]
    drawn = sum(percent(each.get("width")) for part in PARTS for each in bars(picture, part.look))
    assert drawn == pytest.approx(100 * sum(a + b > 0 for a, b in numbers), abs=0.5)


def test_a_period_without_a_value_breaks_the_line() -> None:
    picture = lines_over_years("y", "Chỉ số", ["2024", "2025", "2026"], [Index("Hồ sơ", {"2024": 1, "2026": 2})])
    assert not [each for each in tree(picture).iter(f"{SVG}line") if (each.get("class") or "").startswith("c-line")]
    assert picture.rows == (("Hồ sơ", "1", "–", "2"),)


def test_a_target_is_drawn_at_its_height_with_its_figure_in_words_and_a_row_of_its_own() -> None:
    index = Index("Hồ sơ", {"2024": 20, "2025": 60}, {"2025": 100})
    picture = lines_over_years("y", "Chỉ số", ["2024", "2025"], [index, Index("Đơn", {"2024": 5})])
    (line,) = [each for each in tree(picture).iter(f"{SVG}line") if "c-target" in (each.get("class") or "")]
    assert (line.get("y1"), line.get("y2")) == ("20", "20")  # the axis ends at the target, not at what was reached
    assert percent(line.get("x1")) < 94 <= percent(line.get("x2"))
    assert "chỉ tiêu 100" in [each.text for each in tree(picture).iter(f"{SVG}text")]
    assert picture.rows == (("Hồ sơ", "20", "60"), ("Hồ sơ – chỉ tiêu", "–", "100"), ("Đơn", "5", "–"))
    assert [key.words for key in picture.legend] == ["Hồ sơ", "Đơn", "Hồ sơ – chỉ tiêu"]


def test_the_year_shows_what_lies_in_it_and_where_today_is() -> None:
    stretches = [
        Stretch(date(2026, 1, 1), date(2026, 6, 30), DONE, "2026: đã xong"),
        Stretch(date(2027, 1, 1), date(2027, 6, 30), OVERDUE, "2027"),
    ]
    signs = [Sign(date(2026, 12, 31), "office_report", "báo cáo"), Sign(date(2027, 1, 1), "milestone", "x")]
    picture = year_chart("c", "Năm", 2026, date(2026, 7, 1), signs, [DutyLine("1. Rà soát", "Phòng A", stretches)])
    (bar,) = bars(picture, "c-done")
    assert (percent(bar.get("x")), percent(bar.get("width"))) == (0, 50)
    assert not list(bars(picture, "c-over"))
    assert [row[3] for row in picture.rows] == ["31/12/2026", "30/06/2026"]
    (line,) = [each for each in tree(picture).iter(f"{SVG}line") if each.get("class") == "c-today"]
    assert percent(line.get("x1")) == 50
    assert [key.words for key in picture.legend] == ["Đã xong", "Hạn cơ quan báo cáo"]


def test_a_state_is_told_by_its_shape_and_in_words_and_days_off_have_a_sign() -> None:
    times = [Stretch(date(2026, month, 1), date(2026, month, 20), state, "x")
             for month, state in ((1, DONE), (2, DONE), (3, OVERDUE), (5, AHEAD))]  # fmt: skip
    days = [
        Sign(date(2026, 2, 16), "off", "Tết Nguyên đán", date(2026, 2, 20)),
        Sign(date(2026, 2, 28), "work", "Làm bù", date(2026, 2, 28)),
    ]
    picture = year_chart("c", "Năm", 2026, date(2026, 4, 1), days, [DutyLine("1. Rà soát", "Phòng A", times)])
    drawn = [each.get("d") for each in tree(picture).iter(f"{SVG}path") if each.get("class") == "c-in"]
    assert drawn == [SHAPES[DONE.look], SHAPES[DONE.look], SHAPES[OVERDUE.look]]
    assert len({(SHAPES[each.look], each.look in HATCHED) for each in STATES if each not in (AHEAD,)}) == 5
    words = [each.text for each in tree(picture).iter(f"{SVG}text")]
    assert "1 quá hạn, chưa xong; 2 đã xong; 1 chưa tới kỳ" in words
    assert picture.rows[:2] == (
        ("Ngày nghỉ", "", "16/02/2026", "20/02/2026", "Tết Nguyên đán"),
        ("Ngày làm bù", "", "28/02/2026", "28/02/2026", "Làm bù"),
    )
    looks = [each.get("class") for each in tree(picture).iter(f"{SVG}path")]
    assert {"c-sign-off", "c-sign-work"} <= set(looks)


@given(some.text(max_size=300))
@settings(max_examples=size(60, 1200))
def test_a_label_fits_two_lines_of_a_phone(words: str) -> None:
    lines = label_lines(words)
    assert len(lines) <= 2
    assert all(width(line.rstrip("…"), LETTER) <= LABEL_WIDTH for line in lines)


@given(some.integers(0, 10**9))
def test_an_axis_ends_at_a_round_number_that_is_not_too_far(most: int) -> None:
    top = nice_top(most)
    assert top >= most
    assert top <= max(2, most * 2.5)
