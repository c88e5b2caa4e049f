"""What administrators do to cases: start, correct, activate, cancel, and look after incidents."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.engine.building import BORDER, nodes, process, users
from tests.stories.cast import Cast
from workflows.actions import (
    activate_elements,
    cancel_case,
    complete_task,
    resolve_incident,
    retry_incident,
    set_case_variables,
    start_process,
)
from workflows.engine import Actor
from workflows.store import directory, plans
from workflows.store.database import Database
from workflows.store.tables.worklist import incidents, tasks, timers

from .field import ADMINISTRATOR, OFFICER, WORKER, Field, of_office
from .small_office import refused, stored

DAY = "<timerEventDefinition><timeDuration>PT24H</timeDuration></timerEventDefinition>"
CHOICE = process(
    BORDER
    + f'<intermediateCatchEvent id="c">{DAY}</intermediateCatchEvent>'
    + nodes("exclusiveGateway", "x")
    + users("u"),
    "s c x [${so > 0}] u e",
)


@pytest.fixture
def field(memory: Database) -> Field:
    return Field(memory)


def test_an_administrator_starts_a_case_of_the_own_office(field: Field) -> None:
    with field.database.write() as connection:
        ours, theirs = (directory.add_body(connection, kind="office", name=name) for name in ("UBND A", "UBND B"))
    field.sow(process(BORDER + users("u"), "s u e"))
    desk = field.desk(of_office(ADMINISTRATOR, ours))
    case = start_process(desk, "P", {"x": 1}, "k", office_id=ours)
    (row,) = field.cases("P")
    assert (row.id, row.office_id, row.business_key, field.waiting(case)) == (case, ours, "k", ["u"])
    with refused(field.database, "NOT_YOURS"):
        start_process(desk, "P", {}, None, office_id=theirs)
    with refused(field.database, "NOT_FOUND"):
        start_process(desk, "khong", {}, None, office_id=ours)
    with refused(field.database, "BAD_VARIABLE"):
        start_process(desk, "P", {"x": object()}, None, office_id=ours)


@pytest.mark.parametrize("by", [OFFICER, WORKER, Actor("9", "Không chức danh")], ids=["officer", "worker", "nobody"])
@pytest.mark.parametrize(
    "verb",
    [
        lambda desk, case: start_process(desk, "P", {}, None),
        lambda desk, case: set_case_variables(desk, case, {"x": 1}),
        lambda desk, case: cancel_case(desk, case, "thôi"),
        lambda desk, case: activate_elements(desk, case, "ah", ["a"]),
        lambda desk, case: retry_incident(desk, case, "1"),
        lambda desk, case: resolve_incident(desk, case, "1", "xong"),
    ],
    ids=["start", "set", "cancel", "activate", "retry", "resolve"],
)
def test_others_are_refused(field: Field, verb: Callable[..., object], by: Actor) -> None:
    field.sow(process(BORDER + users("u"), "s u e"))
    case = start_process(field.desk(), "P", {}, None)
    with refused(field.database, "NOT_YOURS"):
        verb(field.desk(by), case)


def test_variables_are_corrected_and_what_waits_for_them_goes_on(field: Field) -> None:
    waits = "<conditionalEventDefinition><condition>${so > 1}</condition></conditionalEventDefinition>"
    catch = f'<intermediateCatchEvent id="c">{waits}</intermediateCatchEvent>'
    field.sow(process(BORDER + catch + users("u"), "s c u e"))
    case = start_process(field.desk(), "P", {"so": 1}, None)
    set_case_variables(field.desk(ADMINISTRATOR), case, {"so": 2})
    assert (field.waiting(case), field.state(case).process_variables()) == (["u"], {"so": 2})


def test_steps_of_an_adhoc_sub_process_are_started(field: Field) -> None:
    adhoc = f'<adHocSubProcess id="ah">{users("a", "b")}</adHocSubProcess>'
    field.sow(process(BORDER + adhoc, "s ah e"))
    case = start_process(field.desk(), "P", {}, None)
    activate_elements(field.desk(ADMINISTRATOR), case, "ah", ["b", "a"])
    assert field.waiting(case) == ["a", "b"]
    with refused(field.database, "NOT_ENABLED"):
        activate_elements(field.desk(ADMINISTRATOR), case, "ah", ["khong"])


def test_a_cancelled_case_leaves_nothing_open(field: Field) -> None:
    field.sow(
        process(BORDER + users("u") + f'<boundaryEvent id="b" attachedToRef="u">{DAY}</boundaryEvent>', "s u e", "b e")
    )
    case = start_process(field.desk(), "P", {}, None)
    with refused(field.database, "REASON_REQUIRED"):
        cancel_case(field.desk(ADMINISTRATOR), case, " ")
    cancel_case(field.desk(ADMINISTRATOR), case, "nhập nhầm")
    assert (field.cases("P")[0].status, [row.status for row in stored(field.database, tasks)]) == (
        "cancelled",
        ["cancelled"],
    )
    assert stored(field.database, timers) == []
    with refused(field.database, "NOT_WAITING"):
        cancel_case(field.desk(ADMINISTRATOR), case, "lần nữa")


def test_the_life_of_a_plan_is_stopped_as_a_plan(cast: Cast) -> None:
    with cast.database.read() as connection:
        case = plans.plan(connection, cast.plan_id).case_id
    assert case is not None
    with refused(cast.database, "STOP_THE_PLAN"):
        cancel_case(cast.clock, case, "thôi")
    (task,) = cast.open()
    with refused(cast.database, "FORM_REQUIRED"):
        complete_task(cast.clock, task.id, {})


def stuck(field: Field) -> tuple[int, str]:
    """A case whose timer found no way to go on, and the incident that says so."""
    field.sow(CHOICE)
    case = start_process(field.desk(), "P", {"so": 0}, None)
    field.later(days=1)
    assert field.fire() == 1
    (incident,) = stored(field.database, incidents)
    assert (incident.case_id, incident.code, incident.element) == (case, "NO_OUTGOING_FLOW", "x")
    return case, incident.incident_id


def test_an_incident_is_tried_again(field: Field) -> None:
    case, incident = stuck(field)
    desk = field.desk(ADMINISTRATOR)
    with refused(field.database, "NO_OUTGOING_FLOW"):
        retry_incident(desk, case, incident)
    set_case_variables(desk, case, {"so": 1})
    retry_incident(desk, case, incident)
    assert field.waiting(case) == ["u"]
    assert stored(field.database, incidents) == []
    with refused(field.database, "NOT_WAITING"):
        retry_incident(desk, case, incident)


def test_an_incident_is_closed_with_a_reason(field: Field) -> None:
    case, incident = stuck(field)
    with refused(field.database, "REASON_REQUIRED"):
        resolve_incident(field.desk(ADMINISTRATOR), case, incident, "")
    resolve_incident(field.desk(ADMINISTRATOR), case, incident, "làm tay")
    assert stored(field.database, incidents) == []
    assert field.waiting(case) == []
