"""Commands written together: each only if its case is still as it was, none harmed by another (PostgreSQL)."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import exc, func, select, text, update

from tests.databases import PostgresServer
from tests.store.case_of import ACTOR, start
from tests.store.office import NOW
from workflows.engine.calendar import Calendar
from workflows.engine.events import TaskOpened, TimerArmed, TimerDisarmed
from workflows.store import telling
from workflows.store.appending import appending
from workflows.store.case_row import CaseRow
from workflows.store.chain import verify_chain
from workflows.store.database import Database
from workflows.store.shared_writes import MOST, SharedWrites, _Entry
from workflows.store.steps import Change, Insert, Remove, Write
from workflows.store.tables.processes import cases, events
from workflows.store.tables.telling import outbox
from workflows.store.tables.worklist import task_groups, tasks, timers

pytestmark = pytest.mark.postgres


@pytest.fixture
def database(postgres: PostgresServer) -> Iterator[Database]:
    with postgres.clean_database() as url:
        database = Database(url)
        yield database
        database.close()


class Together(SharedWrites):
    """Holds the first one back until all others wait, and notes who was written with whom."""

    def __init__(self, database: Database) -> None:
        super().__init__(database.engine)
        self.groups: list[list[int]] = []
        self.expected = 0

    def _write(self, group: Sequence[_Entry]) -> None:
        until = time.monotonic() + 10
        while self.waiting < self.expected and time.monotonic() < until:
            time.sleep(0.001)
        self.expected = 0
        self.groups.append([each.case_id for each in group])
        super()._write(group)

    def all_of(self, writes: Sequence[Write]) -> list[bool | type[BaseException]]:
        """What comes of each: the first is alone, the others arrive while it is written."""
        ends: dict[int, Any] = {}

        def one(number: int) -> None:
            try:
                ends[number] = self.write(writes[number])
            except BaseException as error:
                ends[number] = type(error)

        self.expected = len(writes) - 1
        threads = [threading.Thread(target=one, args=(number,)) for number in range(len(writes))]
        threads[0].start()
        while not (self._is_led or 0 in ends):
            time.sleep(0.001)
        for each in threads[1:]:
            each.start()
        for each in threads:
            each.join()
        return [ends[number] for number in range(len(writes))]


@pytest.fixture
def together(database: Database) -> Iterator[Together]:
    together = Together(database)
    yield together
    together.close()


def begun(database: Database, many: int) -> list[CaseRow]:
    with database.write() as connection:
        return [start(connection, TimerArmed("1", "1", "t", NOW + timedelta(days=1))) for _ in range(many)]


def opening(case: CaseRow, task: str = "9", *more: Any) -> Write:
    """A task is opened and told of, and the timer is gone."""
    happened = [TaskOpened(task, "soan", name="Soạn", candidate_groups=("can_bo@1",)), TimerDisarmed("1", "t"), *more]
    row = telling.occasion_row(
        "note", f"{case.id}-{task}", NOW, office_id=None, plan_id=None, case_id=case.id, task_id=None, data={"a": "Đ"}
    )
    state = {"status": "active", "counter": 9}
    told = [telling.telling([row])]
    made = appending(
        case, happened, state=state, now=NOW, actor=ACTOR, content_hash=None, calendar=Calendar(), told=told
    )
    where = {"id": case.id, "revision": case.revision, "chain_head": case.chain_head}
    return Write(case.id, made.at(where), made.steps)


def count(database: Database, table: Any) -> int:
    with database.read() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


def test_who_arrives_while_another_is_written_is_written_together(database: Database, together: Together) -> None:
    known = begun(database, MOST + 3)
    assert together.all_of([opening(case) for case in known]) == [True] * len(known)
    assert [len(group) for group in together.groups] == [1, MOST, 2]
    assert [count(database, table) for table in (tasks, task_groups, outbox, timers)] == [len(known)] * 3 + [0]
    with database.read() as connection:
        assert verify_chain(connection) == []
        rows = connection.execute(select(events).where(events.c.case_id == known[5].id).order_by(events.c.seq)).all()
        (row,) = connection.execute(select(tasks).where(tasks.c.case_id == known[5].id)).all()
    assert [(each.seq, each.type, each.revision) for each in rows[-2:]] == [
        (3, "TaskOpened", 4),
        (4, "TimerDisarmed", 4),
    ]
    assert rows[-1].actor == ACTOR
    assert (row.id, row.name, row.due, row.opened_at, row.excluded) == (f"{known[5].id}-9", "Soạn", None, NOW, [])


def test_one_whose_case_has_changed_is_left_out_and_harms_nobody(database: Database, together: Together) -> None:
    known = begun(database, 5)
    with database.write() as connection:
        connection.execute(update(cases).where(cases.c.id == known[2].id).values(chain_head="0" * 64))
    assert together.all_of([opening(case) for case in known]) == [True, True, False, True, True]
    assert together.groups == [[known[0].id], [case.id for case in known[1:]]]
    assert count(database, tasks) == 4


def test_a_case_that_somebody_holds_is_not_waited_for(database: Database, together: Together) -> None:
    known = begun(database, 4)
    with database.write() as connection:
        connection.execute(select(cases).where(cases.c.id == known[3].id).with_for_update()).one()
        assert together.all_of([opening(case) for case in known]) == [True, True, True, False]
        assert not together.write(opening(known[3]))
    assert together.write(opening(known[3]))


def test_a_statement_that_is_refused_keeps_nothing_of_its_group(database: Database, together: Together) -> None:
    known = begun(database, 4)
    twice = opening(known[2])
    spoilt = Write(twice.case_id, twice.first, [*twice.others, Insert(tasks, twice.others[1].rows)])  # type: ignore[union-attr]
    writes = [opening(known[0]), opening(known[1]), spoilt, opening(known[3])]
    assert together.all_of(writes) == [True, False, False, False]
    assert count(database, tasks) == 1
    assert together.all_of([writes[1], writes[3]]) == [True, True]


def test_a_text_that_cannot_be_kept_is_not_told_to_others(database: Database, together: Together) -> None:
    known = begun(database, 4)
    bad = opening(known[2], "8", TaskOpened("7", "soan", name="\0"))
    writes = [opening(known[0]), opening(known[1]), bad, opening(known[3])]
    assert together.all_of(writes) == [True, False, False, False]
    assert together.all_of([writes[1], writes[3]]) == [True, True]


def test_two_commands_on_one_case_are_never_in_one_group(database: Database, together: Together) -> None:
    first, second = begun(database, 2)
    writes = [opening(first), opening(second), opening(second, "8")]
    ends = together.all_of(writes)
    assert ends[0] is True
    assert sorted(map(bool, ends[1:])) == [False, True]
    assert [len(group) for group in together.groups] == [1, 1, 1]
    assert count(database, tasks) == 2


def end_others(database: Database, which: str = "true") -> int:
    """End other connections to this database, as a server that is shut down does; how many that were."""
    ended = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    with database.write() as connection:
        return connection.scalar(text(f"{ended} AND datname = current_database() AND {which}")) or 0


def test_a_connection_that_ended_while_nobody_wrote_is_replaced(database: Database, together: Together) -> None:
    first, second = begun(database, 2)
    assert together.write(opening(first))
    assert end_others(database)
    assert together.write(opening(second))


def test_a_connection_that_breaks_is_told_to_all_and_the_next_have_another(
    database: Database, together: Together
) -> None:
    first, second, third = begun(database, 3)
    assert together.write(opening(third))
    together._session.driver_connection.pgconn.exec_(b"SET lock_timeout = 0")
    ends: list[BaseException | bool] = []

    def write() -> None:
        try:
            ends.append(together.write(opening(first)))
        except exc.OperationalError as error:
            ends.append(error)

    waiting = threading.Thread(target=write)
    with database.write() as connection:
        connection.execute(select(cases).where(cases.c.id == first.id).with_for_update()).one()
        waiting.start()
        until = time.monotonic() + 10
        while not (ended := end_others(database, "wait_event_type = 'Lock'")) and time.monotonic() < until:
            time.sleep(0.001)
        assert ended == 1
        waiting.join()
    (error,) = ends
    assert isinstance(error, exc.OperationalError)
    assert together.write(opening(second))
    assert together.write(opening(first))


def test_steps_of_every_kind_touch_the_rows_of_their_own_case(database: Database, together: Together) -> None:
    known = begun(database, 3)
    armed = {"element": "t", "due": NOW}
    rows = [{"case_id": case.id, "timer_id": f'"{n}",\\', **armed} for case in known for n in range(3)]
    with database.write() as connection:
        connection.execute(timers.insert(), rows)

    def write(case: CaseRow, head: str) -> Write:
        names = ['"0",\\', '"2",\\']
        steps = [
            Remove(timers, {"case_id": case.id, "timer_id": names}),
            Change(timers, {"case_id": case.id, "timer_id": ["1"]}, {"element": f"Bước {case.id}", "due": NOW}),
            Insert(timers, [{"timer_id": "7", **armed}], alike={"case_id": case.id}),
        ]
        where = {"id": case.id, "revision": case.revision, "chain_head": head}
        return Write(case.id, Change(cases, where, {"business_key": "k", "ended_at": None}), steps)

    ends = together.all_of(
        [write(known[0], known[0].chain_head), *(write(case, known[1].chain_head) for case in known[1:])]
    )
    assert ends == [True, True, False]
    with database.read() as connection:
        found = connection.execute(select(timers.c.case_id, timers.c.timer_id, timers.c.element)).all()
    kept = {case.id: {(row.timer_id, row.element) for row in found if row.case_id == case.id} for case in known}
    for case in known[:2]:
        assert kept[case.id] == {("1", f"Bước {case.id}"), ('"1",\\', "t"), ("7", "t")}
    assert len(kept[known[2].id]) == 4
