"""Units are reminded of their report by hand: by whoever consolidates, at most once a unit and day, on record."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.actions.small_office import refused, stored
from tests.stories.cast import Cast, day
from workflows.actions.reports.remind_units import remind_units
from workflows.store.tables.reporting import cycles, submission_reminders, submissions
from workflows.store.tables.telling import outbox

REPORT = {"noi_dung": "Đã thực hiện.", "hoan_thanh": "1", "dang_lam": "0", "cham": "0"}


@pytest.fixture
def opened(cast: Cast) -> Cast:
    cast.pass_to_force()
    cast.now = day(2024, 10, 20)
    cast.sweep()
    return cast


def test_each_unit_hears_once_a_day_and_who_reminded_is_kept(opened: Cast) -> None:
    (cycle,) = stored(opened.database, cycles)
    waiting = [row.id for row in stored(opened.database, submissions)]
    clerk = opened.desk("van_thu")
    assert remind_units(clerk, cycle.id, waiting[:1]) == 1
    assert remind_units(clerk, cycle.id, waiting) == len(waiting) - 1
    with refused(opened.database, "ALREADY_REMINDED"):
        remind_units(clerk, cycle.id, waiting)
    kept = stored(opened.database, submission_reminders)
    assert [(row.submission_id, row.by) for row in kept] == [(each, clerk.by.name) for each in waiting]
    opened.sweep()
    told = [row.task_id for row in stored(opened.database, outbox, kind="report_reminded")]
    assert sorted(told) == sorted(task.id for task in opened.open("nop_bao_cao"))
    assert any("Báo cáo" in subject or "Còn" in subject for subject in opened.subjects())
    opened.now += timedelta(days=1)
    assert remind_units(opened.desk("van_thu"), cycle.id, waiting) == len(waiting)


def test_whoever_has_sent_is_not_reminded_and_not_everybody_may_remind(opened: Cast) -> None:
    (cycle,) = stored(opened.database, cycles)
    (first, *_) = opened.open("nop_bao_cao")
    (row,) = stored(opened.database, submissions, body_id=first.variables["don_vi_nop"])
    opened.do(first, REPORT)
    with refused(opened.database, "NOTHING_TO_REMIND"):
        remind_units(opened.desk("van_thu"), cycle.id, [row.id])
    with refused(opened.database, "NOT_YOURS"):
        remind_units(opened.desk("the_thuc"), cycle.id, [row.id])
