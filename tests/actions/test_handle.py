"""handle: one transaction for the command, what follows by itself, and what it means for other cases."""

from __future__ import annotations

import pytest

from tests.actions.small_office import REASON, everything, refused, stored
from tests.stories.cast import Cast, day
from workflows.actions import deploy_definition
from workflows.actions.desk import CommandTo, Message
from workflows.actions.handle import handle, send_message, start_case
from workflows.engine.actor import CLOCK
from workflows.engine.commands import CancelCase, CompleteTask, SetVariables
from workflows.errors import Refused, Stale
from workflows.store import consultation, plans, worklist
from workflows.store.cases import cases_of_plan, history
from workflows.store.chain import verify_chain
from workflows.store.plans import Consulted
from workflows.store.remembered import known_now
from workflows.store.tables.issuing import approvals
from workflows.store.tables.processes import cases, events
from workflows.store.tables.worklist import incidents, tasks

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="thu">"""
# The message makes its receiver fail: no way leads on from the gateway behind it.
RECEIVER = f"""{HEAD}<message id="M" name="tin" /><process id="nhan" isExecutable="true">
<startEvent id="s" /><sequenceFlow id="a" sourceRef="s" targetRef="cho" />
<intermediateCatchEvent id="cho"><messageEventDefinition messageRef="M" /></intermediateCatchEvent>
<sequenceFlow id="b" sourceRef="cho" targetRef="x" /><exclusiveGateway id="x" />
<sequenceFlow id="c" sourceRef="x" targetRef="e">
<conditionExpression xsi:type="tFormalExpression">${{1 == 2}}</conditionExpression></sequenceFlow>
<endEvent id="e" /></process></definitions>"""
LOOP = f"""{HEAD}<process id="lap" isExecutable="true"><startEvent id="s" />
<sequenceFlow id="a" sourceRef="s" targetRef="viec" />
<serviceTask id="viec" camunda:type="external" camunda:topic="chot_ky" />
<sequenceFlow id="b" sourceRef="viec" targetRef="viec" /></process></definitions>"""


def to_the_front(cast: Cast) -> None:
    cast.act("soan_thao", {})
    cast.act("kiem_tra_noi_dung", {"ket_qua": "dat"})


def test_automatic_steps_happen_in_the_persons_transaction(cast: Cast) -> None:
    to_the_front(cast)
    cast.act("kiem_tra_the_thuc", {"ket_qua": "dat"})
    jobs = stored(cast.database, tasks, kind="job")
    assert [(job.topic, job.status) for job in jobs] == [("mo_vong", "completed")]
    assert cast.open("lay_y_kien")
    revisions = {row.revision for row in stored(cast.database, events) if row.type in ("TaskClosed", "TaskOpened")}
    assert len(revisions) == 4  # the start, two steps, and one for the check together with the round that it opened


def test_a_failing_automatic_step_undoes_what_the_person_did(cast: Cast) -> None:
    to_the_front(cast)
    with cast.database.write() as connection:
        plans.change_plan(connection, cast.plan_id, consulted=[{"body": 10_000, "mandatory": True}])
    (check,) = cast.open()
    with refused(cast.database, "NOT_FOUND"):
        cast.do(check, {"ket_qua": "dat"})
    assert [task.id for task in cast.open()] == [check.id]
    assert {row.role for row in stored(cast.database, approvals)} == {"noi_dung"}
    with cast.database.write() as connection:
        plans.change_plan(connection, cast.plan_id, consulted=[{"body": cast.office.front_id, "mandatory": True}])
        assert plans.plan(connection, cast.plan_id).consulted == (Consulted(cast.office.front_id, mandatory=True),)
    cast.do(check, {"ket_qua": "dat"})
    with cast.database.read() as connection:
        assert consultation.latest_round(connection, cast.plan_id) is not None


def test_the_last_report_tells_the_plan_in_the_same_transaction(cast: Cast) -> None:
    cast.pass_to_force()
    cast.now = day(2024, 10, 20)
    cast.sweep()
    for task in cast.open("nop_bao_cao"):
        cast.do(task, {"noi_dung": "Xong.", "hoan_thanh": "1", "dang_lam": "0", "cham": "0"})
    cast.act("tong_hop", {"noi_dung": "Báo cáo năm 2024."})
    cast.check_report()
    cast.act("ky_bao_cao", {"ket_qua": "ky"})
    with cast.database.read() as connection:
        assert worklist.subscriptions(connection, "message", "bao_cao_cuoi_ky")
    cast.act("cap_so_bao_cao", {})
    with cast.database.read() as connection:
        assert worklist.subscriptions(connection, "message", "bao_cao_cuoi_ky") == []
        own = cases_of_plan(connection, cast.plan_id)[0]
        last = [one for one in history(connection, own.id) if one.at == cast.now]
        assert verify_chain(connection) == []
    assert {one.actor["name"] for one in last} == {CLOCK.name}


def waiting_receiver(cast: Cast, key: str) -> int:
    deploy_definition(cast.clock, RECEIVER.encode())
    with cast.clock.open() as work:
        return start_case(work, "nhan", {}, business_key=key, office_id=cast.office.id, plan_id=cast.plan_id).case_id


def test_what_fails_in_another_case_is_an_incident_there_and_undoes_nothing_here(cast: Cast) -> None:
    receiver = waiting_receiver(cast, "k1")
    (own,) = [row for row in stored(cast.database, cases) if row.id != receiver]
    with cast.drafter().open() as work:
        work.afterwards.append(Message("tin", "k1", {}))
        handle(work, own.id, SetVariables({"ghi": 1}))
    (incident,) = stored(cast.database, incidents)
    assert (incident.case_id, incident.code) == (receiver, "NO_OUTGOING_FLOW")
    assert stored(cast.database, cases, id=own.id)[0].revision == own.revision + 1


def test_a_persons_own_message_that_fails_is_refused_and_leaves_nothing(cast: Cast) -> None:
    waiting_receiver(cast, "k1")
    before = everything(cast.database)
    with pytest.raises(Refused, match="NO_OUTGOING_FLOW"), cast.drafter().open() as work:
        send_message(work, Message("tin", "k1", {}))
    assert everything(cast.database) == before


def test_a_message_that_nobody_waits_for_is_refused_only_where_it_is_needed(cast: Cast) -> None:
    (own,) = stored(cast.database, cases)
    with pytest.raises(Refused, match="NO_MATCH"), cast.drafter().open() as work:
        send_message(work, Message("tin", "k1", {}))
    with cast.drafter().open() as work:
        work.afterwards.append(Message("tin", "k1", {}))
        handle(work, own.id, SetVariables({"ghi": 1}))


def test_a_message_that_two_wait_for_reaches_neither(cast: Cast) -> None:
    waiting_receiver(cast, "k1")
    waiting_receiver(cast, "k1")
    before = everything(cast.database)
    with pytest.raises(Refused, match="AMBIGUOUS"), cast.drafter().open() as work:
        send_message(work, Message("tin", "k1", {}))
    assert everything(cast.database) == before


def test_a_case_is_not_written_over_what_came_after_it_was_read(cast: Cast) -> None:
    (own,) = stored(cast.database, cases)
    before = everything(cast.database)
    with pytest.raises(Stale), cast.drafter().open() as work:
        known = known_now(work.connection, own.id)
        handle(work, known, SetVariables({"ghi": 1}))
        handle(work, known, SetVariables({"ghi": 2}))
    assert everything(cast.database) == before


def test_a_case_that_ended_meanwhile_is_not_cancelled_again(cast: Cast) -> None:
    receiver = waiting_receiver(cast, "k1")
    (own,) = [row for row in stored(cast.database, cases) if row.id != receiver]
    with cast.clock.open() as work:
        handle(work, receiver, CancelCase(REASON))
    ended = stored(cast.database, events, case_id=receiver)
    with cast.drafter().open() as work:
        work.afterwards.append(CommandTo(receiver, CancelCase(REASON)))
        handle(work, own.id, SetVariables({"ghi": 1}))
    assert stored(cast.database, events, case_id=receiver) == ended


def test_automatic_steps_that_never_end_are_refused(cast: Cast) -> None:
    deploy_definition(cast.clock, LOOP.encode())
    before = everything(cast.database)
    with pytest.raises(Refused, match="LIMIT_EXCEEDED"), cast.drafter().open() as work:
        start_case(work, "lap", {"ky": 0}, business_key="lap", office_id=cast.office.id, plan_id=cast.plan_id)
    assert everything(cast.database) == before


def test_a_command_for_a_task_that_is_not_there_leaves_nothing(cast: Cast) -> None:
    (own,) = stored(cast.database, cases)
    before = everything(cast.database)
    with pytest.raises(Refused, match="NOT_WAITING"), cast.drafter().open() as work:
        handle(work, own.id, CompleteTask("999", {}))
    with pytest.raises(Refused, match="NOT_FOUND"), cast.drafter().open() as work:
        handle(work, 999, CompleteTask("1", {}))
    assert everything(cast.database) == before
