"""How long a plan and its steps took, out of the history of its case."""

from __future__ import annotations

from datetime import datetime
from itertools import combinations
from typing import Any

from workflows.engine.calendar import VIETNAM, Calendar
from workflows.engine.elapsed import Elapsed
from workflows.plans.plan_time import STOPS, Happening, plan_time


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 8, day, hour, tzinfo=VIETNAM)


def happened(day: int, event: str, **data: Any) -> Happening:
    return Happening(at(day), event, data)


# Mon 3/8 drafted, Wed 5/8 checked and returned, Fri 7/8 drafted again, Mon 10/8 out for opinions, Wed 12/8 signing,
# which a suspension interrupts from Thu 13/8 to Mon 17/8.
HISTORY = [
    happened(3, "CaseStarted"),
    happened(3, "TaskOpened", task_id="1", element="soan_thao", form_key="soan_thao", name="Soạn thảo"),
    happened(3, "TaskOpened", task_id="9", element="mo_vong", kind="job"),
    happened(5, "TaskClosed", task_id="1"),
    happened(5, "TaskOpened", task_id="2", element="soan_thao", form_key="soan_thao", round=2),
    happened(7, "TaskClosed", task_id="2"),
    happened(7, "TaskOpened", task_id="3", element="kiem_tra", form_key="kiem_tra"),
    happened(10, "TaskClosed", task_id="3"),
    happened(10, "TaskOpened", task_id="4", element="lay_y_kien", form_key="gop_y"),
    happened(10, "TaskOpened", task_id="5", element="lay_y_kien", form_key="gop_y"),
    happened(11, "TaskClosed", task_id="4"),
    happened(12, "TaskClosed", task_id="5"),
    happened(12, "TaskOpened", task_id="6", element="trinh_ky", form_key="ky"),
    happened(13, "CaseSuspended"),
    happened(17, "CaseResumed"),
]


def test_the_plan_stands_still_where_the_office_says_so() -> None:
    now = at(18)
    assert plan_time(HISTORY, (), Calendar(), now).whole == Elapsed(11, 0)
    assert plan_time(HISTORY, ("tra_lai",), Calendar(), now).whole == Elapsed(11, 2)
    assert plan_time(HISTORY, ("ben_ngoai",), Calendar(), now).whole == Elapsed(11, 2)
    assert plan_time(HISTORY, ("tam_dung",), Calendar(), now).whole == Elapsed(11, 2)
    assert plan_time(HISTORY, STOPS, Calendar(), now).whole == Elapsed(11, 6)


def test_every_state_that_stops_makes_it_no_longer() -> None:
    for size in range(len(STOPS)):
        for some in combinations(STOPS, size):
            for more in STOPS:
                shorter = plan_time(HISTORY, {*some, more}, Calendar(), at(18)).whole.net
                assert shorter <= plan_time(HISTORY, some, Calendar(), at(18)).whole.net


def test_a_steps_own_clock_runs_while_it_is_done_and_stands_while_the_case_is_suspended() -> None:
    steps = {each.task_id: each for each in plan_time(HISTORY, STOPS, Calendar(), at(18)).steps}
    assert list(steps) == ["1", "2", "3", "4", "5", "6"], "jobs of the program are no steps of people"
    assert steps["2"].elapsed == Elapsed(2, 0) and steps["2"].state == "tra_lai"
    assert steps["5"].elapsed == Elapsed(2, 0) and steps["5"].state == "ben_ngoai"
    assert steps["6"].elapsed == Elapsed(4, 2)
    assert steps["1"].name == "Soạn thảo" and steps["3"].name == "kiem_tra"


def test_a_plan_that_is_over_stands_where_it_ended() -> None:
    over = [*HISTORY, happened(19, "TaskClosed", task_id="6"), happened(19, "CaseEnded")]
    assert plan_time(over, STOPS, Calendar(), at(31)) == plan_time(over, STOPS, Calendar(), at(19))
