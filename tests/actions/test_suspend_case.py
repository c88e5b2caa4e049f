"""An administrator makes a case stand still and lets it go on."""

from __future__ import annotations

import pytest

from tests.engine.building import BORDER, process, users
from workflows.actions import cancel_case, complete_task, publish_message, resume_case, start_process, suspend_case
from workflows.actions.escalate import escalate
from workflows.store.database import Database
from workflows.store.tables.processes import events

from .field import ADMINISTRATOR, OFFICER, WORKER, Field
from .small_office import refused, stored

WAITS = (
    '<boundaryEvent id="b" attachedToRef="u"><timerEventDefinition><timeDuration>PT24H</timeDuration>'
    '</timerEventDefinition></boundaryEvent><boundaryEvent id="m" attachedToRef="u" cancelActivity="false">'
    '<messageEventDefinition messageRef="tin"/></boundaryEvent>'
)
TASK = '<userTask id="u" camunda:candidateGroups="can_bo@1" camunda:dueDate="PT2H" kehoach:escalation="0:nguoi_giu"/>'


@pytest.fixture
def field(memory: Database) -> Field:
    return Field(memory)


@pytest.fixture
def case(field: Field) -> int:
    field.sow(
        '<message id="tin" name="tin"/>', process(BORDER + TASK + users("x", "y") + WAITS, "s u e", "b x e", "m y e")
    )
    return start_process(field.desk(), "P", {}, None)


def test_a_suspended_case_stands_still_for_people_clock_and_messages(field: Field, case: int) -> None:
    suspend_case(field.desk(ADMINISTRATOR), case, " chờ kết luận thanh tra ")
    (row,) = field.cases("P")
    assert (row.suspended, row.status) == (True, "active")
    (event,) = stored(field.database, events, type="CaseSuspended")
    assert (event.data, event.actor["person"]) == ({"reason": "chờ kết luận thanh tra"}, "7")
    with refused(field.database, "CASE_SUSPENDED"):
        complete_task(field.desk(OFFICER), field.job(case, "u").id)
    with refused(field.database, "NO_MATCH"):
        publish_message(field.desk(), "tin", None, {})
    field.later(days=2)
    assert (field.fire(), escalate(field.desk()).found, field.waiting(case)) == (0, 0, ["u"])


def test_after_the_resumption_the_missed_timer_fires(field: Field, case: int) -> None:
    suspend_case(field.desk(ADMINISTRATOR), case, "chờ")
    field.later(days=2)
    resume_case(field.desk(ADMINISTRATOR), case)
    assert not field.cases("P")[0].suspended
    assert (field.fire(), field.waiting(case)) == (1, ["x"])


def test_what_makes_no_sense_is_refused(field: Field, case: int) -> None:
    desk = field.desk(ADMINISTRATOR)
    with refused(field.database, "REASON_REQUIRED"):
        suspend_case(desk, case, "  ")
    with refused(field.database, "NOT_SUSPENDED"):
        resume_case(desk, case)
    for by in (OFFICER, WORKER):
        with refused(field.database, "NOT_YOURS"):
            suspend_case(field.desk(by), case, "chờ")
    suspend_case(desk, case, "chờ")
    with refused(field.database, "CASE_SUSPENDED"):
        suspend_case(desk, case, "lần nữa")


def test_a_suspended_case_can_be_cancelled(field: Field, case: int) -> None:
    suspend_case(field.desk(ADMINISTRATOR), case, "chờ")
    cancel_case(field.desk(ADMINISTRATOR), case, "thôi hẳn")
    (row,) = field.cases("P")
    assert (row.status, row.suspended) == ("cancelled", False)
