"""Instants at which a day, a year, a book or a holiday turns: the day is that of Việt Nam, whatever the machine's
(G14)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.actions.small_office import founded, refused, stored
from tests.stories.cast import day
from workflows.actions import reserve_number
from workflows.engine.calendar import VIETNAM, Calendar
from workflows.store import clockwork
from workflows.store.database import Database
from workflows.store.tables.issuing import register

TICK = timedelta(microseconds=1)
# The last and the first instant of a day in Việt Nam, as a machine on Greenwich time has them.
TURNS = [
    (datetime(2024, 2, 28, 17, tzinfo=UTC), date(2024, 2, 29)),
    (datetime(2024, 2, 29, 17, tzinfo=UTC), date(2024, 3, 1)),
    (datetime(2025, 2, 28, 17, tzinfo=UTC), date(2025, 3, 1)),
    (datetime(2024, 4, 30, 17, tzinfo=UTC), date(2024, 5, 1)),
    (datetime(2024, 12, 31, 17, tzinfo=UTC), date(2025, 1, 1)),
    (datetime(2025, 12, 31, 17, tzinfo=UTC), date(2026, 1, 1)),
    (datetime(2028, 2, 28, 17, tzinfo=UTC), date(2028, 2, 29)),
    (datetime(2026, 12, 31, 17, tzinfo=UTC), date(2027, 1, 1)),
]
# The first day of Tết; that of 2030 is a day later in China.
TET = [
    date(2025, 1, 29),
    date(2026, 2, 17),
    date(2027, 2, 6),
    date(2028, 1, 26),
    date(2029, 2, 13),
    date(2030, 2, 2),
    date(2031, 1, 23),
]
# When a number is taken, and the day, the year and the number that it must have; a clock that went back included.
NUMBERS = [
    (datetime(2024, 12, 31, 16, 59, 59, 999_999, tzinfo=UTC), date(2024, 12, 31), 1),
    (datetime(2024, 12, 31, 17, tzinfo=UTC), date(2025, 1, 1), 1),
    (datetime(2024, 12, 31, 23, 59, 59, tzinfo=UTC), date(2025, 1, 1), 2),
    (datetime(2024, 12, 31, 16, 30, tzinfo=UTC), date(2024, 12, 31), 2),
    (datetime(2025, 1, 1, tzinfo=UTC), date(2025, 1, 1), 3),
    (datetime(2025, 2, 28, 17, tzinfo=UTC), date(2025, 3, 1), 4),
    (datetime(2025, 12, 31, 16, 59, 59, tzinfo=UTC), date(2025, 12, 31), 5),
    (datetime(2025, 12, 31, 12, tzinfo=UTC), date(2025, 12, 31), 6),
    (datetime(2025, 12, 31, 17, 0, 0, 1, tzinfo=UTC), date(2026, 1, 1), 1),
]


@pytest.mark.parametrize(("turn", "new"), TURNS, ids=str)
def test_the_day_turns_at_midnight_in_viet_nam(turn: datetime, new: date) -> None:
    calendar = Calendar()
    assert calendar.local_day(turn) == new
    assert calendar.local_day(turn - TICK) == new - timedelta(days=1)
    assert calendar.local_day(turn.astimezone(VIETNAM)) == new
    assert calendar.end_of(new - timedelta(days=1)) < turn


@pytest.mark.parametrize("first", TET, ids=str)
def test_nothing_falls_due_on_tet(memory: Database, first: date) -> None:
    with memory.write() as connection:
        clockwork.seed_calendar(connection, [first.year - 1, first.year])
        calendar = clockwork.calendar_of(connection, None)
    assert not calendar.is_working(first)
    assert not calendar.is_working(first + timedelta(days=1))
    before = first - timedelta(days=1)
    while not calendar.is_working(before):
        before -= timedelta(days=1)
    due = calendar.local_day(calendar.add_working_days(datetime.combine(before, day(2024, 1, 1).timetz()), 1))
    assert due > first + timedelta(days=2)
    assert calendar.is_working(due)
    assert not any(calendar.is_working(before + timedelta(days=each)) for each in range(1, (due - before).days))


def test_a_number_belongs_to_the_year_of_its_day_whatever_the_clock_does(memory: Database) -> None:
    office = founded(memory)
    for at, on, number in NUMBERS:
        office.now = at
        reserve_number(office.desk("van_thu"), office.office.id, "KH-UBND", "Để dành")
        line = stored(memory, register)[-1]
        assert (line.document_on, line.year, line.number) == (on, on.year, number), at


def test_a_clock_that_went_back_a_day_gives_no_number_before_the_last(memory: Database) -> None:
    office = founded(memory)
    office.now = day(2024, 3, 2, 0, 30)
    reserve_number(office.desk("van_thu"), office.office.id, "KH-UBND", "Để dành")
    office.now -= timedelta(hours=1)
    with refused(memory, "DATE_BEFORE_LAST_NUMBER"):
        reserve_number(office.desk("van_thu"), office.office.id, "KH-UBND", "Để dành")
