"""Definitions by version, and cases that change only by events at the expected revision."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import exc, func, select

from tests.store.case_of import ACTOR, start, write
from tests.store.office import NOW, enter_office
from workflows.engine import events
from workflows.errors import NotFound, Stale
from workflows.store import cases
from workflows.store.case_row import CaseRow
from workflows.store.chain import GENESIS, verify_chain
from workflows.store.database import Database
from workflows.store.tables.processes import definitions
from workflows.store.tables.processes import events as event_rows
from workflows.store.tables.worklist import task_groups, tasks


def test_definitions_have_versions(database: Database) -> None:
    with database.write() as connection:

        def deploy(key: str, xml: str) -> tuple[int, int]:
            row = cases.insert_definition(connection, key=key, name="Kế hoạch", xml=xml, now=NOW, by="An")
            return row.id, row.version

        first = deploy("a", "<một/>")
        assert deploy("a", "<một/>") == first
        second = deploy("a", "<hai/>")
        assert (first[1], second[1], deploy("b", "<hai/>")[1]) == (1, 2, 1)
        third = deploy("a", "<một/>")
        assert third[1] == 3
        latest = cases.latest_definition(connection, "a")
        assert (latest.id, latest.xml, latest.deployed_at, latest.deployed_by) == (third[0], "<một/>", NOW, "An")
        assert cases.definition_row(connection, first[0]).version == 1
        assert cases.definition_version(connection, "a", 2).id == second[0]
        assert cases.deployed_with(connection, second[0], "b").key == "b"
        for ask in (
            lambda: cases.latest_definition(connection, "c"),
            lambda: cases.definition_row(connection, 99),
            lambda: cases.definition_version(connection, "a", 4),
            lambda: cases.deployed_with(connection, third[0], "b"),
        ):
            with pytest.raises(NotFound):
                ask()


def test_two_deployments_at_once_make_two_versions_or_one_is_stale(database: Database) -> None:
    start_together = threading.Barrier(4)
    ends: list[int | str] = []

    def deploy(number: int) -> None:
        start_together.wait()
        try:
            with database.write() as connection:
                row = cases.insert_definition(connection, key="a", name="A", xml=f"<a n='{number}'/>", now=NOW, by=None)
            ends.append(row.version)
        except Stale:
            ends.append("stale")

    run_all([threading.Thread(target=deploy, args=(number,)) for number in range(4)])
    with database.read() as connection:
        kept = list(connection.scalars(select(definitions.c.version).order_by(definitions.c.version)))
    assert kept == list(range(1, len(kept) + 1))
    assert sorted(end for end in ends if end != "stale") == kept


def run_all(workers: list[threading.Thread]) -> None:
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


def test_a_case_comes_back_as_it_was_written(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        written = start(connection, office_id=office.commune, plan_id=12, business_key="plan:12")
    with database.read() as connection:
        read = cases.load_case(connection, written.id, lock=False)
        assert read == written
        assert (read.status, read.revision, read.plan_id) == ("active", 1, 12)
        assert read.state == {"status": "active", "counter": 1}
        assert cases.cases_of_plan(connection, 12) == [read]
        with pytest.raises(NotFound):
            cases.load_case(connection, 99, lock=False)


def test_the_history_says_who_did_what_when(database: Database) -> None:
    opened = events.TaskOpened("2", "ky", name="Ký", candidate_groups=("chu_tich@1",), due=NOW)
    with database.write() as connection:
        case = start(connection, opened)
        write(connection, case, events.TaskClosed("2", "ky", person="7"))
    with database.read() as connection:
        happened = cases.history(connection, case.id)
    assert [(each.seq, each.revision, each.type) for each in happened] == [
        (1, 2, "CaseStarted"),
        (2, 2, "TaskOpened"),
        (3, 3, "TaskClosed"),
    ]
    last = happened[-1]
    assert (last.actor, last.at, last.content_hash) == (ACTOR, NOW, "ab12")
    assert last.data == {"task_id": "2", "element": "ky", "person": "7"}


def test_no_events_change_nothing(database: Database) -> None:
    with database.write() as connection:
        case = start(connection)
        assert write(connection, case) == case
        assert cases.load_case(connection, case.id, lock=True) == case


def test_whoever_writes_at_an_old_revision_is_stale_and_leaves_nothing(database: Database) -> None:
    with database.write() as connection:
        old = start(connection)
        new = write(connection, old, events.TaskOpened("2", "ky"))
    with pytest.raises(Stale), database.write() as connection:
        write(connection, old, events.TaskOpened("3", "ky"))
    with database.read() as connection:
        assert cases.load_case(connection, old.id, lock=False) == new
        assert list(connection.scalars(select(tasks.c.id))) == [f"{old.id}-2"]


def test_an_error_while_writing_the_read_models_takes_the_events_back(database: Database) -> None:
    with database.write() as connection:
        case = start(connection)
    twice = (events.TimerArmed("5", "2", "han", NOW), events.SubscriptionOpened("6", "2", "tin", "message", "a"))
    with database.write() as connection:
        case = write(connection, case, *twice)
    with pytest.raises(exc.IntegrityError), database.write() as connection:
        write(connection, case, events.TimerArmed("5", "2", "han", NOW))
    with database.read() as connection:
        assert cases.load_case(connection, case.id, lock=False) == case
        assert connection.scalar(select(func.count()).select_from(event_rows)) == case.revision
        assert verify_chain(connection) == []


def test_of_two_writers_at_one_revision_one_wins(database: Database) -> None:
    for _ in range(5):
        with database.write() as connection:
            seen = start(connection, events.TaskOpened("2", "ky", candidate_groups=("chu_tich@1", "thu_truong@1")))
        together = threading.Barrier(4)
        ends: list[str] = []

        def close(person: str, seen: CaseRow, together: threading.Barrier, ends: list[str]) -> None:
            together.wait()
            try:
                with database.write() as connection:
                    write(connection, seen, events.TaskClosed("2", "ky", person=person))
                ends.append(person)
            except Stale:
                ends.append("stale")

        run_all([threading.Thread(target=close, args=(str(n), seen, together, ends)) for n in range(4)])
        assert ends.count("stale") == 3
        (winner,) = (end for end in ends if end != "stale")
        with database.read() as connection:
            assert cases.load_case(connection, seen.id, lock=False).revision == seen.revision + 1
            assert connection.scalar(select(tasks.c.closed_by).where(tasks.c.case_id == seen.id)) == winner


def test_writers_that_lock_the_case_all_get_their_turn(database: Database) -> None:
    with database.write() as connection:
        case = start(connection)
    writers, rounds = 4, 5
    together = threading.Barrier(writers)
    failed: list[BaseException] = []

    def add() -> None:
        try:
            together.wait()
            for _ in range(rounds):
                with database.write() as connection:
                    now_it_is = cases.load_case(connection, case.id, lock=True)
                    write(connection, now_it_is, events.NodePassed(f"n{now_it_is.revision}", "0"))
        except BaseException as error:
            failed.append(error)

    run_all([threading.Thread(target=add) for _ in range(writers)])
    assert failed == []
    with database.read() as connection:
        assert cases.load_case(connection, case.id, lock=False).revision == 1 + writers * rounds
        assert verify_chain(connection) == []


def test_groups_of_a_task_are_rows(database: Database) -> None:
    opened = events.TaskOpened("2", "ky", candidate_groups=("chu_tich@1", "chu_tich@1"), candidate_users=("7",))
    with database.write() as connection:
        case = start(connection, opened)
        rows = connection.execute(
            select(task_groups.c.task_id, task_groups.c.group_key).order_by(task_groups.c.group_key)
        ).all()
    assert [tuple(row) for row in rows] == [(f"{case.id}-2", "chu_tich@1"), (f"{case.id}-2", "nguoi@7")]


def test_a_new_case_stands_at_the_beginning_of_its_chain(database: Database) -> None:
    with database.write() as connection:
        started = start(connection)
        case = cases.new_case(connection, definition_id=started.definition_id, process="ke_hoach", now=NOW)
        assert (case.revision, case.status, case.chain_head) == (0, "new", GENESIS)
        assert cases.load_case(connection, case.id, lock=True) == case
        assert verify_chain(connection) == []
