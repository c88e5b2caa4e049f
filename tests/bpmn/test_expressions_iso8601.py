"""Durations, instants, repeating intervals and cron (ET1-ET3)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.bpmn.iso8601 import ZONE, Cycle, Duration, parse_cycle, parse_duration, parse_instant, to_text

ARRIVAL = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("P1Y2M3W4DT5H6M7S", Duration(14, 25, timedelta(hours=5, minutes=6, seconds=7))),
        ("P1M", Duration(months=1)),
        ("PT1M", Duration(clock=timedelta(minutes=1))),
        ("PT0.5S", Duration(clock=timedelta(milliseconds=500))),
        ("P0D", Duration()),
        ("PT36H", Duration(clock=timedelta(hours=36))),
        (" P7D ", Duration(days=7)),
    ],
)
def test_duration(text: str, expected: Duration) -> None:
    assert parse_duration(text) == expected
    assert parse_duration(str(expected)) == expected


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "P1", "1D", "P1DT", "-P1D", "P1H", "PT1D", "p1d", "P1.5D", "P1M1Y", "P٣D", "P9999999999D"]
)
def test_not_a_duration(text: str) -> None:
    with pytest.raises(ValueError, match="ISO 8601 duration"):
        parse_duration(text)


@pytest.mark.parametrize(
    ("start", "duration", "end"),
    [
        ("2026-01-31T08:00:00+07:00", "P1M", "2026-02-28T08:00:00+07:00"),
        ("2024-01-31T08:00:00+07:00", "P1M", "2024-02-29T08:00:00+07:00"),
        ("2024-02-29T08:00:00+07:00", "P1Y", "2025-02-28T08:00:00+07:00"),
        ("2026-01-30T18:00:00Z", "P1M", "2026-02-27T18:00:00Z"),
        ("2026-01-05T01:00:00Z", "P3D", "2026-01-08T01:00:00Z"),
        ("2026-12-31T23:30:00+07:00", "PT45M", "2027-01-01T00:15:00+07:00"),
        ("2026-01-31T08:00:00+07:00", "P1M1D", "2026-03-01T08:00:00+07:00"),
    ],
)
def test_calendar_arithmetic_on_the_clock_of_viet_nam(start: str, duration: str, end: str) -> None:
    assert parse_duration(duration).add_to(at(start)) == at(end)


def test_beyond_the_calendar_is_a_value_error() -> None:
    for text in ("P9000Y", "P9999999D", "PT999999999H"):
        with pytest.raises(ValueError, match="beyond the calendar"):
            parse_duration(text).add_to(ARRIVAL)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-05T01:00:00Z", ARRIVAL),
        ("2026-01-05T08:00:00+07:00", ARRIVAL),
        ("2026-01-05T08:00:00", ARRIVAL),
        ("2026-01-05T08:00", ARRIVAL),
        ("2026-01-05T08:00:00+0700", ARRIVAL),
        ("2026-01-05T08:00:00@Asia/Ho_Chi_Minh", ARRIVAL),
        ("2026-01-05", datetime(2026, 1, 5, tzinfo=ZONE)),
        ("2026-01-05T01:00:00.250Z", ARRIVAL + timedelta(milliseconds=250)),
    ],
)
def test_instant(text: str, expected: datetime) -> None:
    found = parse_instant(text)
    assert found == expected
    assert found.tzinfo is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hôm nay",
        "2026-02-30",
        "2026-01-05T25:00:00Z",
        "20260105",
        "2026-W01-1",
        "2026-01-05 08:00",
        "2026-01-05T08:00@Mars",
    ],
)
def test_not_an_instant(text: str) -> None:
    with pytest.raises(ValueError):
        parse_instant(text)


def fires(text: str, most: int = 5) -> list[str]:
    cycle, found, previous = parse_cycle(text), [], None
    for index in range(most):
        previous = cycle.due(index, ARRIVAL, previous)
        if previous is None:
            break
        found.append(to_text(previous))
    return found


def test_cycle_counts_from_arrival() -> None:
    assert fires("R3/P1D") == ["2026-01-06T01:00:00Z", "2026-01-07T01:00:00Z", "2026-01-08T01:00:00Z"]
    assert parse_cycle("R3/P1D") == Cycle(3, None, Duration(days=1))
    assert len(fires("R/P1D")) == 5
    assert len(fires("R-1/P1D")) == 5
    assert fires("R0/P1D") == []


def test_cycle_with_a_start_fires_at_the_start_and_keeps_its_day() -> None:
    assert fires("R3/2026-01-31T01:00:00Z/P1M") == [
        "2026-01-31T01:00:00Z",
        "2026-02-28T01:00:00Z",
        "2026-03-31T01:00:00Z",
    ]


def test_cycle_with_an_end_fires_last_at_the_end() -> None:
    assert fires("R2/P1D/2026-01-10T01:00:00Z") == ["2026-01-09T01:00:00Z", "2026-01-10T01:00:00Z"]
    assert fires("R/P2D/2026-01-10T01:00:00Z") == [
        "2026-01-06T01:00:00Z",
        "2026-01-08T01:00:00Z",
        "2026-01-10T01:00:00Z",
    ]
    assert fires("R/P2D/2026-01-01T01:00:00Z") == []
    assert len(fires("R/PT1S/2026-01-05T01:00:03Z")) == 3


@pytest.mark.parametrize(
    "text",
    [
        "",
        "R",
        "R3",
        "R3/",
        "R3/x",
        "R3/P0D",
        "Rx/P1D",
        "R1/P1D/P1D",
        "R/1/2/3",
        "R-2/P1D",
        "P1D",
        "* * *",
        "R1000000000000/P1D",
    ],
)
def test_not_a_cycle(text: str) -> None:
    with pytest.raises(ValueError):
        parse_cycle(text)


@pytest.mark.parametrize(
    ("cron", "expected"),
    [
        ("0 0 8 * * ?", ["2026-01-06T08:00", "2026-01-07T08:00"]),
        ("0 30 7 ? * MON-FRI", ["2026-01-06T07:30", "2026-01-07T07:30"]),
        ("0 0 8 L * ?", ["2026-01-31T08:00", "2026-02-28T08:00"]),
        ("0 0 8 LW * ?", ["2026-01-30T08:00", "2026-02-27T08:00"]),
        ("0 0 8 15W * ?", ["2026-01-15T08:00", "2026-02-16T08:00"]),
        ("0 0 8 ? * 6#3", ["2026-01-16T08:00", "2026-02-20T08:00"]),
        ("0 0 8 ? * 6L", ["2026-01-30T08:00", "2026-02-27T08:00"]),
        ("0 0/20 8 * * ?", ["2026-01-05T08:20", "2026-01-05T08:40"]),
        ("0 0 8 29 2 ?", ["2028-02-29T08:00", "2032-02-29T08:00"]),
        ("0 0 8 1 1,7 ? 2026", ["2026-07-01T08:00"]),
        ("0 0 8 ? * SUN", ["2026-01-11T08:00", "2026-01-18T08:00"]),
        ("0 0 9-17/4 5 1 ?", ["2026-01-05T09:00", "2026-01-05T13:00"]),
        ("0 0 8 L-2 * ?", ["2026-01-29T08:00", "2026-02-26T08:00"]),
        ("0 0 8 31 4 ?", []),
    ],
)
def test_cron_runs_on_the_clock_of_viet_nam(cron: str, expected: list[str]) -> None:
    assert [at(text).astimezone(ZONE).isoformat()[:16] for text in fires(cron, 2)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "0 0 8 * * MON",
        "0 0 8 ? * ?",
        "60 0 8 * * ?",
        "0 0 24 * * ?",
        "0 0 8 32 * ?",
        "0 0 8 * 13 ?",
        "0 0 8 ? * 8",
        "0 0 8 * * ? 1",
        "0 0 8 x * ?",
        "0 0 8 */0 * ?",
        "0 0 8 1- * ?",
        "0 0 8 99W * ?",
    ],
)
def test_not_a_cron(text: str) -> None:
    with pytest.raises(ValueError):
        parse_cycle(text)


@given(st.text(max_size=30))
def test_any_text_is_read_or_a_value_error(text: str) -> None:
    for read in (parse_duration, parse_instant, parse_cycle):
        try:
            read(text)
        except ValueError:
            continue


@given(
    st.integers(0, 60),
    st.integers(0, 400),
    st.integers(0, 10**7),
    st.integers(-(2**31), 2**32),
)
def test_adding_is_monotonic_and_a_longer_period_is_never_earlier(
    months: int, days: int, seconds: int, start: datetime
) -> None:
    instant = datetime.fromtimestamp(start, UTC)
    moved = Duration(months, days, timedelta(seconds=seconds)).add_to(instant)
    assert moved >= instant
    assert Duration(months + 1, days, timedelta(seconds=seconds)).add_to(instant) >= moved
