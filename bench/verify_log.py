"""What stands beside the log, compared with it: cases with tasks, groups and timers, half of the tasks done.

Run: `.venv/bin/python -m bench.verify_log [--tasks 100000] [--database URL]`. It says how many seconds of a processor
the comparison of what is open takes for all, beside replaying the same events alone, and how much memory it needs more
than before.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, func, select

from bench.environment import environment
from workflows.engine import State, events, replay, state_to_json
from workflows.engine.calendar import Calendar
from workflows.engine.evolve import apply
from workflows.engine.history import event_from_json
from workflows.store import cases
from workflows.store.beside_log import compare_beside
from workflows.store.case_row import new_case_row
from workflows.store.chain import ROWS_AT_ONCE
from workflows.store.database import Database
from workflows.store.new_cases import NewCase, ids_for, write_new
from workflows.store.tables.processes import events as log
from workflows.store.tables.worklist import tasks

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TASKS_A_CASE, PORTION = 4, 2_000


def main() -> None:
    """Fill a database, then look."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--tasks", type=int, default=100_000)
    parser.add_argument("--database", help="an empty one; without it a file of SQLite")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = Database(wanted.database or f"sqlite:///{Path(folder) / 'kehoach.sqlite3'}")
        database.upgrade()
        fill(database, wanted.tasks)
        with database.read() as connection:
            many = connection.scalar(select(func.count()).select_from(tasks))
            happened = connection.scalar(select(func.count()).select_from(log))
            alone, before = replay_all(connection), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            began = time.process_time()
            found = compare_beside(connection)
            took = time.process_time() - began
            grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        assert not found, found[:3]
        print(environment())
        print(f"{many} tasks, {happened} events: {took:.1f} s of a processor, +{grown:.0f} MB; replay {alone:.1f} s")
        database.close()


def fill(database: Database, wanted: int) -> None:
    """So many tasks in cases of an office, as the program lays them down."""
    with database.write() as connection:
        definition = cases.insert_definition(connection, key="P", name="P", xml="<x/>", now=NOW, by=None)
    for start in range(0, wanted // TASKS_A_CASE, PORTION):
        with database.write() as connection:
            numbers = ids_for(connection, min(PORTION, wanted // TASKS_A_CASE - start))
            write_new(connection, list(started(definition.id, numbers)), NOW, {"person": "7", "name": "Nguyễn Văn An"})


def started(definition_id: int, numbers: list[int]) -> Iterator[NewCase]:
    """New cases with these numbers, each with four tasks and a timer."""
    happened: list[events.Event] = [events.CaseStarted(str(definition_id), "P", {"so": 1, "ten": "Kế hoạch"})]
    for number in map(str, range(1, TASKS_A_CASE + 1)):
        due, groups = NOW + timedelta(days=int(number)), ("can_bo@2", "thu_truong@2")
        levels = ((0, "nguoi_giu"), (1, "van_thu"))
        opened = events.TaskOpened(
            number, "y_kien", "Góp ý", candidate_groups=groups, due=due, escalation=levels, variables={"x": number}
        )
        happened += [events.NodeEntered(number, "y_kien", "0"), opened]
    happened.append(events.TimerArmed("9", "1", "han", NOW + timedelta(days=5)))
    happened += [events.TaskClosed(number, "y_kien", person="8") for number in ("1", "2")]
    state = State()
    for event in happened:
        apply(state, event)
    for number in numbers:
        case = new_case_row(number, definition_id=definition_id, process="P", now=NOW)
        yield NewCase(case, happened, state_to_json(state), [], Calendar(), "one")


def replay_all(connection: Connection) -> float:
    """The seconds of a processor that reading all events and replaying them takes, and nothing else."""
    began = time.process_time()
    rows = connection.execute(
        select(log).order_by(log.c.case_id, log.c.seq), execution_options={"yield_per": ROWS_AT_ONCE}
    )
    case_id, happened = 0, list[events.Event]()
    for row in rows:
        if row.case_id != case_id:
            replay(happened)
            case_id, happened = row.case_id, []
        happened.append(event_from_json({"event": row.type, **row.data}))
    replay(happened)
    return time.process_time() - began


if __name__ == "__main__":
    main()
