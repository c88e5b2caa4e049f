"""The reference process, draft, three opinions at once, gateway, sign, distribute, played through `actions.handle`.

Seven commands an instance (start, draft, three opinions, signature, distribution), each in a transaction of its own
that is committed before the next one begins, each judged with rights, chained, projected, and told in the outbox.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime

from workflows.actions import Desk, deploy_definition
from workflows.actions.handle import Handled, handle, start_case
from workflows.engine import Actor
from workflows.engine.actor import CLOCK
from workflows.engine.commands import Command, CompleteTask
from workflows.store import clockwork, directory
from workflows.store.database import Database

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
STEPS = 7
FILE = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="bench"
 xmlns:camunda="http://camunda.org/schema/1.0/bpmn"><process id="trinh_ky" isExecutable="true">
<startEvent id="bat_dau"/><sequenceFlow id="f1" sourceRef="bat_dau" targetRef="soan"/>
<userTask id="soan" name="Soạn thảo" camunda:candidateGroups="can_bo@${noi}"/>
<sequenceFlow id="f2" sourceRef="soan" targetRef="lay_y_kien"/>
<userTask id="lay_y_kien" name="Lấy ý kiến" camunda:candidateGroups="co_quan@${noi}">
<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics></userTask>
<sequenceFlow id="f3" sourceRef="lay_y_kien" targetRef="re"/><exclusiveGateway id="re" default="khong"/>
<sequenceFlow id="co" sourceRef="re" targetRef="ky"><conditionExpression>${dong_y}</conditionExpression></sequenceFlow>
<sequenceFlow id="khong" sourceRef="re" targetRef="soan"/>
<userTask id="ky" name="Ký ban hành" camunda:candidateGroups="chu_tich@${noi}"/>
<sequenceFlow id="f4" sourceRef="ky" targetRef="gui"/>
<serviceTask id="gui" name="Gửi theo Nơi nhận" camunda:type="external" camunda:topic="gui"/>
<sequenceFlow id="f5" sourceRef="gui" targetRef="xong"/><endEvent id="xong"/></process></definitions>""".encode()
VARIABLES = {
    "noi": 1,
    "ten": "Kế hoạch truyền thông nâng cao chỉ số cải cách hành chính (PAR INDEX) giai đoạn 2022 - 2025",
    "so_kh": "97/KH-UBND",
    "don_vi": "UBND xã Đức Phong",
    "co_quan": ["Ủy ban MTTQ Việt Nam xã", "Hội Nông dân xã", "Đoàn TNCS Hồ Chí Minh xã"],
    "noi_nhan": ["TT HĐND xã", "CT, PCT UBND xã", "Lưu: VT"],
}


def _person(number: str, name: str, group: str) -> Actor:
    return Actor(number, name, channel="web", groups=frozenset({group, "nhan_vien@1"}), post=group)


DRAFTER = _person("1", "Nguyễn Văn An", "can_bo@1")
BODIES = [_person(str(number), f"Cơ quan {number}", "co_quan@1") for number in (2, 3, 4)]
CHAIRMAN = _person("5", "Lê Văn Bình", "chu_tich@1")


def prepare(database: Database) -> int:
    """An office with its calendar and the process; the office's id."""
    with database.write() as connection:
        office = directory.add_body(connection, name="UBND xã Đức Phong", kind="office", valid_from=NOW.date())
        clockwork.seed_calendar(connection, (2025, 2026, 2027))
    deploy_definition(Desk(database, NOW, CLOCK), FILE)
    return office


def play(database: Database, office: int) -> Iterator[Handled]:
    """One instance from its start to its end, a yield after each command that is committed."""
    done = Desk(database, NOW, DRAFTER).carry_out(
        lambda work: start_case(work, "trinh_ky", VARIABLES, business_key="97/KH-UBND", office_id=office)
    )
    yield done
    case = done.case_id
    done = _handled(database, DRAFTER, case, CompleteTask(_only(done)))
    yield done
    for task, by in zip(list(done.state.tasks), BODIES, strict=True):
        done = _handled(database, by, case, CompleteTask(task, {"dong_y": True}))
        yield done
    done = _handled(database, CHAIRMAN, case, CompleteTask(_only(done), {"ket_qua": "ky"}))
    yield done
    done = _handled(database, CLOCK, case, CompleteTask(_only(done)))
    assert done.state.status == "completed", done.state.status
    yield done


def play_for(database: Database, office: int, clients: int, seconds: float) -> float:
    """Instances a second that this many clients, a thread each, play to their end within this time."""
    ended: list[int] = []
    until = time.perf_counter() + seconds

    def client() -> None:
        steps = 0
        while time.perf_counter() < until:
            for _ in play(database, office):
                steps += 1
        ended.append(steps)

    began = time.perf_counter()
    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(ended) / STEPS / (time.perf_counter() - began)


def _handled(database: Database, by: Actor, case: int, command: Command) -> Handled:
    return Desk(database, NOW, by).carry_out(lambda work: handle(work, case, command))


def _only(done: Handled) -> str:
    (task,) = done.state.tasks
    return task
