"""Processes that write to one SQLite file queue: one that never pauses keeps nobody out."""

from __future__ import annotations

import fcntl
import os
import threading
import time
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import insert

from tests.databases import SqliteTemplate
from tests.store.office import NOW
from workflows.store.database import Database
from workflows.store.tables.clockwork import settings
from workflows.store.turnstile import ENDING, Turnstile


def test_who_has_just_written_lets_those_who_wait_go_first(sqlite_template: SqliteTemplate, tmp_path: Path) -> None:
    """Without the gate whoever writes again at once is first each time, for SQLite wakes nobody."""
    url = sqlite_template.file(tmp_path / "office.sqlite")
    order: list[str] = []
    with closing(Database(url)) as mine, closing(Database(url)) as other:

        def write(database: Database, name: str) -> None:
            with database.write() as connection:
                connection.execute(insert(settings).values(office_id=0, key=name, value=0, changed_at=NOW))
                order.append(name)

        for turn in range(5):
            waits = threading.Thread(target=write, args=(other, f"waited {turn}"))
            with mine.write():
                waits.start()
                until_somebody_stands_in(tmp_path / f"office.sqlite{ENDING}")
            write(mine, f"again {turn}")
            waits.join()
    assert order == [f"{name} {turn}" for turn in range(5) for name in ("waited", "again")]


def until_somebody_stands_in(gate: Path) -> None:
    opened = os.open(gate, os.O_RDWR)
    with suppress(BlockingIOError):
        while True:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            fcntl.flock(opened, fcntl.LOCK_UN)
            time.sleep(0.001)
    os.close(opened)


def test_whoever_stands_in_the_gate_for_ever_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "office.sqlite").touch(mode=0o640)
    gate = os.open(tmp_path / f"office.sqlite{ENDING}", os.O_RDWR | os.O_CREAT)
    fcntl.flock(gate, fcntl.LOCK_EX)
    turnstile = Turnstile(tmp_path / "office.sqlite", 0.05)
    with turnstile.passing():
        pass
    turnstile.close()
    os.close(gate)


def test_who_may_open_the_file_may_pass_the_gate(tmp_path: Path) -> None:
    (tmp_path / "office.sqlite").touch(mode=0o640)
    with Turnstile(tmp_path / "office.sqlite", 0.05).passing():
        pass
    assert (tmp_path / f"office.sqlite{ENDING}").stat().st_mode & 0o777 == 0o640


def test_where_no_file_can_be_made_one_goes_on_without(tmp_path: Path) -> None:
    with Turnstile(tmp_path / "nowhere" / "office.sqlite", 0.05).passing():
        pass
    assert not list(tmp_path.iterdir())
