"""An administrator corrects where a case stands."""

from __future__ import annotations

import pytest

from tests.engine.building import BORDER, process, users
from workflows.actions import complete_task, move_tokens, start_process
from workflows.store.database import Database
from workflows.store.tables.processes import events
from workflows.store.tables.worklist import tasks, timers

from .field import ADMINISTRATOR, OFFICER, WORKER, Field
from .small_office import refused, stored

DAY = "<timerEventDefinition><timeDuration>PT24H</timeDuration></timerEventDefinition>"


@pytest.fixture
def field(memory: Database) -> Field:
    return Field(memory)


@pytest.fixture
def case(field: Field) -> int:
    boundary = f'<boundaryEvent id="b" attachedToRef="y">{DAY}</boundaryEvent>'
    field.sow(process(BORDER + users("x", "y") + boundary, "s x y e", "b e"))
    case = start_process(field.desk(), "P", {}, None)
    complete_task(field.desk(), field.job(case, "x").id)
    return case


def test_a_case_is_taken_back_to_an_earlier_step(field: Field, case: int) -> None:
    move_tokens(field.desk(ADMINISTRATOR), case, cancel=["y"], start=["x"], reason=" chuyển nhầm ")
    assert field.waiting(case) == ["x"]
    assert [(row.element, row.status) for row in stored(field.database, tasks)] == [
        ("x", "completed"),
        ("y", "cancelled"),
        ("x", "open"),
    ]
    assert stored(field.database, timers) == []
    (event,) = stored(field.database, events, type="TokensMoved")
    assert (event.data, event.actor["person"]) == ({"reason": "chuyển nhầm", "cancel": ["y"], "start": ["x"]}, "7")


def test_what_makes_no_sense_is_refused(field: Field, case: int) -> None:
    desk = field.desk(ADMINISTRATOR)
    with refused(field.database, "REASON_REQUIRED"):
        move_tokens(desk, case, cancel=["y"], start=["x"], reason=" ")
    with refused(field.database, "NOT_OPEN"):
        move_tokens(desk, case, cancel=["x"], start=["x"], reason="nhầm")
    with refused(field.database, "NOTHING_LEFT"):
        move_tokens(desk, case, cancel=["y"], start=[], reason="nhầm")
    for by in (OFFICER, WORKER):
        with refused(field.database, "NOT_YOURS"):
            move_tokens(field.desk(by), case, cancel=["y"], start=["x"], reason="nhầm")


def test_what_fails_on_the_way_is_told_to_the_clock_too(field: Field) -> None:
    field.sow(process(BORDER + users("u") + '<exclusiveGateway id="g"/>', "s u g [${so > 1}] e"))
    case = start_process(field.desk(), "P", {"so": 0}, None)
    with refused(field.database, "NO_OUTGOING_FLOW"):
        move_tokens(field.desk(), case, cancel=["u"], start=["g"], reason="bỏ qua")
