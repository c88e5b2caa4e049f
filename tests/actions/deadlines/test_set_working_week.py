"""The office's week and hours: what would move is agreed to first; each setting moves what was counted."""

from __future__ import annotations

import pytest

from service.words.deadline_words import counted_words
from tests.actions.small_office import refused, stored
from tests.stories.cast import Cast, day
from workflows.actions.deadlines.set_working_week import preview_week, set_working_week
from workflows.engine.office_week import ORDINARY, ORDINARY_WEEK, OfficeWeek, office_week
from workflows.store import clockwork
from workflows.store.tables.worklist import tasks

SATURDAYS = (*ORDINARY[:5], "half", "off")
HOURS = "7:30-11:30, 13:30-17:00"


@pytest.mark.parametrize(
    ("week", "days", "hour"),
    [
        (office_week(SATURDAYS, "", closes=False), -1, 23),
        (office_week(("work", "off", *ORDINARY[2:]), "", closes=False), 5, 23),
        (office_week(ORDINARY, HOURS, closes=True), 0, 17),
        (office_week(ORDINARY, "6:00-8:00", closes=False), 1, 23),
    ],
)
def test_each_setting_moves_what_was_counted(cast: Cast, week: OfficeWeek, days: int, hour: int) -> None:
    (task,) = cast.open("soan_thao")
    assert task.due is not None
    clerk, office = cast.desk("van_thu"), cast.office.id
    with cast.database.read() as connection:
        found = preview_week(connection, office, week)
    with refused(cast.database, "PREVIEW_STALE"):
        set_working_week(clerk, office, week, agreed=None)
    set_working_week(clerk, office, week, agreed=found.mark)
    (row,) = stored(cast.database, tasks, status="open")
    moved = row.due.astimezone(task.opened_at.tzinfo)
    assert (row.due, row.due_days) == (found.moves[0].new, task.due_days)
    with cast.database.read() as connection:
        calendar = clockwork.calendar_of(connection, office)
        assert clockwork.calendars_of(connection, [office, None])[office] == calendar
        assert clockwork.calendar_of(connection, None).week == ORDINARY_WEEK
        back = preview_week(connection, office, ORDINARY_WEEK)
    assert calendar.week == week
    ordinary = clockwork.calendar_of_kinds({}, ORDINARY_WEEK)
    steps = ordinary.count(task.due, moved)
    assert steps == days or (days < 0 and moved < task.due) or (days > 0 and moved > task.due)
    assert calendar.end_of(calendar.local_day(row.due)).hour == 23
    assert row.due.astimezone(calendar.zone).hour == hour
    assert [each.new for each in back.moves] == [task.due], "taking it back moves it back"


def test_only_whoever_keeps_the_calendar(cast: Cast) -> None:
    with refused(cast.database, "NOT_YOURS"):
        set_working_week(cast.drafter(), cast.office.id, OfficeWeek(SATURDAYS), agreed=None)


def test_how_it_was_counted_says_so(cast: Cast) -> None:
    friday = day(2024, 2, 23, 18)
    plain = clockwork.calendar_of_kinds({}, OfficeWeek(SATURDAYS))
    assert counted_words(plain, friday, 2) == "2 ngày làm việc từ thứ Sáu 23/02/2024: 24/02 (nửa ngày), 26/02"
    late = clockwork.calendar_of_kinds({}, office_week(SATURDAYS, HOURS, closes=True))
    assert counted_words(late, friday, 2) == (
        "2 ngày làm việc từ thứ Sáu 23/02/2024 (đến sau giờ làm việc nên tính như đến 24/02): 26, 27/02; đến 17:00"
    )
