"""What one command costs: decided alone, carried out on a long history, and how long a large file takes to read.

Run: `.venv/bin/python bench/engine.py [--loops 10000]`. Each figure is quoted with a ratio of the same run: to writing
the same state as JSON, to SpiffWorkflow on the same file, to the 10th loop of the same case, to parsing the same bytes.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import Any

from lxml import etree
from spiff_peer import Spent, steps_of_a_plan

from workflows.actions import Desk, deploy_definition, start_process
from workflows.actions.handle import handle
from workflows.bpmn.read import read
from workflows.engine import Actor, Context, DefinitionSet, State, decide, event_to_json, state_from_json, state_to_json
from workflows.engine.commands import CompleteTask, FireTimer, StartCase
from workflows.store import cases
from workflows.store.database import open_memory

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
API = Actor(None, "API", channel="api", groups=frozenset({"*"}))
PLAN = (files("workflows.bpmn") / "library" / "ke_hoach.bpmn").read_bytes()
# What each step of a plan's life answers, so that every step is reached once.
ANSWERS: dict[str, dict[str, Any]] = {
    "kiem_tra_noi_dung": {"ket_qua": "dat"},
    "kiem_tra_the_thuc": {"ket_qua": "dat"},
    "mo_vong": {"co_quan_vong": [21, 22, 23], "han_gop_y": "2026-03-09T16:59:59Z", "vong_da_du": False},
    "lay_y_kien": {"vong_da_du": False},
    "chot_vong": {"thieu_bat_buoc": False},
    "tiep_thu": {"lay_lai": False, "du_thao_da_sua": False},
    "trinh_ky": {"ket_qua": "ky"},
}
VARIABLES = {
    "ke_hoach": 1,
    "co_quan": 1,
    "don_vi_soan": 2,
    "van_phong": 2,
    "nguoi_ky": "chu_tich",
    "co_quan_gop_y": [21, 22, 23],
    "co_bao_cao": False,
    "het_ky": "2026-12-31T16:59:59Z",
    "han_gia_han": None,
    "da_gop_y": False,
}
HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="bench">'
LOOP = (
    f'{HEAD}<process id="lap" isExecutable="true"><startEvent id="s"/><userTask id="sua"/><exclusiveGateway id="x"/>'
    '<userTask id="xong"/><sequenceFlow id="a" sourceRef="s" targetRef="sua"/>'
    '<sequenceFlow id="b" sourceRef="sua" targetRef="x"/><sequenceFlow id="c" sourceRef="x" targetRef="sua">'
    "<conditionExpression>${tra_lai}</conditionExpression></sequenceFlow>"
    '<sequenceFlow id="d" sourceRef="x" targetRef="xong"><conditionExpression>${!tra_lai}</conditionExpression>'
    "</sequenceFlow></process></definitions>"
).encode()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--loops", type=int, default=10_000)
    loops = parser.parse_args().loops
    the_same_beside_spiffworkflow(decide_steps_of_a_plan())
    revise_again_and_again(loops)
    for elements in (250, 500, 1000, 2000):
        read_large(elements)


def decide_steps_of_a_plan() -> Spent:
    """Each task of a plan's life is decided many times over on the same state; then the life goes on."""
    definitions = DefinitionSet()
    definitions.add("1", read(PLAN))
    now = NOW
    state = decide(definitions, State(), StartCase("1", "ke_hoach", VARIABLES), API, Context(now)).state
    spent: list[float] = []
    floors: list[float] = []
    stored: list[float] = []
    while not state.is_over():
        now += timedelta(hours=1)
        if not state.tasks:
            timer = min(state.timers.values(), key=lambda each: each.due)
            now = max(now, timer.due)
            state = decide(definitions, state, FireTimer(timer.id), API, Context(now)).state
            continue
        task = next(iter(state.tasks.values()))
        command = CompleteTask(task.id, ANSWERS.get(task.element, {}))
        one = _median(lambda at=state, do=command, on=now: decide(definitions, at, do, API, Context(on)))
        floor = _median(lambda at=state: json.dumps(state_to_json(at)))
        print(f"  {task.element:<22} {one * 1e6:7.1f} us   {one / floor:5.1f} x writing the state")
        spent.append(one)
        text = json.dumps(state_to_json(state))
        stored.append(_median(lambda at=text, do=command, on=now: _stored(definitions, at, do, on)))
        floors.append(floor)
        state = decide(definitions, state, command, API, Context(now)).state
    middle = statistics.median(spent)
    print(f"decide + evolve, median task of ke_hoach.bpmn: {middle * 1e6:.1f} us (slowest {max(spent) * 1e6:.1f} us)")
    print(f"  {middle / statistics.median(floors):.1f} x writing the state as JSON\n")
    return Spent(middle, statistics.median(stored))


