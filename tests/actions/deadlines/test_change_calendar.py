"""A calendar changes: what would move is shown first, and moves only when that very list was agreed to."""

from __future__ import annotations

from tests.actions.running_round import round_of
from tests.actions.small_office import refused, stored
from tests.stories.cast import Cast, day
from workflows.actions.deadlines.ask_later_due import ask_later_due
from workflows.actions.deadlines.change_calendar import DayChange, change_calendar, preview
from workflows.actions.deadlines.decide_later_due import Decision, decide_later_due
from workflows.store import clockwork
from workflows.store.tables.worklist import tasks, timers

OFF = DayChange(day(2024, 2, 20).date(), "off", "Nghỉ hội xã", "Thông báo 12/TB-UBND")


def test_a_day_off_moves_what_was_counted_over_it(cast: Cast) -> None:
    (task,) = cast.open("soan_thao")
    with cast.database.read() as connection:
        found = preview(connection, cast.office.id, [OFF])
    (move,) = found.moves
    assert (move.task.id, move.old, move.new.date()) == (task.id, task.due, day(2024, 2, 27).date())
    clerk = cast.desk("van_thu")
    with refused(cast.database, "PREVIEW_STALE"):
        change_calendar(clerk, cast.office.id, [OFF], agreed=None)
    change_calendar(clerk, cast.office.id, [OFF], agreed=found.mark)
    (row,) = stored(cast.database, tasks, status="open")
    assert (row.due, row.due_days) == (move.new, 10)
    with cast.database.read() as connection:
        assert not clockwork.calendar_of(connection, cast.office.id).is_working(OFF.day)
        back = preview(connection, cast.office.id, [DayChange(OFF.day, None)])
    assert [each.new for each in back.moves] == [task.due], "taking the day back moves it back"
    change_calendar(clerk, cast.office.id, [DayChange(OFF.day, None)], agreed=back.mark)
    assert stored(cast.database, tasks, status="open")[0].due == task.due


def test_a_round_moves_with_its_bodies_and_its_end(asked: Cast) -> None:
    before = round_of(asked)
    off = DayChange(before.opened_at.date(), "off", "Nghỉ", "Thông báo 13/TB")
    with asked.database.read() as connection:
        nothing = preview(connection, asked.office.id, [off])
        assert nothing.moves == (), "the first day is not counted"
        first = clockwork.calendar_of(connection, asked.office.id).explain(before.opened_at, 1)[-1].day
        found = preview(connection, asked.office.id, [DayChange(first, "off", "Nghỉ", "Thông báo 13/TB")])
    assert found.moves
    change = DayChange(first, "off", "Nghỉ", "Thông báo 13/TB")
    change_calendar(asked.desk("van_thu"), asked.office.id, [change], agreed=found.mark)
    after = round_of(asked)
    assert after.deadline > before.deadline and after.working_days == before.working_days
    assert {each.due for each in asked.open("lay_y_kien")} == {after.deadline}
    assert [row.due for row in stored(asked.database, timers)] == [after.deadline]


def test_who_may_and_what_a_day_needs(cast: Cast) -> None:
    with refused(cast.database, "NOT_YOURS"):
        change_calendar(cast.drafter(), cast.office.id, [OFF], agreed=None)
    for change, code in (
        (DayChange(OFF.day, "holiday", "Nghỉ", "TB"), "BAD_KIND"),
        (DayChange(OFF.day, "off", "", "TB"), "FIELD_REQUIRED"),
        (DayChange(OFF.day, "off", "Nghỉ", " "), "FIELD_REQUIRED"),
        (DayChange(OFF.day, "off", "N" * 300, "TB"), "TOO_LONG"),
    ):
        with refused(cast.database, code):
            change_calendar(cast.desk("van_thu"), cast.office.id, [change], agreed=None)
    with refused(cast.database, "TOO_MANY_DAYS"):
        change_calendar(cast.desk("van_thu"), cast.office.id, [], agreed=None)


def test_a_day_that_somebody_named_stays(cast: Cast) -> None:
    (task,) = cast.open("soan_thao")
    request = ask_later_due(cast.drafter(), task.id, day(2024, 3, 8).date(), "Cần thêm thời gian")
    decide_later_due(cast.desk("pho_chu_tich"), request, Decision(granted=True))
    with cast.database.read() as connection:
        assert preview(connection, cast.office.id, [OFF]).moves == ()
