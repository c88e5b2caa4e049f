"""Postponed and extended: the day of a duty moves with its task, on record, and those who help hear of it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.actions.duties.running import later, running, times
from tests.actions.small_office import REASON, refused
from tests.stories.cast import Cast
from workflows.actions.deadlines.ask_later_due import ask_later_due
from workflows.actions.deadlines.decide_later_due import Decision, decide_later_due
from workflows.actions.duties.put_off_duty import put_off_duty
from workflows.store import duties
from workflows.store.database import Database

LATER = date(2024, 7, 31)


@pytest.fixture
def cast(memory: Database) -> Cast:
    return running(memory)


def test_a_running_one_moves_with_its_task_and_keeps_the_day_when_it_comes_back(cast: Cast) -> None:
    put_off_duty(cast.desk("chu_tich"), times(cast, "1")[0].id, LATER, REASON)
    later(cast)
    assert times(cast, "1")[0].due_on == LATER
    cast.act("thuc_hien", {"noi_dung": "Xong."})
    cast.act("xac_nhan", {"ket_qua": "tra_lai", "ly_do": REASON})
    (task,) = cast.open("thuc_hien")
    assert task.due is not None and task.due.date() == LATER
    told = {each for each in cast.subjects() if each.startswith("[Đổi hạn")}
    assert told == {"[Đổi hạn] Rà soát thủ tục hành chính", "[Đổi hạn 31/07] Rà soát thủ tục hành chính"}


def test_one_that_has_not_opened_opens_as_many_days_later(cast: Cast) -> None:
    before = times(cast, "2")[0]
    put_off_duty(cast.desk("pho_chu_tich"), before.id, date(2024, 10, 31), REASON)
    after = times(cast, "2")[0]
    assert (before.opens_on, after.opens_on) == (date(2024, 9, 1), date(2024, 10, 2))
    with cast.database.read() as connection:
        (note,) = duties.notes_of(connection, [after.id])
    assert (note.kind, note.text, note.due_before, note.due_after) == ("hoan", REASON, before.due_on, after.due_on)


def test_an_extension_that_the_unit_asked_for_is_the_occurrences_too(cast: Cast) -> None:
    (task,) = cast.open("thuc_hien")
    _, lead = task.groups[0].split("@")
    request = ask_later_due(cast.desk("thu_truong", int(lead)), task.id, LATER, REASON)
    decide_later_due(cast.desk("pho_chu_tich"), request, Decision(granted=True))
    first = times(cast, "1")[0]
    with cast.database.read() as connection:
        (note,) = duties.notes_of(connection, [first.id])
    assert (first.due_on, note.kind) == (LATER, "lui_han")


def test_who_may_and_what_a_day_needs(cast: Cast) -> None:
    (first,), leader = times(cast, "1"), cast.desk("chu_tich")
    with refused(cast.database, "NOT_YOURS"):
        put_off_duty(cast.drafter(), first.id, LATER, REASON)
    for until, reason, code in (
        (date(2024, 6, 1), REASON, "NOT_LATER"),
        (cast.now.date(), REASON, "DATE_NOT_AHEAD"),
        (date(2026, 1, 1), REASON, "TOO_FAR"),
        (LATER, "vội", "REASON_REQUIRED"),
    ):
        with refused(cast.database, code):
            put_off_duty(leader, first.id, until, reason)
    cast.act("thuc_hien", {"noi_dung": "Xong."})
    with refused(cast.database, "DUTY_REPORTED"):
        put_off_duty(leader, first.id, LATER, REASON)
    cast.act("xac_nhan", {"ket_qua": "dat"})
    with refused(cast.database, "DUTY_IS_OVER"):
        put_off_duty(leader, first.id, LATER, REASON)


def test_what_goes_on_all_along_has_no_day_to_move_and_is_never_late(memory: Database) -> None:
    cast = running(memory, second="Thường xuyên")
    (goes_on,) = times(cast, "2")
    assert (goes_on.due_on, goes_on.ends_on) == (None, date(2024, 12, 31))
    assert [task.due for task in cast.open("thuc_hien")][-1] is None
    with refused(cast.database, "NO_DUE"):
        put_off_duty(cast.desk("chu_tich"), goes_on.id, LATER, REASON)
