"""Xã Đức Phong, 2022: two units work side by side; the chairman sends one of them back, and the join still comes."""

from __future__ import annotations

import pytest

from tests.stories.both import on_both
from tests.stories.cast import Cast, day, plan_text
from workflows.actions import complete_task, deploy_definition, return_task, start_process, targets_of_task
from workflows.engine.actor import Actor
from workflows.errors import BadDefinition, NotFound, Refused
from workflows.store import directory
from workflows.store.cases import load_case
from workflows.store.database import Database
from workflows.store.worklist import TaskRow, open_tasks_of

PROCESS = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:t"
 xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:kehoach="http://kehoach.vn/bpmn/1">
<process id="hai_nhanh" name="Hai nhánh" isExecutable="true"><startEvent id="s"/><parallelGateway id="p"/>
<userTask id="so_lieu" name="Lập số liệu" camunda:candidateGroups="can_bo@{unit}" kehoach:draft="true"/>
<userTask id="kinh_phi" name="Dự toán kinh phí" camunda:candidateGroups="van_thu@{office}" kehoach:draft="true"/>
<parallelGateway id="j"/>
<userTask id="duyet" name="Duyệt" camunda:candidateGroups="{signer}@{office}" kehoach:approval="true"/>
<endEvent id="e"/>
<sequenceFlow id="f1" sourceRef="s" targetRef="p"/><sequenceFlow id="f2" sourceRef="p" targetRef="so_lieu"/>
<sequenceFlow id="f3" sourceRef="p" targetRef="kinh_phi"/><sequenceFlow id="f4" sourceRef="so_lieu" targetRef="j"/>
<sequenceFlow id="f5" sourceRef="kinh_phi" targetRef="j"/><sequenceFlow id="f6" sourceRef="j" targetRef="duyet"/>
<sequenceFlow id="f7" sourceRef="duyet" targetRef="e"/></process></definitions>"""


@pytest.fixture
def cast(database: Database) -> Cast:
    return Cast.for_plan(database, plan_text("000_duc_phong.txt"), day(2022, 7, 18))


def deployed(cast: Cast, signer: str = "chu_tich") -> None:
    names = {"unit": cast.office.drafting_unit_id, "office": cast.office.id, "signer": signer}
    deploy_definition(cast.clock, PROCESS.format(**names).encode())


def open_tasks(cast: Cast, case_id: int) -> dict[str, TaskRow]:
    with cast.database.read() as connection:
        return {task.element: task for task in open_tasks_of(connection, case_id=case_id)}


def do(cast: Cast, case_id: int, element: str) -> Actor:
    task = open_tasks(cast, case_id)[element]
    role, body_id = directory.parse_group(task.groups[0])
    desk = cast.desk(role, body_id)
    complete_task(desk, task.id, {})
    return desk.by


@on_both
def test_one_branch_is_done_again_and_the_other_is_not_asked_twice(cast: Cast) -> None:
    deployed(cast)
    case_id = start_process(cast.clock, "hai_nhanh", {}, None, office_id=cast.office.id)
    do(cast, case_id, "so_lieu")
    do(cast, case_id, "kinh_phi")
    approval = open_tasks(cast, case_id)["duyet"]
    chairman = cast.desk("chu_tich")
    legal = targets_of_task(chairman, approval.id).legal
    assert {target.name for target in legal} == {"Lập số liệu", "Dự toán kinh phí"}
    with pytest.raises(Refused, match="REASON_REQUIRED"):
        return_task(chairman, approval.id, "so_lieu", "sai")
    with pytest.raises(Refused, match="NOT_FOUND"):
        return_task(chairman, approval.id, "khong_co", "Số liệu quý II chưa khớp")
    with pytest.raises(NotFound):
        targets_of_task(chairman, "999-1")
    done = return_task(chairman, approval.id, "so_lieu", "Số liệu quý II chưa khớp")
    assert [task.id for task in open_tasks(cast, case_id).values()] == list(done.opened)
    assert set(open_tasks(cast, case_id)) == {"so_lieu"}
    do(cast, case_id, "so_lieu")
    assert set(open_tasks(cast, case_id)) == {"duyet"}
    do(cast, case_id, "duyet")
    with cast.database.read() as connection:
        assert load_case(connection, case_id, lock=False).ended_at is not None


def test_a_process_whose_only_approver_also_drafts_is_not_deployed(cast: Cast) -> None:
    with cast.database.write() as connection:
        clerk = directory.holders_of(connection, directory.group("van_thu", cast.office.id), cast.now.date())[0]
    with pytest.raises(BadDefinition) as refused:
        deployed(cast, "van_thu")
    (finding,) = refused.value.findings
    assert (finding.code, finding.element) == ("NOBODY_CAN_ACT", "duyet")
    assert clerk.name in finding.message and "«Dự toán kinh phí»" in finding.message
