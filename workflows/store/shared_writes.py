"""Commands that were decided ahead and arrive together are sent at once and share one commit (PostgreSQL).

Whoever comes while another is writing waits, and the first of those who wait writes for all of them. Each command is
written only if its case is still what it was decided on; the others do not notice. See decision 0050.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any, cast

import psycopg
from psycopg import pq
from sqlalchemy import Engine, exc

from .driver import checked, end_of, prepared, prepared_together
from .one_statement import one_statement
from .steps import Write

MOST = 16
# The statement is planned once, perhaps while the tables are empty; what it looks for it always finds by a key.
PLANNED = (
    b"SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET enable_hashjoin = off;"
    b" SET enable_mergejoin = off; SET enable_material = off"
)
# Nobody waits for a lock at the cost of those behind: what is held is waited for in a transaction of one's own.
PATIENCE = b"SET lock_timeout = '50ms'"


class _Entry:
    """One command to be written, by its own thread or another: told then, or that its thread is the one to write."""

    def __init__(self, write: Write) -> None:
        self.write = write
        self.case_id: int = write.case_id
        self.is_over = self.found = False
        self.error: BaseException | None = None
        self._told: threading.Lock | None = None  # held until it is told; only for who has to wait

    def will_wait(self) -> None:
        """From now on somebody may tell it."""
        self._told = threading.Lock()
        self._told.acquire()

    def await_turn(self) -> None:
        """Wait until somebody has written this, or leaves the writing to this thread."""
        assert self._told is not None
        self._told.acquire()

    def tell(self) -> None:
        """End its waiting, if it waits."""
        if self._told is not None:
            self._told.release()


class SharedWrites:
    """One connection that writes for all threads of the process, one statement after the other."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._session: Any = None  # the pool's connection, while there is one
        self._has_ended: Callable[[], bool] = lambda: False  # whether the server has closed it meanwhile
        self._mutex = threading.Lock()
        self._waiting: list[_Entry] = []
        self._is_led = False

    def write(self, write: Write) -> bool:
        """Write this and commit, perhaps with others; False, and nothing written, when its case is another by now.

        False also when the database refused the statement: alone and in a transaction of its own it will tell why.
        An error is raised when the connection broke, for then nobody knows whether it was written.
        """
        entry = _Entry(write)
        with self._mutex:
            leads, self._is_led = not self._is_led, True
            if not leads:
                entry.will_wait()
                self._waiting.append(entry)
        if leads:  # nobody waits while nobody writes
            self._lead([entry])
        else:
            entry.await_turn()
            if not entry.is_over:
                self._lead(self._next_group())
        if entry.error is not None:
            raise entry.error
        return entry.found

    @property
    def waiting(self) -> int:
        """How many wait to be written."""
        return len(self._waiting)

    def close(self) -> None:
        """Give the connection back."""
        with self._mutex:
            session, self._session = self._session, None
        if session is not None:
            session.close()

    def _lead(self, group: Sequence[_Entry]) -> None:
        """Write these, and leave what has come meanwhile to the first of those who came."""
        try:
            self._write(group)
        except BaseException as error:
            for each in group:
                each.error = error
            raise
        finally:
            with self._mutex:
                follower = self._waiting[0] if self._waiting else None
                self._is_led = follower is not None
            for each in group:
                each.is_over = True
                each.tell()
            if follower is not None:
                follower.tell()

    def _next_group(self) -> list[_Entry]:
        """The first of those who wait, at most one for each case."""
        group: dict[int, _Entry] = {}
        with self._mutex:
            for entry in self._waiting:
                if len(group) < MOST:
                    group.setdefault(entry.case_id, entry)
            chosen = list(group.values())
            self._waiting = [entry for entry in self._waiting if entry not in chosen]
        return chosen

    def _write(self, group: Sequence[_Entry]) -> None:
        session = self._session or self._open()
        if self._has_ended():  # while nobody wrote, so that nothing is lost with it
            session.invalidate()
            session = self._open()
        among_others = len(group) > 1
        try:
            statements = [one_statement(w.first, w.others, among_others=among_others) for w in (e.write for e in group)]
        except Exception:  # what cannot be written, whatever it is: whose it was, each will find out alone
            return
        try:
            answers = prepared_together(session, statements) if among_others else [prepared(session, *statements[0])]
            for answer in answers:
                checked(answer)
        except psycopg.Error as error:
            if session.driver_connection.pgconn.status != pq.ConnStatus.BAD:
                return  # the statement was refused and nothing of it kept
            self._session = None
            session.invalidate()
            raise exc.OperationalError("a statement of the driver", None, error) from error
        for each, answer in zip(group, answers, strict=True):
            each.found = answer.ntuples == 1

    def _open(self) -> Any:  # noqa: ANN401 - SQLAlchemy's connection of the pool
        session = self._engine.raw_connection()
        checked(cast("psycopg.Connection[Any]", session.driver_connection).pgconn.exec_(PLANNED + b"; " + PATIENCE))
        self._session, self._has_ended = session, end_of(session.driver_connection)
        return session
