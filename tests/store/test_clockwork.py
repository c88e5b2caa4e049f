"""The office's calendar, settings, and the record of sweeps."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.store.office import NOW
from workflows.errors import Refused
from workflows.store import clockwork
from workflows.store.clockwork import CalendarDay
from workflows.store.database import Database


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2026, 1, 1), "holiday"),
        (date(2026, 1, 2), "holiday"),  # swapped by 12729/VPCP-KGVX
        (date(2026, 1, 9), "working"),
        (date(2026, 1, 10), "swapped"),
        (date(2026, 1, 11), "weekend"),
        (date(2026, 2, 16), "holiday"),
        (date(2026, 2, 23), "working"),
        (date(2026, 4, 27), "holiday"),
        (date(2026, 8, 22), "swapped"),
        (date(2026, 8, 31), "holiday"),
        (date(2026, 9, 2), "holiday"),
        (date(2026, 11, 24), "holiday"),
        (date(2025, 5, 2), "holiday"),
        (date(2025, 4, 26), "swapped"),
    ],
)
def test_the_days_of_vietnam(memory: Database, day: date, reason: str) -> None:
    with memory.write() as connection:
        clockwork.seed_calendar(connection, [2025, 2026])
        assert clockwork.calendar_of(connection, 5).reason(day) == reason


def test_the_library_proposes_and_the_table_decides(database: Database) -> None:
    with database.write() as connection:
        clockwork.set_day(connection, CalendarDay(0, date(2026, 9, 2), "work", "Trực", "Thông báo 5", "An"))
        new = clockwork.seed_calendar(connection, [2026])
        assert new > 10
        assert clockwork.seed_calendar(connection, [2026]) == 0
        assert clockwork.calendar_of(connection, None).reason(date(2026, 9, 2)) == "swapped"
        clockwork.set_day(connection, CalendarDay(0, date(2026, 9, 2), "off", "Quốc khánh", "Luật", None))
        assert clockwork.calendar_of(connection, None).reason(date(2026, 9, 2)) == "holiday"


def test_an_office_has_days_of_its_own(database: Database) -> None:
    with database.write() as connection:
        clockwork.seed_calendar(connection, [2026])
        clockwork.set_day(connection, CalendarDay(5, date(2026, 3, 4), "half", "Họp", "TB 1", "An"))
        clockwork.set_day(connection, CalendarDay(5, date(2026, 1, 1), "work", "Trực Tết", "TB 2", "An"))
        own, other = clockwork.calendar_of(connection, 5), clockwork.calendar_of(connection, 6)
        assert (own.reason(date(2026, 3, 4)), other.reason(date(2026, 3, 4))) == ("half_day", "working")
        assert (own.reason(date(2026, 1, 1)), other.reason(date(2026, 1, 1))) == ("swapped", "holiday")
        first = clockwork.calendar_days_of(connection, 5)[0]
        assert (first.office_id, first.source, first.entered_by) == (5, "TB 2", "An")
        with pytest.raises(Refused):
            clockwork.set_day(connection, CalendarDay(5, date(2026, 3, 4), "maybe", "", "", None))


def test_settings_of_an_office_stand_before_those_of_all(database: Database) -> None:
    with database.write() as connection:
        assert clockwork.setting(connection, "im_lang", 5) is None
        assert clockwork.setting(connection, "im_lang", 5, default=False) is False
        clockwork.set_setting(connection, "im_lang", {"dong_y": True}, now=NOW, by="An")
        clockwork.set_setting(connection, "im_lang", False, now=NOW, by="An", office_id=5)
        assert clockwork.setting(connection, "im_lang", 5) is False
        assert clockwork.setting(connection, "im_lang", 6) == {"dong_y": True}
        clockwork.set_setting(connection, "im_lang", 0, now=NOW, by="An", office_id=5)
        assert clockwork.setting(connection, "im_lang", 5) == 0
        clockwork.set_setting(connection, "im_lang", None, now=NOW, by="An", office_id=5)
        assert clockwork.setting(connection, "im_lang", 5) == {"dong_y": True}


@pytest.mark.parametrize("value", [7, 2.5, True, "7", "", [1, "hai"], {"a": None}])
def test_a_setting_is_what_was_set(database: Database, value: object) -> None:
    with database.write() as connection:
        clockwork.set_setting(connection, "so", value, now=NOW, by=None)
        found = clockwork.setting(connection, "so")
        assert (found, type(found)) == (value, type(value))


def test_the_last_sweep_of_each_kind_is_on_record(database: Database) -> None:
    minute = timedelta(minutes=1)
    with database.write() as connection:
        assert clockwork.last_sweep(connection, "timers") is None
        clockwork.start_sweep(connection, "timers", "prefect", NOW)
        running = clockwork.last_sweep(connection, "timers")
        assert running is not None
        assert (running.started_at, running.finished_at, running.runner) == (NOW, None, "prefect")
        clockwork.finish_sweep(connection, "timers", NOW + minute, 3)
        clockwork.start_sweep(connection, "timers", "ticker", NOW + 2 * minute)
        again = clockwork.last_sweep(connection, "timers")
        assert again is not None
        assert (again.started_at, again.finished_at, again.runner, again.done) == (
            NOW + 2 * minute,
            NOW + minute,
            "ticker",
            3,
        )
        clockwork.finish_sweep(connection, "timers", NOW + 3 * minute, 0, "hết đĩa")
        clockwork.start_sweep(connection, "escalate", "command", NOW)
        assert [(each.kind, each.error) for each in clockwork.last_sweeps(connection)] == [
            ("escalate", None),
            ("timers", "hết đĩa"),
        ]
