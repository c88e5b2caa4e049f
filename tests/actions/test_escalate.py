"""escalate: each rung of a task's ladder is told once, to its target, however often the clock comes round."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from tests.actions.small_office import START, everything, started, stored
from tests.nightly import size
from tests.store.case_of import start
from tests.store.office import enter_office
from tests.stories.cast import Cast, day
from workflows.actions import Desk
from workflows.actions.escalate import escalate
from workflows.engine.actor import CLOCK
from workflows.engine.events import TaskOpened, TaskReminded
from workflows.engine.history import event_from_json
from workflows.store import cases, clockwork
from workflows.store.chain import verify_chain
from workflows.store.database import Database, open_memory
from workflows.store.due import levels_told
from workflows.store.escalation_times import levels
from workflows.store.shard import Shard
from workflows.store.tables.telling import outbox
from workflows.store.tables.worklist import escalations, tasks

DUE = datetime(2026, 3, 11, 16, 59, 59, tzinfo=UTC)


def ladder(cast: Cast) -> set[tuple[int, str]]:
    return set(cast.open("soan_thao")[0].escalation)


def rungs(database: Database) -> list[tuple[str, int, str]]:
    return [(row.task_id, row.level, row.target) for row in stored(database, escalations)]


def told(database: Database) -> Counter[tuple[str, int, str]]:
    late = [*stored(database, outbox, kind="task_due"), *stored(database, outbox, kind="task_late")]
    return Counter((row.task_id, row.data["level"], row.data["target"]) for row in late)


def test_the_first_reminder_comes_on_the_morning_of_its_working_day(cast: Cast) -> None:
    (task,) = cast.open()
    assert task.due == day(2024, 2, 26, 23, 59).replace(second=59)  # ten working days, Tết in between
    cast.now = day(2024, 2, 22, 6, 59)
    before = everything(cast.database)
    assert escalate(cast.clock).found == 0
    assert everything(cast.database) == before
    cast.now = day(2024, 2, 22, 7)
    assert escalate(cast.clock).done == 1
    assert rungs(cast.database) == [(task.id, -2, "nguoi_giu")]
    (row,) = stored(cast.database, outbox, kind="task_due")
    assert (row.task_id, row.data) == (task.id, {"level": -2, "target": "nguoi_giu"})
    assert stored(cast.database, tasks, id=task.id)[0].next_escalation_at == day(2024, 2, 26, 7)


def test_after_a_standstill_every_rung_is_noted_and_each_target_hears_the_latest_only(cast: Cast) -> None:
    cast.now = day(2024, 6, 1)
    escalate(cast.clock)
    assert {(level, target) for _, level, target in rungs(cast.database)} == ladder(cast)
    latest: dict[str, int] = {}
    for level, target in ladder(cast):
        latest[target] = max(level, latest.get(target, level))
    assert {(level, target) for _, level, target in told(cast.database)} == {(lv, tg) for tg, lv in latest.items()}
    assert stored(cast.database, tasks, status="open")[0].next_escalation_at is None
    # A rung of before the day says what is so by now; so whoever is two targets is told one thing, and once.
    assert stored(cast.database, outbox, kind="task_due") == []


def test_a_task_that_is_done_is_told_no_more(cast: Cast) -> None:
    (task,) = cast.open()
    cast.act("soan_thao", {})
    cast.now = day(2024, 6, 1)
    escalate(cast.clock)
    with cast.database.read() as connection:
        assert levels_told(connection, [task.id]) == {task.id: set()}


def test_two_sweeps_at_once_tell_each_rung_once(database: Database) -> None:
    cast = started(database)
    cast.now = day(2024, 3, 1)
    ready = Barrier(2)

    def sweep(_: int) -> None:
        ready.wait()
        escalate(cast.clock)

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(sweep, range(2)))
    assert len(rungs(database)) == len(set(rungs(database))) > 0
    assert set(told(database).values()) == {1}


def test_a_limit_takes_the_longest_waiting_first(cast: Cast) -> None:
    cast.import_and_start()
    cast.now = day(2024, 6, 1)
    assert [escalate(cast.clock, 1).done for _ in range(3)] == [1, 1, 0]


def test_every_reminder_is_an_event_in_the_chain_of_its_case(database: Database) -> None:
    """Two tasks of one case in one sweep stand one behind the other, though the sweep writes them at once."""
    with database.write() as connection:
        late = [
            TaskOpened(str(number), "y_kien", due=DUE, escalation=((0, "nguoi_giu"), (1, "van_thu")))
            for number in (2, 3)
        ]
        case = start(connection, *late)
    assert escalate(Desk(database, DUE + timedelta(days=5), CLOCK)).done == 2
    with database.read() as connection:
        told = [event_from_json({"event": each.type, **each.data}) for each in cases.history(connection, case.id)[-2:]]
        assert told == [TaskReminded(n, "y_kien", ((0, "nguoi_giu"), (1, "van_thu"))) for n in ("2", "3")]
        assert verify_chain(connection) == []


def test_a_task_that_cannot_be_judged_holds_up_no_other(database: Database) -> None:
    with database.write() as connection:
        bad = start(connection, TaskOpened("2", "ky", due=DUE, escalation=((0, "nguoi_giu"),)))
        start(connection, TaskOpened("2", "ky", due=DUE, escalation=((0, "nguoi_giu"),)))
        connection.execute(update(tasks).where(tasks.c.case_id == bad.id).values(escalation=[[10**6, "nguoi_giu"]]))
    swept = escalate(Desk(database, DUE, CLOCK))
    assert (swept.found, swept.done, swept.failed) == (2, 1, 1)
    assert [task_id for task_id, _, _ in rungs(database)] == [f"{bad.id + 1}-2"]


def test_shards_share_the_offices_out_and_leave_nothing(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        for office_id in (office.province, office.commune, office.commune, None):
            start(connection, TaskOpened("2", "ky", due=DUE, escalation=((0, "nguoi_giu"),)), office_id=office_id)
    swept = [escalate(Desk(database, DUE, CLOCK), shard=Shard(number, 3)).done for number in range(3)]
    assert (swept, len(rungs(database))) == ([2, 2, 0], 4)


moments = st.lists(st.integers(0, 24 * 60), min_size=1, max_size=12).map(sorted)


@settings(max_examples=size(15, 300), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(moments)
def test_whenever_the_clock_comes_round_each_rung_is_noted_once_and_told_at_most_once(hours: list[int]) -> None:
    database = open_memory()
    try:
        cast = started(database)
        (task,) = cast.open()
        for hour in hours:
            cast.now = START + timedelta(hours=hour)
            escalate(cast.clock)
        due = {rung for rung in ladder(cast) if _morning(cast, rung) <= cast.now}
        assert sorted(rungs(database)) == sorted((task.id, *rung) for rung in due)
        assert set(told(database)) <= set(rungs(database))
        assert set(told(database).values()) <= {1}
        assert {target for _, _, target in told(database)} == {target for _, target in due}
    finally:
        database.close()


def _morning(cast: Cast, rung: tuple[int, str]) -> datetime:
    with cast.database.read() as connection:
        calendar = clockwork.calendar_of(connection, cast.office.id)
    (task,) = cast.open()
    assert task.due is not None
    return levels(calendar, task.due, [rung])[0].at
