"""Writers of one SQLite file that arrive together commit together: one fsync for many (decision 0044).

SQLite has one writer at a time, so transactions of this process take turns anyway. Whoever has the turn while others
wait for it leaves the transaction open for the next one; the last commits for all. Each has a savepoint of its own:
what is refused is undone alone and harms nobody. Nobody is answered before the commit, nor is a refusal.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

MOST = 16
# A member whose transaction nobody ended for so long (seconds) ends it.
PATIENCE = 1.0
SAVE, KEEP, UNDO = "SAVEPOINT member", "RELEASE member", "ROLLBACK TO member"


class _Group:
    """One transaction and how many are in it; `done` is set when it is committed or, with an `error`, lost."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.members = 0
        self.done = threading.Event()
        self.error: BaseException | None = None


class GroupCommit:
    """The transactions that write through one engine of SQLite; may be used by many threads at once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._turn = threading.Lock()
        self._counting = threading.Lock()
        self._waiting = 0  # threads that will join the open transaction
        self._owner: int | None = None
        self._group: _Group | None = None

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: undone by any exception, committed when this returns, perhaps with that of others.

        An error of the commit itself, of a full disk for instance, is raised to all whom it concerns: also to those who
        were refused, perhaps because of what now never happened.
        """
        group = self._join()
        try:
            among_others = group.members > 0
            if among_others:
                _run(group.connection, SAVE)
            try:
                yield group.connection
                if among_others:
                    _run(group.connection, KEEP)
                group.members += 1
            except BaseException:
                self._undo(group, among_others)
                raise
        finally:
            self._leave(group)
            self._await(group)  # whoever is refused, too: what it was refused for may not be committed yet

    @property
    def waiting(self) -> int:
        """How many threads wait to write."""
        return self._waiting

    def _join(self) -> _Group:
        """Wait for the turn; the transaction that is open, or a new one."""
        if self._owner == threading.get_ident():
            raise RuntimeError("a transaction was opened inside another one; pass the connection on instead")
        with self._counting:
            self._waiting += 1
        try:
            self._turn.acquire()
        finally:
            with self._counting:
                self._waiting -= 1
        try:
            if self._group is None:
                connection = self._engine.connect()
                try:
                    connection.begin()
                except BaseException:
                    connection.close()
                    raise
                self._group = _Group(connection)
        except BaseException:
            self._turn.release()
            raise
        self._owner = threading.get_ident()
        return self._group

    def _undo(self, group: _Group, among_others: bool) -> None:
        if not among_others:
            self._end(group, commit=False)
            return
        try:
            _run(group.connection, UNDO)
            _run(group.connection, KEEP)
        except BaseException as error:  # the disk is full, say, and SQLite has undone everything by itself
            group.error = error
            self._end(group, commit=False)

    def _leave(self, group: _Group) -> None:
        """End the transaction if nobody waits to join it, and pass the turn on."""
        try:
            if self._group is group and (self._waiting == 0 or group.members >= MOST):
                self._end(group, commit=True)
        finally:
            self._owner = None
            self._turn.release()

    def _end(self, group: _Group, *, commit: bool) -> None:
        self._group = None
        try:
            if commit:
                _commit(group.connection)
        except BaseException as error:  # every member raises it
            group.error = error
            group.connection.invalidate()  # closed, it gives up what it may still hold
        finally:
            group.connection.close()
            group.done.set()

    def _await(self, group: _Group) -> None:
        while not group.done.wait(PATIENCE):
            with self._turn:
                if self._group is group:
                    self._end(group, commit=True)
        if group.error is not None:
            raise group.error


def _run(connection: Connection, statement: str) -> None:
    connection.exec_driver_sql(statement)


def _commit(connection: Connection) -> None:
    """The driver takes the commit of a transaction that is gone for done; here it is an error."""
    if not getattr(connection.connection.driver_connection, "in_transaction", False):
        raise RuntimeError("SQLite has given the transaction up before its commit")
    connection.commit()
