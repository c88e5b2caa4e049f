"""Jobs are locked by one worker each, however many ask at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from tests.store.case_of import start
from tests.store.office import NOW
from workflows.engine import events
from workflows.store import jobs, worklist
from workflows.store.database import Database

LATER = NOW + timedelta(hours=1)


def job(number: int, **more: object) -> events.TaskOpened:
    facts = {"kind": "job", "topic": "ky_so", "retries": 3, **more}
    return events.TaskOpened(str(number), f"j{number}", **facts)  # type: ignore[arg-type]  # facts of a job


def test_many_workers_at_once_never_get_the_same_job(database: Database) -> None:
    with database.write() as connection:
        start(connection, *(job(number) for number in range(2, 42)))
    ready = Barrier(4)

    def fetch(worker: int) -> list[str]:
        found: list[str] = []
        ready.wait()
        for _ in range(6):
            with database.write() as connection:
                rows = jobs.lock_jobs(connection, {"ky_so"}, f"m{worker}", now=NOW, until=LATER, limit=3)
            found += [row.id for row in rows]
            assert all((row.locked_by, row.locked_until) == (f"m{worker}", LATER) for row in rows)
        return found

    with ThreadPoolExecutor(4) as threads:
        fetched = [each for found in threads.map(fetch, range(4)) for each in found]
    assert len(fetched) == len(set(fetched)) == 40


def test_the_most_urgent_and_then_the_oldest_come_first(database: Database) -> None:
    with database.write() as connection:
        case = start(connection, job(2), job(3, priority=90), job(4, retries=0), job(5, topic="khac"), job(6))
        found = jobs.lock_jobs(connection, {"ky_so"}, "m", now=NOW, until=LATER, limit=9)
        assert [row.task_id for row in found] == ["3", "2", "6"]
        jobs.set_lock(connection, f"{case.id}-2", None, NOW + timedelta(minutes=5))
        again = jobs.lock_jobs(connection, {"ky_so"}, "n", now=NOW + timedelta(minutes=5), until=LATER, limit=9)
        assert [row.task_id for row in again] == ["2"]
        kept = worklist.task(connection, f"{case.id}-2")
        assert kept is not None and (kept.locked_by, kept.locked_until) == ("n", LATER)


def test_an_administrators_worker_gets_the_jobs_of_the_own_offices_and_of_none(database: Database) -> None:
    with database.write() as connection:
        start(connection, job(2))
        assert len(jobs.lock_jobs(connection, {"ky_so"}, "m", now=NOW, until=LATER, limit=9, offices={7})) == 0
        assert len(jobs.lock_jobs(connection, {"ky_so"}, "m", now=NOW, until=LATER, limit=9, offices={7, None})) == 1
        assert jobs.lock_jobs(connection, set(), "m", now=LATER, until=LATER, limit=9) == []
