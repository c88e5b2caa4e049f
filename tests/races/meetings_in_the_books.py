"""Numbers of one book, reports of one cycle, and branches of one case, at once."""

from __future__ import annotations

from datetime import timedelta

from tests.actions.small_office import PLAN, REASON, START, started
from tests.stories.cast import Cast, day
from workflows.actions import complete_task, deploy_definition, reserve_number, return_task, start_process
from workflows.store import directory
from workflows.store.database import Database
from workflows.store.worklist import TaskRow, open_tasks_of

from .meetings_at_a_task import at, handing_in, sweeping
from .orders import Deed
from .pairs import Meeting, pair

REPORT = {"noi_dung": "Đã thực hiện.", "hoan_thanh": "2", "dang_lam": "1", "cham": "0"}
TWO_BRANCHES = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:t"
 xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:kehoach="http://kehoach.vn/bpmn/1">
<process id="hai_nhanh" name="Hai nhánh" isExecutable="true"><startEvent id="s"/>
<userTask id="soan" name="Soạn" camunda:candidateGroups="can_bo@{unit}"/><parallelGateway id="p"/>
<userTask id="so_lieu" name="Lập số liệu" camunda:candidateGroups="thu_truong@{unit}"/>
<userTask id="kinh_phi" name="Dự toán kinh phí" camunda:candidateGroups="van_thu@{office}"/>
<parallelGateway id="j"/><userTask id="duyet" name="Duyệt" camunda:candidateGroups="chu_tich@{office}"/>
<endEvent id="e"/>
<sequenceFlow id="f0" sourceRef="s" targetRef="soan"/><sequenceFlow id="f1" sourceRef="soan" targetRef="p"/>
<sequenceFlow id="f2" sourceRef="p" targetRef="so_lieu"/><sequenceFlow id="f3" sourceRef="p" targetRef="kinh_phi"/>
<sequenceFlow id="f4" sourceRef="so_lieu" targetRef="j"/><sequenceFlow id="f5" sourceRef="kinh_phi" targetRef="j"/>
<sequenceFlow id="f6" sourceRef="j" targetRef="duyet"/><sequenceFlow id="f7" sourceRef="duyet" targetRef="e"/>
</process></definitions>"""


def reserving(cast: Cast, title: str) -> Deed:
    """The clerk takes the next number for a paper to come."""
    clerk, office_id = cast.desk("van_thu"), cast.office.id
    return lambda database: reserve_number(at(clerk, database), office_id, "KH-UBND", title)


@pair({2})
def two_take_the_first_number(memory: Database) -> Meeting:
    cast = started(memory)
    return Meeting(reserving(cast, "Kế hoạch tuyển quân"), reserving(cast, "Kế hoạch phòng chống thiên tai"))


@pair({2})
def two_take_the_next_number(memory: Database) -> Meeting:
    cast = started(memory)
    reserving(cast, "Kế hoạch trồng cây")(memory)
    return Meeting(reserving(cast, "Kế hoạch tuyển quân"), reserving(cast, "Kế hoạch phòng chống thiên tai"))


@pair({2})
def two_take_a_number_at_the_turn_of_the_year(memory: Database) -> Meeting:
    cast = started(memory)
    reserving(cast, "Kế hoạch tháng 12")(memory)
    cast.now = day(2024, 12, 31, 23, 59)
    last = reserving(cast, "Kế hoạch cuối năm")
    cast.now += timedelta(minutes=2)
    return Meeting(last, reserving(cast, "Kế hoạch đầu năm"))


@pair({2})
def two_plans_are_numbered(memory: Database) -> Meeting:
    deeds = []
    cast = Cast.for_plan(memory, PLAN, START)
    for text in (PLAN, PLAN.replace("Cải cách hành chính năm 2024", "Chuyển đổi số năm 2024")):
        cast.text = text
        cast.import_and_start()
        cast.pass_to_signature()
        cast.act("trinh_ky", {"ket_qua": "ky"})
        (task,) = cast.open("cap_so")
        deeds.append(handing_in(cast, task, {}, cast.desk("van_thu")))
    return Meeting(*deeds)


@pair({1}, ALREADY_DONE=True)
def one_plan_is_numbered_twice(memory: Database) -> Meeting:
    cast = started(memory)
    cast.pass_to_signature()
    cast.act("trinh_ky", {"ket_qua": "ky"})
    (task,) = cast.open("cap_so")
    numbers = handing_in(cast, task, {}, cast.desk("van_thu"))
    return Meeting(numbers, numbers)


def in_two_branches(memory: Database) -> tuple[Cast, dict[str, TaskRow]]:
    """A case with two units at work side by side."""
    cast = started(memory)
    unit, office = cast.office.drafting_unit_id, cast.office.id
    deploy_definition(cast.clock, TWO_BRANCHES.format(unit=unit, office=office).encode())
    case_id = start_process(cast.clock, "hai_nhanh", {}, None, office_id=office)
    tasks = _open(cast, case_id)
    complete_task(cast.desk("can_bo", unit), tasks["soan"].id, {})
    return cast, _open(cast, case_id)


def _open(cast: Cast, case_id: int) -> dict[str, TaskRow]:
    with cast.database.read() as connection:
        return {task.element: task for task in open_tasks_of(connection, case_id=case_id)}


@pair({1, 2}, TASK_CANCELLED=True)
def a_branch_is_returned_while_the_other_is_done(memory: Database) -> Meeting:
    cast, tasks = in_two_branches(memory)
    head, clerk = cast.desk("thu_truong", cast.office.drafting_unit_id), cast.desk("van_thu")
    return Meeting(
        lambda database: return_task(at(head, database), tasks["so_lieu"].id, "soan", REASON).outcome,
        lambda database: complete_task(at(clerk, database), tasks["kinh_phi"].id, {}).outcome,
    )


@pair({2})
def two_branches_meet(memory: Database) -> Meeting:
    cast, tasks = in_two_branches(memory)
    head, clerk = cast.desk("thu_truong", cast.office.drafting_unit_id), cast.desk("van_thu")
    return Meeting(
        lambda database: complete_task(at(head, database), tasks["so_lieu"].id, {}).outcome,
        lambda database: complete_task(at(clerk, database), tasks["kinh_phi"].id, {}).outcome,
    )


@pair({1, 2}, TASK_CANCELLED=True)
def a_report_comes_while_its_cycle_closes(memory: Database) -> Meeting:
    cast = started(memory)
    cast.pass_to_force()
    cast.now = day(2024, 10, 20)
    sweeping(cast, "open_cycles")(memory)
    task = cast.open("nop_bao_cao")[-1]
    assert task.due is not None
    role, body_id = directory.parse_group(task.groups[0])
    cast.now = day(2024, 11, 19)
    report = handing_in(cast, task, REPORT, cast.desk(role, body_id))
    return Meeting(report, sweeping(cast, "fire_timers"))
