"""Totals say how many units they hold; what nobody reported is never zero, and goes up as it is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from workflows.plans.consolidation import Given, carried_up, compared, given_in, summary_json, totals_of
from workflows.plans.report_draft import WorkDone, counts_of, words_of_office, words_of_unit
from workflows.plans.report_form import APART, DEFAULT_FORM, MEAN, Line

A = Line("a", "Hồ sơ", unit="hồ sơ", target=Decimal(10))
figures = st.none() | st.dictionaries(st.sampled_from(["a", "b"]), st.integers(-(10**6), 10**6))
units = st.lists(figures, max_size=8).map(
    lambda given_: [Given(at, f"Đơn vị {at}", each) for at, each in enumerate(given_)]
)


@given(units)
def test_every_unit_is_in_the_sum_or_is_named(given_units: list[Given]) -> None:
    (total,) = totals_of([A], given_units)
    reported = [each.figures["a"] for each in given_units if each.figures and "a" in each.figures]
    assert total.reported + len(total.missing) == total.asked == len(given_units)
    assert total.figure == (sum(map(Decimal, reported)) if reported else None)
    assert total.is_whole == (not total.missing)


@given(units, units)
def test_two_levels_add_up_to_one(left: list[Given], right: list[Given]) -> None:
    whole = totals_of([A], [*left, *right])[0]
    below = []
    for at, part in enumerate((left, right)):
        carried, coverage, _ = carried_up(totals_of([A], part), [A])
        below.append(Given(at, f"Xã {at}", carried, coverage))
    upper = totals_of([A], [each for each, part in zip(below, (left, right), strict=True) if part])[0]
    assert (upper.figure, upper.reported, upper.asked) == (whole.figure, whole.reported, whole.asked)


@given(units)
def test_a_frozen_summary_gives_the_same_totals(given_units: list[Given]) -> None:
    summary = summary_json([A], given_units, {0: "2026-11-15"})
    assert totals_of([A], given_in(summary)) == totals_of([A], given_units)


def test_percents_are_averaged_and_ranks_are_not_joined() -> None:
    two = [Given(1, "A", {"a": "1.5"}), Given(2, "B", {"a": 2})]
    assert totals_of([Line("a", "Tỷ lệ", join=MEAN)], two)[0].figure == Decimal("1.75")
    apart = totals_of([Line("a", "Xếp hạng", join=APART)], two)[0]
    assert (apart.figure, apart.reported) == (None, 2)


def test_what_is_counted_in_another_unit_is_named_and_not_carried() -> None:
    total = totals_of([A], [Given(1, "A", {"a": 3})])
    above = [Line("x", "HỒ SƠ", unit="Hồ sơ"), Line("y", "Hồ sơ chậm")]
    assert carried_up(total, above) == ({"x": 3}, {"x": [1, 1]}, [])
    figures_up, coverage, misfits = carried_up(total, [Line("x", "Hồ sơ", unit="nghìn hồ sơ")])
    assert (figures_up, coverage) == ({}, {})
    assert misfits == ["Hồ sơ (hồ sơ, cấp trên cần nghìn hồ sơ)"]


def test_the_year_before_and_the_target_stand_beside_the_figure() -> None:
    totals = totals_of([A], [Given(1, "A", {"a": 12}), Given(2, "B", None)])
    (line,) = compared(totals, {"a": 10})
    assert (line.change, line.is_flagged, line.reached) == (Decimal("0.2"), True, True)
    assert compared(totals, {})[0].change is None
    text = words_of_office([("A", "Xong.")], ["B"], [line], {"A": "gửi muộn"})
    assert (
        "- Hồ sơ: 12 hồ sơ (1/2 đơn vị đã báo cáo), tăng 20% so với cùng kỳ năm trước "
        "(thay đổi lớn, từ 20% trở lên), đạt chỉ tiêu 10 hồ sơ"
    ) in text
    (calmer,) = compared(totals, {"a": 10}, Decimal("0.21"))
    assert not calmer.is_flagged
    assert "thay đổi lớn" not in words_of_office([("A", "Xong.")], [], [calmer], {})
    assert "Chưa có báo cáo của: B." in text
    assert "1. A (gửi muộn)\nXong." in text


def test_a_units_draft_is_its_tasks() -> None:
    today = date(2026, 11, 10)
    work = [
        WorkDone("Tập huấn", date(2026, 3, 2), date(2026, 3, 31), "120 người"),
        WorkDone("Kiểm tra", None, date(2026, 10, 1)),
        WorkDone("Tuyên truyền", None, None, progress="đạt 60%"),
        WorkDone("Tiếp công dân", None, None, wants_line=True),
    ]
    assert counts_of(work, today) == {"hoan_thanh": 1, "dang_lam": 2, "cham": 1}
    assert words_of_unit(work, today).splitlines() == [
        "1. Nhiệm vụ đã hoàn thành",
        "- Tập huấn (02/03/2026): 120 người",
        "2. Nhiệm vụ quá hạn",
        "- Kiểm tra (hạn 01/10/2026)",
        "3. Nhiệm vụ đang thực hiện",
        "- Tuyên truyền, đạt 60%",
        "4. Nhiệm vụ thường xuyên cần ghi kết quả trong kỳ",
        "- Tiếp công dân: chưa ghi kết quả",
    ]
    assert len(DEFAULT_FORM) == len(counts_of(work, today))
