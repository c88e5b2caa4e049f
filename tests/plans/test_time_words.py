from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.plans.document_parts import Period
from workflows.plans.time_shapes import times_from_json, times_to_json
from workflows.plans.time_words import read_time

YEAR = Period(2026, 2026)


def window(first: str, last: str) -> dict[str, str]:
    return {"kind": "window", "from": first, "to": last}


def recurring(every: str, count: int = 1, *, least: bool = False, **more: Any) -> dict[str, Any]:
    return {"kind": "recurring", "every": every, "count": count, "min": least, **more}


def deadline(day: str, rel: str) -> dict[str, str]:
    return {"kind": "deadline", "date": day, "rel": rel}


@pytest.mark.parametrize(
    ("words", "shape"),
    [
        ("Hàng năm", recurring("year")),
        ("Hằng quý", recurring("quarter")),
        ("01 lần/quý", recurring("quarter")),
        ("Tối thiểu 01 lần/năm", recurring("year", least=True)),
        ("Số lượng và tần suất phát sóng: 48 số (04 số/tháng)", recurring("month", 4, total=48, unit="số")),
        ("01 mục/1tháng", recurring("month", unit="mục")),
        ("Ít nhất 02 buổi/tháng", recurring("month", 2, least=True, unit="buổi")),
        ("Mỗi quý 01 lần", recurring("quarter")),
        ("6 tháng/lần", recurring("half")),
        ("Trước ngày 15/12 hàng năm", recurring("year", due={"month": 12, "day": 15, "rel": "before"})),
        ("Thường xuyên trong năm", {"kind": "continuous", "from": "2026-01-01", "to": "2026-12-31"}),
        ("Trong năm 2024", window("2024-01-01", "2024-12-31")),
        ("Trong năm", window("2026-01-01", "2026-12-31")),
        ("Quý III/2024", window("2024-07-01", "2024-09-30")),
        ("Quý I, II", window("2026-01-01", "2026-06-30")),
        ("Quý II và Quý IV/2026", [window("2026-04-01", "2026-06-30"), window("2026-10-01", "2026-12-31")]),
        ("Tháng 10/2024", window("2024-10-01", "2024-10-31")),
        ("Từ tháng 3 - 5/2026", window("2026-03-01", "2026-05-31")),
        ("Từ ngày 01/3/2026 đến ngày 30/6/2026", window("2026-03-01", "2026-06-30")),
        ("Giai đoạn 2026 - 2030", window("2026-01-01", "2030-12-31")),
        ("6 tháng đầu năm", window("2026-01-01", "2026-06-30")),
        ("hoàn thành trong quý IV năm 2026", window("2026-10-01", "2026-12-31")),
        ("Trước ngày 30 tháng 11 năm 2023", deadline("2023-11-30", "before")),
        ("Chậm nhất ngày 15/10/2026", deadline("2026-10-15", "by")),
        ("Trước 30/6", deadline("2026-06-30", "before")),
        ("Trước tháng 6/2026", deadline("2026-06-01", "before")),
        ("Đến hết quý III/2026", deadline("2026-09-30", "by")),
    ],
)
def test_words_and_their_shape(words: str, shape: Any) -> None:
    assert times_to_json(read_time(words, YEAR)) == shape


@pytest.mark.parametrize("words", ["Khi có hướng dẫn của tỉnh", "Theo quy định", "31/02/2026", "", "tháng 13/2026"])
def test_what_has_no_shape_has_none(words: str) -> None:
    assert read_time(words, YEAR) == ()


def test_steps_become_milestones() -> None:
    shape = times_to_json(read_time("Quý I: xây dựng dự thảo; Quý II: trình phê duyệt", YEAR))
    assert isinstance(shape, dict)
    assert [item["text"] for item in shape["items"]] == ["xây dựng dự thảo", "trình phê duyệt"]


def test_without_a_single_year_a_day_keeps_its_month() -> None:
    shape = times_to_json(read_time("Trước 30/6", Period(2022, 2025)))
    assert shape == {"kind": "deadline", "date": None, "rel": "before", "month": 6, "day": 30}


@given(st.text(alphabet=st.sampled_from("trước ngày tháng quý năm IV/-0123456789;.() lần"), max_size=60))
def test_any_words_have_an_answer_that_survives_json(words: str) -> None:
    shapes = read_time(words, YEAR)
    assert times_from_json(times_to_json(shapes)) == shapes
