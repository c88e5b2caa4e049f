"""A verb that is one command works on what the process remembers of its case, and is right though that is old."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from bench.reference_process import BODIES, CHAIRMAN, DRAFTER, FILE, NOW, VARIABLES, prepare
from tests.conftest import KINDS
from tests.engine.building import BORDER, file, users
from tests.engine.building import process as process_of
from workflows.actions import Desk, complete_task, deploy_definition, start_process
from workflows.actions.desk import Work
from workflows.actions.handle import Handled, handle, start_case
from workflows.engine import Actor, state_from_json
from workflows.engine.actor import CLOCK
from workflows.engine.commands import Command, CompleteTask
from workflows.errors import NotFound, Refused
from workflows.store import cases
from workflows.store.chain import verify_chain
from workflows.store.database import Database
from workflows.store.tables.processes import cases as case_table
from workflows.store.tables.processes import definitions
from workflows.store.tables.ways_out import escalation_policies
from workflows.store.tables.worklist import tasks

# A database in memory is one process's.
SHARED = pytest.mark.parametrize("database", [KINDS[1], KINDS[2]], indirect=True)


class Process:
    """The reference process on one database, as one process of the program carries it out."""

    def __init__(self, database: Database, office: int | None = None) -> None:
        self.database = database
        self.office = prepare(database) if office is None else office
        self.tries = 0

    def start(self) -> Handled:
        return self._carried(
            DRAFTER,
            lambda work: start_case(work, "trinh_ky", VARIABLES, business_key="97/KH-UBND", office_id=self.office),
        )

    def act(self, by: Actor, case_id: int, command: Command) -> Handled:
        return self._carried(by, lambda work: handle(work, case_id, command))

    def _carried(self, by: Actor, deed: Any) -> Handled:
        def counted(work: Work) -> Handled:
            self.tries += 1
            done: Handled = deed(work)
            return done

        return Desk(self.database, NOW, by).carry_out(counted)

    def tried(self) -> int:
        """How often a deed was begun since the last question: once when what is remembered was right."""
        tries, self.tries = self.tries, 0
        return tries

    def play(self) -> int:
        """One case from its start to its end; its id."""
        done = self.start()
        done = self.act(DRAFTER, done.case_id, CompleteTask(only(done)))
        for task, by in zip(list(done.state.tasks), BODIES, strict=True):
            done = self.act(by, done.case_id, CompleteTask(task, {"dong_y": True}))
        done = self.act(CHAIRMAN, done.case_id, CompleteTask(only(done)))
        done = self.act(CLOCK, done.case_id, CompleteTask(only(done)))
        assert done.state.status == "completed"
        return done.case_id

    def rows(self, table: Any, case_id: int) -> list[dict[str, Any]]:
        wanted = select(table).where((table.c.id if table is case_table else table.c.case_id) == case_id)
        with self.database.read() as connection:
            return [dict(row._mapping) for row in connection.execute(wanted.order_by(*table.primary_key.columns))]

    def is_whole(self) -> bool:
        """Whether every chain is intact and every snapshot what its row says."""
        with self.database.read() as connection:
            return verify_chain(connection) == []


def only(done: Handled) -> str:
    (task,) = done.state.tasks
    return task


@pytest.fixture
def process(database: Database) -> Process:
    return Process(database)


@pytest.fixture
def other(process: Process) -> Iterator[Process]:
    """Another process of the program on the same database, which remembers other things."""
    url = process.database.engine.url.render_as_string(hide_password=False)
    database = Database(url)
    yield Process(database, process.office)
    database.close()


def test_a_case_that_is_remembered_is_decided_once_and_is_what_it_would_be(process: Process) -> None:
    first = process.play()
    process.tried()
    second = process.play()
    starts = 2 if process.database.is_sqlite else 1  # SQLite numbers its cases itself
    assert process.tried() == starts + 6
    assert process.is_whole()
    with process.database.write() as connection:
        opened = cases.load_case(connection, second, lock=True)
        assert [each.type for each in cases.history(connection, first)] == [
            each.type for each in cases.history(connection, second)
        ]
    assert (opened.status, opened.ended_at, opened.office_id) == ("completed", NOW, process.office)
    same = [[{**row, "id": 0, "case_id": 0} for row in process.rows(tasks, each)] for each in (first, second)]
    assert same[0] == same[1]


@SHARED
def test_what_another_process_did_is_seen(process: Process, other: Process) -> None:
    done = process.start()
    theirs = other.act(DRAFTER, done.case_id, CompleteTask(only(done)))
    process.tried()
    for task, by in zip(list(theirs.state.tasks), BODIES, strict=True):
        ours = process.act(by, done.case_id, CompleteTask(task, {"dong_y": True}))
    assert process.tried() == 4  # what was remembered refused the first, which then was done on what is
    assert process.is_whole()
    with process.database.write() as connection:
        assert state_from_json(cases.load_case(connection, done.case_id, lock=True).state) == ours.state


@SHARED
def test_what_is_written_meanwhile_is_not_written_over(process: Process, other: Process) -> None:
    done = process.act(DRAFTER, (begun := process.start()).case_id, CompleteTask(only(begun)))
    first, second, third = list(done.state.tasks)
    other.act(BODIES[0], done.case_id, CompleteTask(first, {"dong_y": True}))
    process.tried()
    process.act(BODIES[1], done.case_id, CompleteTask(second, {"dong_y": False}))
    assert process.tried() == 2  # decided on what is remembered, and found to be too late
    last = other.act(BODIES[2], done.case_id, CompleteTask(third, {"dong_y": True}))
    assert [task.element for task in last.state.tasks.values()] == ["ky"]
    assert process.is_whole()


def test_what_was_undone_is_not_believed(process: Process) -> None:
    done = process.start()
    with pytest.raises(RuntimeError, match="power cut"), Desk(process.database, NOW, DRAFTER).open() as work:
        handle(work, done.case_id, CompleteTask(only(done)))
        raise RuntimeError("power cut")
    process.tried()
    again = process.act(DRAFTER, done.case_id, CompleteTask(only(done)))
    assert len(again.state.tasks) == 3
    assert process.tried() == 2
    assert process.is_whole()


def test_levels_of_escalation_that_came_meanwhile_are_followed(process: Process) -> None:
    done = process.start()
    policy = {"office_id": process.office, "level": 1, "target": "chu_tich", "changed_at": NOW}
    with process.database.write() as connection:
        connection.execute(insert(escalation_policies).values(policy))
    process.tried()
    process.act(DRAFTER, done.case_id, CompleteTask(only(done)))
    assert process.tried() == 2
    assert process.is_whole()


@SHARED
def test_the_newest_definition_is_started_though_another_process_brought_it(process: Process, other: Process) -> None:
    process.start()
    newer = FILE.replace("Soạn thảo".encode(), "Soạn lại".encode())
    deploy_definition(Desk(other.database, NOW, CLOCK), newer)
    done = process.start()
    with process.database.read() as connection:
        newest = connection.scalars(select(definitions.c.id).order_by(definitions.c.version.desc())).first()
    (task,) = process.rows(tasks, done.case_id)
    (case,) = process.rows(case_table, done.case_id)
    assert (task["name"], case["definition_id"]) == ("Soạn lại", newest)


def test_who_may_not_act_is_refused_as_ever(process: Process) -> None:
    done = process.start()
    task = f"{done.case_id}-{only(done)}"
    with pytest.raises(NotFound):
        complete_task(Desk(process.database, NOW, Actor("9", "Ai đó", groups=frozenset({"can_bo@2"}))), task)
    with pytest.raises(Refused) as refused:
        process.act(CHAIRMAN, done.case_id, CompleteTask(only(done)))
    assert refused.value.code == "NOT_A_CANDIDATE"
    assert complete_task(Desk(process.database, NOW, DRAFTER), task).opened
    with pytest.raises(Refused) as refused:
        complete_task(Desk(process.database, NOW, DRAFTER), task)
    assert refused.value.code == "ALREADY_DONE"


def test_a_task_that_names_nobody_is_not_everybodys_because_it_is_remembered(process: Process) -> None:
    clock = Desk(process.database, NOW, CLOCK)
    deploy_definition(clock, file(process_of(BORDER + users("u"), "s u e", key="U")))
    case_id = start_process(clock, "U", {}, None, office_id=process.office)
    (row,) = process.rows(tasks, case_id)
    with pytest.raises(NotFound):
        complete_task(replace(clock, by=Actor("9", "Ai đó", groups=frozenset({"can_bo@2"}))), row["id"])
    ours = Actor("8", "Trần Thị Bình", groups=frozenset({f"can_bo@{process.office}"}))
    assert complete_task(replace(clock, by=ours), row["id"]).outcome == "xong"


def test_many_at_once_each_on_its_own_case_and_many_on_one(process: Process) -> None:
    drafted = [process.act(DRAFTER, (begun := process.start()).case_id, CompleteTask(only(begun))) for _ in range(4)]
    wanted = [
        (done.case_id, task, by)
        for done in drafted
        for task, by in zip(list(done.state.tasks), BODIES, strict=True)
        for _ in range(2)  # and each twice: one of the two comes too late
    ]
    together, ends = threading.Barrier(len(wanted)), []

    def act(case_id: int, task: str, by: Actor) -> None:
        together.wait()
        try:
            desk = Desk(process.database, NOW + timedelta(minutes=1), by)
            desk.carry_out(lambda work: handle(work, case_id, CompleteTask(task, {"dong_y": True})))
            ends.append("done")
        except Refused as refused:
            ends.append(refused.code)

    threads = [threading.Thread(target=act, args=each) for each in wanted]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(set(ends)) == ["NOT_WAITING", "done"] or sorted(set(ends)) == ["ALREADY_DONE", "done"], set(ends)
    assert ends.count("done") == 12
    assert process.is_whole()
    for done in drafted:
        (signing,) = [row for row in process.rows(tasks, done.case_id) if row["element"] == "ky"]
        assert signing["status"] == "open"


def test_a_snapshot_that_somebody_changed_by_hand_is_not_decided_on_for_ever(process: Process) -> None:
    done = process.start()
    with process.database.write() as connection:
        connection.execute(update(case_table).values(chain_head="f" * 64))
    process.tried()
    process.act(DRAFTER, done.case_id, CompleteTask(only(done)))
    assert process.tried() == 2
    assert not process.is_whole()
