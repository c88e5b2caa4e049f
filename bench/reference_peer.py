"""The reference process in SpiffWorkflow beside ours, both on PostgreSQL, each step committed before the next begins.

Run: `.venv/bin/python -m bench.reference_peer [--rounds 3] [--seconds 4]`. The peer gets its fastest way (the workflow
stays in memory, only its state is written, without its specification) and the usual one (read and written as text at
each step). It writes what it needs: state, tasks, a line of audit, in one round trip of a pipeline; it judges no
rights, chains no hashes and tells nobody. Sixteen clients are two processes of eight threads, for both. Wanted: at
least eight times the faster with sixteen clients, twice with one.
"""

from __future__ import annotations

import argparse
import statistics
import threading
import time
from collections.abc import Mapping
from multiprocessing import get_context
from typing import Any

import psycopg
from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.serializer.config import DEFAULT_CONFIG
from SpiffWorkflow.bpmn.serializer.default.workflow import BpmnWorkflowConverter, WorkflowConverter
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from bench import floor_rows
from bench.environment import environment
from bench.floor import DURABLE, PROCESSES, measured_in_processes
from bench.reference_process import FILE, STEPS, VARIABLES, prepare
from bench.spiff_peer import BPMN
from tests.databases import private_cluster
from workflows.store.database import Database

SCHEMA = """
CREATE TABLE peer_cases (id bigint PRIMARY KEY, status smallint NOT NULL DEFAULT 0, state text NOT NULL)
  WITH (fillfactor=70);
CREATE TABLE peer_tasks (id uuid PRIMARY KEY, case_id bigint NOT NULL, node text, assignee text,
  status smallint NOT NULL DEFAULT 0);
CREATE INDEX ON peer_tasks (case_id);
CREATE INDEX ON peer_tasks (assignee) WHERE status = 0;
CREATE TABLE peer_audit (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, case_id bigint NOT NULL, task_id uuid,
  event text, actor text, at timestamptz DEFAULT now());
CREATE INDEX ON peer_audit (case_id, id);
CREATE SEQUENCE peer_numbers CACHE 1000;
"""
ANSWERS: Mapping[str, Mapping[str, object]] = {"lay_y_kien": {"dong_y": True}, "ky": {"ket_qua": "ky"}}
WANTED = {1: 2, 16: 8}


