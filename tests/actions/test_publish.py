"""Messages and signals from outside: who receives them, who may send them, and that a refusal changes nothing."""

from __future__ import annotations

import pytest

from tests.engine.building import BORDER, process, users
from workflows.actions import broadcast_signal, cancel_case, publish_message, start_process
from workflows.engine import Actor
from workflows.store import directory
from workflows.store.database import Database
from workflows.store.tables.worklist import incidents

from .field import ADMINISTRATOR, OFFICER, WORKER, Field, of_office
from .small_office import refused, stored

ROOTS = '<message id="m" name="tin"/><signal id="g" name="hieu"/>'
MESSAGE = '<messageEventDefinition messageRef="m"/>'
SIGNAL = '<signalEventDefinition signalRef="g"/>'


def catching(inner: str, key: str = "P", then: str = "") -> str:
    catch = f'<startEvent id="s{key}"/><intermediateCatchEvent id="c{key}">{inner}</intermediateCatchEvent>'
    return process(catch + users(f"u{key}") + then, f"s{key} c{key} u{key}", key=key, prefix="f" + key)


@pytest.fixture
def field(memory: Database) -> Field:
    return Field(memory)


def begin(field: Field, process: str = "P", key: str | None = None, **more: int) -> int:
    return start_process(field.desk(), process, {}, key, **more)


def test_a_message_goes_to_the_one_case_of_its_key(database: Database) -> None:
    field = Field(database)
    field.sow(ROOTS, catching(MESSAGE))
    one, two = begin(field, key="a"), begin(field, key="b")
    assert publish_message(field.desk(WORKER), "tin", "b", {"x": 1}) is None
    assert (field.waiting(one), field.waiting(two)) == ([], ["uP"])
    assert field.state(two).process_variables() == {"x": 1}
    with refused(database, "NO_MATCH"):
        publish_message(field.desk(WORKER), "tin", "b", {})


def test_two_who_wait_are_ambiguous_and_none_is_no_match(field: Field) -> None:
    field.sow(ROOTS, catching(MESSAGE))
    begin(field), begin(field)
    with refused(field.database, "AMBIGUOUS"):
        publish_message(field.desk(), "tin", None, {})
    with refused(field.database, "NO_MATCH"):
        publish_message(field.desk(), "khac", None, {})


def test_a_waiting_case_is_preferred_to_a_start_event(field: Field) -> None:
    starting = process(f'<startEvent id="b">{MESSAGE}</startEvent>' + users("v"), "b v", key="Q", prefix="q")
    field.sow(ROOTS, catching(MESSAGE), starting)
    case = begin(field)
    assert publish_message(field.desk(), "tin", None, {}) is None
    assert field.waiting(case) == ["uP"]
    started = publish_message(field.desk(), "tin", "k", {"x": 2})
    assert started is not None and field.waiting(started) == ["v"]
    assert (field.cases("Q")[0].business_key, field.state(started).process_variables()) == ("k", {"x": 2})


def test_two_processes_that_a_message_starts_are_ambiguous(field: Field) -> None:
    one, two = (
        process(
            f'<startEvent id="{key}b">{MESSAGE}</startEvent>' + users(f"{key}u"), f"{key}b {key}u", key=key, prefix=key
        )
        for key in ("M", "N")
    )
    field.sow(ROOTS, one, two)
    with refused(field.database, "AMBIGUOUS"):
        publish_message(field.desk(), "tin", None, {})


def test_a_case_that_sends_to_two_who_wait_or_to_nobody_goes_on_and_reaches_none(field: Field) -> None:
    sending = process(BORDER + '<sendTask id="gui" messageRef="m"/>' + users("z"), "s gui z e", key="T", prefix="t")
    field.sow(ROOTS, catching(MESSAGE), sending)
    assert field.waiting(begin(field, "T")) == ["z"]
    one, two = begin(field), begin(field)
    assert field.waiting(begin(field, "T")) == ["z"]
    assert (field.waiting(one), field.waiting(two)) == ([], [])
    cancel_case(field.desk(), one, "thừa")
    assert field.waiting(begin(field, "T")) == ["z"]
    assert field.waiting(two) == ["uP"]


