"""Writers of one SQLite file share a commit: each for itself until then, nobody answered before it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, exc, text

from workflows.errors import Refused
from workflows.store.database import Database
from workflows.store.group_commit import MOST, GroupCommit


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    database = Database(f"sqlite:///{tmp_path / 'rows.sqlite'}")
    with database.write() as connection:
        connection.execute(text("CREATE TABLE numbers (n INTEGER PRIMARY KEY)"))
    yield database.engine
    database.close()


class Writers:
    """Threads that each write one number, held back until all of them wait for the turn of the one that has it."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.shared = engine, GroupCommit(engine)
        self.commits: list[object] = []
        self.ends: dict[int, object] = {}
        self.kept_then: dict[int, list[int]] = {}
        event.listen(engine, "commit", self.commits.append)

    def write_together(self, numbers: range, spoil: Callable[[int], None] = lambda n: None) -> None:
        """The first number is written by this thread, which gives the turn away when all others wait for it."""
        first, *others = numbers
        threads = [threading.Thread(target=self._write, args=(n, spoil)) for n in others]

        def all_wait(_: int) -> None:
            for each in threads:
                each.start()
            until = time.monotonic() + 10
            while self.shared.waiting < len(others) and time.monotonic() < until:
                time.sleep(0.001)
            spoil(first)

        self._write(first, all_wait)
        for each in threads:
            each.join()

    def _write(self, n: int, before_the_end: Callable[[int], None]) -> None:
        try:
            with self.shared.write() as connection:
                connection.execute(text("INSERT INTO numbers VALUES (:n)"), {"n": n})
                before_the_end(n)
            self.ends[n] = n in self.kept()
        except Exception as error:
            self.ends[n] = error
            self.kept_then[n] = self.kept()

    def kept(self) -> list[int]:
        """What another connection sees."""
        with self.engine.connect().execution_options(kehoach_reads=True) as connection:
            return list(connection.scalars(text("SELECT n FROM numbers ORDER BY n")))


def test_who_arrives_together_commits_together_and_is_answered_after_it(engine: Engine) -> None:
    writers = Writers(engine)
    writers.write_together(range(10))
    assert writers.kept() == list(range(10))
    assert writers.ends == dict.fromkeys(range(10), True)
    assert len(writers.commits) == 1


def test_a_group_has_an_end_though_others_wait(engine: Engine) -> None:
    writers = Writers(engine)
    writers.write_together(range(MOST + 4))
    assert writers.kept() == list(range(MOST + 4))
    assert len(writers.commits) == 2


@pytest.mark.parametrize("bad", [{0}, {3}, {0, 1, 9}, set(range(10))])
def test_what_is_refused_is_undone_alone(engine: Engine, bad: set[int]) -> None:
    def refuse(n: int) -> None:
        if n in bad:
            raise Refused("NOT_WAITING")

    writers = Writers(engine)
    writers.write_together(range(10), refuse)
    assert writers.kept() == sorted(set(range(10)) - bad)
    assert {n for n, end in writers.ends.items() if isinstance(end, Refused)} == bad


def test_nobody_is_refused_for_what_is_not_yet_committed(engine: Engine) -> None:
    seen: dict[int, list[int]] = {}

    def refuse(n: int) -> None:
        group = writers.shared._group
        assert group is not None
        seen[n] = [each for each in group.connection.scalars(text("SELECT n FROM numbers")) if each != n]
        if n:
            raise Refused("ALREADY_DONE")

    writers = Writers(engine)
    writers.write_together(range(6), refuse)
    assert all(seen[n] == [0] for n in range(1, 6)), "each saw what the first had written"
    assert all(writers.kept_then[n] == [0] for n in range(1, 6)), "and heard of it once it was kept"


def test_who_was_refused_for_what_was_lost_hears_that_it_was_lost(engine: Engine) -> None:
    def fail(_connection: object) -> None:
        raise exc.OperationalError("COMMIT", None, OSError("disk full"))

    def refuse(n: int) -> None:
        if n:
            raise Refused("ALREADY_DONE")

    writers = Writers(engine)
    event.listen(engine, "commit", fail)
    writers.write_together(range(4), refuse)
    event.remove(engine, "commit", fail)
    assert writers.kept() == []
    assert all(isinstance(end, exc.OperationalError) for end in writers.ends.values()), writers.ends


def test_a_commit_that_fails_is_told_to_all_and_keeps_nothing(engine: Engine) -> None:
    def fail(_connection: object) -> None:
        raise exc.OperationalError("COMMIT", None, OSError("disk full"))

    writers = Writers(engine)
    event.listen(engine, "commit", fail)
    writers.write_together(range(4))
    event.remove(engine, "commit", fail)
    assert writers.kept() == []
    assert all(isinstance(end, exc.OperationalError) for end in writers.ends.values())
    assert len(writers.ends) == 4
    writers.write_together(range(4))
    assert writers.kept() == list(range(4))


def test_a_transaction_that_sqlite_gave_up_is_no_success(engine: Engine) -> None:
    def lose(n: int) -> None:
        if n == 2:
            raise _undo_all(writers)

    writers = Writers(engine)
    writers.write_together(range(4), lose)
    lost = {n for n, end in writers.ends.items() if end is not True}
    assert {0, 2} <= lost
    assert writers.kept() == sorted(set(range(4)) - lost)


def _undo_all(writers: Writers) -> Exception:
    """As SQLite does by itself when the disk is full."""
    group = writers.shared._group
    assert group is not None
    group.connection.connection.driver_connection.execute("ROLLBACK")  # type: ignore[union-attr]
    return OSError("disk full")


def test_a_transaction_inside_a_transaction_is_an_error(engine: Engine) -> None:
    shared = GroupCommit(engine)
    with pytest.raises(RuntimeError, match="inside another"), shared.write(), shared.write():
        pass
    with shared.write() as connection:
        connection.execute(text("INSERT INTO numbers VALUES (1)"))
