"""What goes wrong with reports ends in a clear state: nothing is kept by halves, twice or in silence."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.actions.small_office import refused, started, stored
from tests.stories.cast import Cast, day
from workflows.actions.sweep import SWEEPS
from workflows.errors import Refused
from workflows.plans.report_entry import form_in
from workflows.store.database import Database
from workflows.store.tables.reporting import cycles, report_rules, submission_events, submissions
from workflows.store.tables.telling import outbox

REPORT = {"noi_dung": "Đã thực hiện.", "hoan_thanh": "2", "dang_lam": "1", "cham": "0"}
FORM = """Người được tập huấn | người | số nguyên
Kinh phí | triệu đồng
Tỷ lệ đúng hạn | %
So với kế hoạch | % | đến 1.000"""
RIGHT = {"noi_dung": "Đã thực hiện.", "d1": "1.234 người", "d2": "1.200,5", "d3": "99,5 %", "d4": "120"}
OPEN = day(2024, 10, 20)
SWEPT = ("open_duties", "open_cycles", "fire_timers", "escalate")


def opened(cast: Cast, form: str = "") -> Cast:
    """The units are asked, with this form."""
    cast.pass_to_force()
    lines, wrong = form_in(form)
    assert wrong == []
    with cast.database.write() as connection:
        connection.execute(report_rules.update().values(form=[line.to_json() for line in lines] or None))
    cast.now = OPEN
    cast.sweep()
    return cast


def test_the_same_form_sent_twice_is_one_report(cast: Cast) -> None:
    opened(cast)
    (task, *_) = cast.open("nop_bao_cao")
    cast.do(task, REPORT)
    with refused(cast.database, "ALREADY_DONE"):
        cast.do(task, REPORT)
    with refused(cast.database, "ALREADY_DONE"):
        cast.do(task, REPORT | {"hoan_thanh": "3"})
    (row,) = stored(cast.database, submissions, body_id=task.variables["don_vi_nop"])
    assert (row.status, row.figures["hoan_thanh"]) == ("da_gui", 2)
    assert [each.kind for each in stored(cast.database, submission_events, submission_id=row.id)] == ["gui"]


def test_of_two_who_send_at_once_one_is_told_that_it_was_done(database: Database) -> None:
    cast = opened(started(database))
    (task, *_) = cast.open("nop_bao_cao")
    ready = Barrier(2)

    def send(done: str) -> str:
        ready.wait()
        try:
            cast.do(task, REPORT | {"hoan_thanh": done})
        except Refused as refusal:
            return refusal.code
        return f"sent {done}"

    with ThreadPoolExecutor(2) as threads:
        said = list(threads.map(send, ("2", "3")))
    (sent,) = [each for each in said if each.startswith("sent")]
    assert sorted(said) == sorted([sent, "ALREADY_DONE"])
    (row,) = stored(cast.database, submissions, body_id=task.variables["don_vi_nop"])
    assert f"sent {row.figures['hoan_thanh']}" == sent
    assert len(stored(cast.database, submission_events, submission_id=row.id)) == 1


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"d1": "45 %"}, "FIGURE_IN_OTHER_UNIT"),
        ({"d1": "1,2 tỷ"}, "FIGURE_IN_OTHER_UNIT"),
        ({"d1": "12 hộ"}, "FIGURE_IN_OTHER_UNIT"),
        ({"d1": "1.5"}, "FIGURE_UNREADABLE"),
        ({"d1": "1,234"}, "FIGURE_NOT_WHOLE"),
        ({"d1": "1 234"}, "FIGURE_UNREADABLE"),
        ({"d2": "1,2 tỷ đồng"}, "FIGURE_IN_OTHER_UNIT"),
        ({"d2": "1,200,000"}, "FIGURE_UNREADABLE"),
        ({"d2": "1,200.50"}, "FIGURE_UNREADABLE"),
        ({"d3": "120"}, "FIGURE_OUT_OF_RANGE"),
        ({"d3": "100,1 %"}, "FIGURE_OUT_OF_RANGE"),
        ({"d3": "99 người"}, "FIGURE_IN_OTHER_UNIT"),
        ({"d4": "1.001"}, "FIGURE_OUT_OF_RANGE"),
    ],
)
def test_a_figure_in_the_wrong_unit_is_refused_by_name_and_the_task_stays(
    cast: Cast, typed: Mapping[str, str], code: str
) -> None:
    opened(cast, FORM)
    (task, *_) = cast.open("nop_bao_cao")
    with refused(cast.database, code) as refusal:
        cast.do(task, RIGHT | typed)
    assert [reason.facts["field"] for reason in refusal.value.reasons] == list(typed)
    cast.do(task, RIGHT)
    (row,) = stored(cast.database, submissions, body_id=task.variables["don_vi_nop"])
    assert row.figures == {"d1": 1234, "d2": "1200.5", "d3": "99.5", "d4": 120}


def test_after_a_week_that_the_clock_jumped_everybody_hears_once_and_a_late_report_is_taken(cast: Cast) -> None:
    opened(cast)
    before = {row.key for row in stored(cast.database, outbox)}
    cast.now = day(2024, 11, 10)  # yesterday was the units' last day; the clock last came round three weeks ago
    for kind in SWEPT:
        assert SWEEPS[kind](cast.clock, 500).failed == 0
    told = [row for row in stored(cast.database, outbox) if row.key not in before]
    asked = {task.id for task in cast.open("nop_bao_cao")}
    assert {row.task_id for row in told if row.kind == "task_late"} >= asked
    for kind in SWEPT:
        assert SWEEPS[kind](cast.clock, 500).done == 0
    assert len(stored(cast.database, outbox)) == len(before) + len(told)
    (task, *_) = cast.open("nop_bao_cao")
    assert cast.do(task, REPORT).outcome == "gui_muon"


def test_a_clock_that_jumps_over_both_days_leaves_no_unit_in_silence(cast: Cast) -> None:
    opened(cast)
    cast.now = day(2024, 11, 27)  # a week behind the office's last day
    for _ in range(2):
        cast.sweep()
    assert cast.open("nop_bao_cao") == []
    assert {row.status for row in stored(cast.database, submissions)} == {"khong_gui"}
    (cycle,) = stored(cast.database, cycles)
    assert (cycle.opened_at, cycle.closed_at) == (OPEN, None)
    (task,) = cast.open("tong_hop")
    assert {row.kind for row in stored(cast.database, outbox, task_id=task.id)} == {"task_opened", "task_late"}