def test_the_key_of_a_called_process_is_its_own(database: Database) -> None:
    field = Field(database)
    calling = process(
        BORDER + '<callActivity id="c" calledElement="P"><extensionElements><camunda:in businessKey="${khoa}"/>'
        "</extensionElements></callActivity>",
        "s c e",
        key="C",
        prefix="c",
    )
    field.sow(ROOTS, catching(MESSAGE), calling)
    case = start_process(field.desk(), "C", {"khoa": "con"}, "me")
    with refused(database, "NO_MATCH"):
        publish_message(field.desk(), "tin", "me", {})
    publish_message(field.desk(), "tin", "con", {})
    assert field.waiting(case) == ["uP"]


def test_a_signal_reaches_all_who_wait_and_one_that_fails_holds_up_nobody(database: Database) -> None:
    field = Field(database)
    stuck = (
        '<startEvent id="s2"/><intermediateCatchEvent id="c2">' + SIGNAL + "</intermediateCatchEvent>"
        '<scriptTask id="t2" scriptFormat="juel"><script>${khong}</script></scriptTask>'
    )
    field.sow(ROOTS, catching(SIGNAL), process(stuck, "s2 c2 t2", key="Q", prefix="q"))
    one, bad, two = begin(field), begin(field, "Q"), begin(field)
    assert broadcast_signal(field.desk(WORKER), "hieu", {"x": 1}) == 3
    assert (field.waiting(one), field.waiting(two)) == (["uP"], ["uP"])
    (incident,) = stored(database, incidents)
    assert (incident.case_id, incident.code, incident.element) == (bad, "EXPRESSION_ERROR", "t2")
    assert broadcast_signal(field.desk(WORKER), "khac", {}) == 0


def test_one_signal_may_end_the_wait_of_a_second_catcher_of_the_same_case(field: Field) -> None:
    """An interrupting boundary and a wait inside it: the first of the two takes the other away."""
    inner = '<subProcess id="sp"><startEvent id="is"/><intermediateCatchEvent id="ic">' + SIGNAL
    inner += '</intermediateCatchEvent><sequenceFlow id="if" sourceRef="is" targetRef="ic"/></subProcess>'
    inner += f'<boundaryEvent id="b" attachedToRef="sp">{SIGNAL}</boundaryEvent>'
    field.sow(ROOTS, process(BORDER + inner + users("u"), "s sp e", "b u"))
    case = begin(field)
    assert broadcast_signal(field.desk(), "hieu", {}) == 1
    assert field.waiting(case) == ["u"]


def test_persons_need_an_administrators_post_and_reach_their_own_offices(field: Field) -> None:
    with field.database.write() as connection:
        ours, theirs = (directory.add_body(connection, kind="office", name=name) for name in ("UBND A", "UBND B"))
    field.sow(ROOTS, catching(MESSAGE), catching(SIGNAL, "Q"))
    case, heard, unheard = (
        begin(field, office_id=ours),
        begin(field, "Q", office_id=ours),
        begin(field, "Q", office_id=theirs),
    )
    administrator = of_office(ADMINISTRATOR, ours)
    for actor in (OFFICER, Actor("9", "Không chức danh")):
        with refused(field.database, "NOT_YOURS"):
            publish_message(field.desk(actor), "tin", None, {})
    with refused(field.database, "NO_MATCH"):  # who waits in another office is nobody to them
        publish_message(field.desk(of_office(ADMINISTRATOR, theirs)), "tin", None, {})
    with refused(field.database, "NOT_YOURS"):
        broadcast_signal(field.desk(OFFICER), "hieu", {})
    publish_message(field.desk(administrator), "tin", None, {})
    assert broadcast_signal(field.desk(administrator), "hieu", {}) == 1
    assert [field.waiting(each) for each in (case, heard, unheard)] == [["uP"], ["uQ"], []]