def main() -> int:
    """Ours and both ways of the peer in turn, with one client and with sixteen; 1 where it is not as wanted."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=4)
    wanted = parser.parse_args()
    print(environment())
    is_as_wanted = True
    with private_cluster(**DURABLE) as cluster:
        url = cluster.url.render_as_string(hide_password=False)
        database = Database(url)
        database.upgrade()
        office = prepare(database)
        database.close()
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(SCHEMA)
        for clients, times in WANTED.items():
            is_as_wanted &= _compare(url, office, clients, wanted.rounds, wanted.seconds) >= times
    return 0 if is_as_wanted else 1


def _compare(url: str, office: int, clients: int, rounds: int, seconds: float) -> float:
    """How many times as many instances as the faster way of the peer."""
    found: dict[str, list[float]] = {"ours": [], "kept": [], "reloaded": []}
    for _ in range(rounds):
        for way, rates in found.items():
            floor_rows.checkpoint(url)
            if way == "ours":
                rates.append(measured_in_processes(url, office, clients, seconds))
            else:
                rates.append(_peer_in_processes(url, clients, seconds, keeps=way == "kept"))
    middle = {way: statistics.median(rates) for way, rates in found.items()}
    times = middle["ours"] / max(middle["kept"], middle["reloaded"])
    print(
        f"{clients:>2} clients, instances a second: ours {middle['ours']:.1f}, SpiffWorkflow kept in memory "
        f"{middle['kept']:.1f}, reloaded {middle['reloaded']:.1f}; ours {times:.1f} times the faster, "
        f"wanted {WANTED[clients]}"
    )
    return times


def _peer_in_processes(url: str, clients: int, seconds: float, *, keeps: bool) -> float:
    processes = min(PROCESSES, clients)
    with get_context("spawn").Pool(processes) as pool:
        return sum(pool.starmap(_play_for, [(url, clients // processes, seconds, keeps)] * processes))


def _play_for(url: str, clients: int, seconds: float, keeps: bool) -> float:
    """Instances a second of this many threads, each with a connection of its own."""
    peers = [Peer(url, keeps=keeps) for _ in range(clients)]
    ended: list[int] = []
    for peer in peers:
        peer.play()  # what is prepared or loaded at first
    began = time.perf_counter()

    def client(peer: Peer) -> None:
        played = 0
        while time.perf_counter() < began + seconds:
            peer.play()
            played += 1
        ended.append(played)

    threads = [threading.Thread(target=client, args=(peer,)) for peer in peers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(ended) / (time.perf_counter() - began)


class Peer:
    """One client of SpiffWorkflow with a connection of its own."""

    def __init__(self, url: str, *, keeps: bool) -> None:
        self._keeps = keeps
        parser = BpmnParser()
        parser.add_bpmn_xml(_rewritten())
        self._spec = parser.get_spec("trinh_ky")
        self._serializer = _without_specification() if keeps else BpmnWorkflowSerializer()
        self._connection = psycopg.connect(url, autocommit=True, prepare_threshold=0)

    def play(self) -> None:
        """One instance from its start to its end, each step committed."""
        row = self._connection.execute("SELECT nextval('peer_numbers')").fetchone()
        assert row is not None
        case, steps = int(row[0]), 1
        workflow = BpmnWorkflow(self._spec)
        workflow.get_next_task().data.update(VARIABLES)
        workflow.do_engine_steps()
        waiting = _waiting(workflow)
        self._write(case, workflow, None, waiting, is_new=True)
        while waiting:
            done, *waiting = waiting
            if not self._keeps:
                workflow = self._read(case)
            before = {task.id for task in _waiting(workflow)}
            task = workflow.get_task_from_id(done.id)
            task.data.update(ANSWERS.get(task.task_spec.bpmn_id, {}))
            task.run()
            workflow.do_engine_steps()
            new = [each for each in _waiting(workflow) if each.id not in before]
            self._write(case, workflow, done, new, is_new=False)
            waiting += new
            steps += 1
        assert workflow.is_completed() and steps == STEPS, (steps, workflow.is_completed())

    def _read(self, case: int) -> BpmnWorkflow:
        with self._connection.pipeline():
            self._connection.execute("BEGIN")
            found = self._connection.execute("SELECT state FROM peer_cases WHERE id = %s FOR UPDATE", (case,))
            row = found.fetchone()
        assert row is not None
        return self._serializer.deserialize_json(row[0])

    def _write(self, case: int, workflow: BpmnWorkflow, done: Any, new: list[Any], *, is_new: bool) -> None:  # noqa: ANN401 - untyped in the peer
        state = self._serializer.serialize_json(workflow)
        status = int(workflow.is_completed())
        with self._connection.pipeline():
            say = self._connection.execute
            if is_new or self._keeps:
                say("BEGIN")
            if is_new:
                say("INSERT INTO peer_cases (id, state) VALUES (%s, %s)", (case, state))
            else:
                say("UPDATE peer_cases SET state = %s, status = %s WHERE id = %s", (state, status, case))
                say("UPDATE peer_tasks SET status = 1 WHERE id = %s", (done.id,))
            for task in new:
                values = (task.id, case, task.task_spec.bpmn_id, "user1")
                say("INSERT INTO peer_tasks (id, case_id, node, assignee) VALUES (%s, %s, %s, %s)", values)
            audit = (case, None if is_new else done.id, "started" if is_new else "completed", "user1")
            say("INSERT INTO peer_audit (case_id, task_id, event, actor) VALUES (%s, %s, %s, %s)", audit)
            say("COMMIT")


def _waiting(workflow: BpmnWorkflow) -> list[Any]:
    return list(workflow.get_tasks(state=TaskState.READY, manual=True))


def _without_specification() -> BpmnWorkflowSerializer:
    class StateAlone(BpmnWorkflowConverter):  # type: ignore[misc]  # untyped in the peer
        def to_dict(self, workflow: BpmnWorkflow) -> dict[str, Any]:
            state: dict[str, Any] = WorkflowConverter.to_dict(self, workflow)
            return state | {"bpmn_events": self.registry.convert(workflow.bpmn_events)}

    return BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure({**DEFAULT_CONFIG, BpmnWorkflow: StateAlone}))


def _rewritten() -> etree._Element:
    """Our file in the peer's words: its conditions are Python, and the step of a program waits as ours does."""
    root = etree.fromstring(FILE)
    for condition in root.iter(f"{BPMN}conditionExpression"):
        condition.text = (condition.text or "").removeprefix("${").removesuffix("}")
    for task in root.iter(f"{BPMN}serviceTask"):
        task.tag = f"{BPMN}userTask"
    return root


if __name__ == "__main__":
    raise SystemExit(main())