def _stored(definitions: DefinitionSet, text: str, command: CompleteTask, now: datetime) -> tuple[str, list[str]]:
    """The same on a stored case: from the text of its snapshot to the texts of the next one and of its events."""
    decision = decide(definitions, state_from_json(json.loads(text)), command, API, Context(now))
    events = [json.dumps(event_to_json(event)) for event in decision.events]
    return json.dumps(state_to_json(decision.state)), events


def the_same_beside_spiffworkflow(ours: Spent) -> None:
    """The peer carries out the same file with the same answers, at once after us in the same run."""
    variables = {**VARIABLES, "het_ky": "2020-01-01T00:00:00+00:00"}
    answers = {**ANSWERS, "mo_vong": {**ANSWERS["mo_vong"], "han_gop_y": "2099-01-01T00:00:00+00:00"}}
    theirs = steps_of_a_plan(PLAN, variables, answers, lives=50)
    for what, mine, other in (
        ("in memory", ours.in_memory, theirs.in_memory),
        ("stored between two deeds", ours.stored, theirs.stored),
    ):
        print(f"SpiffWorkflow, {what}: {other * 1e6:.0f} us against {mine * 1e6:.0f} us, {other / mine:.1f} x")
    print()


def revise_again_and_again(loops: int) -> None:
    """One case goes round and round through the store; what a round costs must not depend on how many there were."""
    database = open_memory()
    desk = Desk(database, NOW, API)
    deploy_definition(desk, LOOP)
    case = start_process(desk, "lap", {"tra_lai": True}, None)
    with database.read() as connection:
        first = len(json.dumps(cases.load_case(connection, case, lock=False).state))
        task = next(iter(cases.load_case(connection, case, lock=False).state["tasks"]))["id"]
    spent: list[float] = []
    for _ in range(loops):
        began = time.perf_counter()
        with desk.open() as work:
            state = handle(work, case, CompleteTask(task, {"tra_lai": True})).state
        spent.append(time.perf_counter() - began)
        task = next(iter(state.tasks))
    early, late = statistics.median(spent[5:105]), statistics.median(spent[-100:])
    with database.read() as connection:
        last = len(json.dumps(cases.load_case(connection, case, lock=False).state))
    database.close()
    print(
        f"revision loop through handle (SQLite in memory): 10th {early * 1e3:.2f} ms, {loops:,}th {late * 1e3:.2f} ms"
    )
    print(f"  ratio {late / early:.2f}; snapshot {first} bytes at first, {last} at the end\n")


def read_large(elements: int) -> None:
    """A chain of tasks and choices of this many elements."""
    body, flows = ['<startEvent id="n0"/>'], []
    for number in range(1, elements // 2):
        kind = "userTask" if number % 4 else "exclusiveGateway"
        body.append(f'<{kind} id="n{number}" name="Bước {number}"/>')
        flows.append(f'<sequenceFlow id="f{number}" sourceRef="n{number - 1}" targetRef="n{number}"/>')
    data = f'{HEAD}<process id="p" isExecutable="true">{"".join(body)}{"".join(flows)}</process></definitions>'.encode()
    taken, floor = _median(lambda: read(data), 15), _median(lambda: etree.fromstring(data), 15)
    print(f"read and check {elements:>5} elements: {taken * 1e3:6.1f} ms   {taken / floor:6.1f} x parsing the XML")


def _median(work: Callable[[], object], rounds: int = 300) -> float:
    """Seconds of CPU of one call, at the median."""
    spent = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return statistics.median(spent)


if __name__ == "__main__":
    main()
