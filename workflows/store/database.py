"""One database, SQLite or PostgreSQL: transactions that read or write, the schema's version, and its health."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from copy import copy
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, exc, make_url
from sqlalchemy.pool import StaticPool

from workflows.errors import NotFound, Refused, Stale

from . import case_numbers, driver, health, remembered, schema, wall
from .ahead import Ahead
from .beside.row_log import begin_logs
from .beside.watching import logged, watch
from .case_numbers import CaseNumbers
from .compiled import share_compiled
from .finding import Finding
from .group_commit import GroupCommit
from .refusals import complaints_as_refusals, refuse_nul
from .remembered import Remembered
from .shared_writes import SharedWrites
from .silent_errors import forget_values
from .spelling import to_json
from .steps import Change
from .turnstile import Turnstile
from .wall import Runtime, Visitor, Wall

BUSY_SECONDS = 10
MOST_JOURNAL = 16 * 2**20  # bytes of SQLite's journal that are kept beside the file after a larger transaction
# What is raised while a database is away or has cut the connection.
OUT_OF_REACH = exc.OperationalError
POOL_SIZE = 10
POOL_OVERFLOW = 30
# Many statements of one page see the same moment; a reading transaction of this kind is never refused.
READS_POSTGRES: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
READS_SQLITE: dict[str, Any] = {"kehoach_reads": True}
# A value that another row already has: PostgreSQL's SQLSTATE, SQLite's two extended result codes.
UNIQUE_VIOLATION = "23505"
# No connection, no resources, an operator at work (PostgreSQL's classes 08, 53, 57P), and one that only reads, as a
# standby does (25006); a file that cannot be used.
AWAY_POSTGRES = ("08", "53", "57P", "25006")
AWAY_SQLITE = ("SQLITE_BUSY", "SQLITE_CANTOPEN", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY")
SQLITE_TAKEN = {"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"}


class Database:
    """A pool of connections to one database; may be used by many threads at once."""

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        if parsed.drivername in ("postgres", "postgresql"):
            parsed = parsed.set(drivername="postgresql+psycopg")
        if parsed.drivername not in ("sqlite", "sqlite+pysqlite", "postgresql+psycopg"):
            raise Refused("BAD_DATABASE_URL", driver=parsed.drivername)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        self.in_memory = self.is_sqlite and parsed.database in (None, "", ":memory:")
        self.url = parsed.render_as_string(hide_password=True)
        self._remembered = Remembered()
        engine = _sqlite(parsed, self.in_memory) if self.is_sqlite else _postgres(parsed)
        self._numbers = None if self.is_sqlite else CaseNumbers(engine)
        engine.update_execution_options(**{remembered.OPTION: self._remembered, case_numbers.OPTION: self._numbers})
        self.engine: Engine = engine
        event.listen(self.engine, "before_cursor_execute", refuse_nul)
        watch(self.engine)
        self._readers = self.engine.execution_options(**(READS_SQLITE if self.is_sqlite else READS_POSTGRES))
        self._one_at_a_time = _OneAtATime() if self.in_memory else None
        self._writers = self._way_to_write()
        self._shared = None if self.is_sqlite else SharedWrites(self.engine)
        self._wall = None if self.is_sqlite else Wall()
        self._visitor: Visitor | None = None  # before whom the wall stands; None: the house itself reads
        self.house = self

    def seen_by(self, visitor: Visitor) -> Database:
        """The same database, of which `read` shows what this visitor may see; `house` is it without the wall.

        PostgreSQL cuts what is read, whatever is asked; SQLite knows no walls, there a house is a file.
        """
        seen = copy(self)
        seen._visitor = visitor
        return seen

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view; writing in it is an error of the program."""
        with self._turn(), complaints_as_refusals(), self._readers.connect() as connection, connection.begin():
            if self._visitor is None:
                yield connection
                return
            if self._wall is not None:
                self._wall.place(connection, self._visitor)
            with nothing_is_not_found():
                yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction that may write: committed at the end, rolled back by any exception.

        `Stale` when PostgreSQL broke a deadlock by giving this one up; `BAD_TEXT` (NUL, half a surrogate pair) and
        `BAD_VALUE` (a number too large) for what a database cannot keep.
        """
        with self._turn(), complaints_as_refusals(), self._writers() as connection, logged(connection):
            yield connection

    def ahead(self) -> Ahead:
        """Where one command is decided on what this process remembers, before a transaction is begun."""
        return Ahead(self._remembered, None if self._numbers is None else self._numbers.take)

    def keep(self, ahead: Ahead) -> bool:
        """Write and commit what was decided ahead; False, and nothing written, when the case is another by now.

        Commands that arrive together are written together (decision 0050).
        """
        if ahead.write is None or ahead.then is None:
            return False
        if self._shared is not None:
            with complaints_as_refusals():
                found = self._shared.write(ahead.write)
        else:
            assert isinstance(ahead.write.first, Change), "SQLite numbers its cases itself"
            with self.write() as connection:
                found = driver.write(connection, ahead.write.first, ahead.write.others)
        if found:
            self._remembered.keep(ahead.then)
        else:
            self._remembered.forget(ahead.write.case_id)
        return found

    def upgrade(self, revision: str = "head", runtime: Runtime | None = None) -> None:
        """Bring the schema to this version, all or nothing; programs that do it at once take turns. SQLITE_FTS5.

        On PostgreSQL the wall between offices is put up for this role of the program (None: the one connected).
        """
        with self._migrating() as connection:
            schema.upgrade(connection, revision)
            if schema.current(connection) == schema.newest():
                begin_logs(connection)
            self._put_up_wall(connection, runtime)

    def put_up_wall(self, runtime: Runtime | None = None) -> None:
        """The last part of an upgrade alone, for a database that was read from a copy."""
        with self.write() as connection:
            self._put_up_wall(connection, runtime)

    def _put_up_wall(self, connection: Connection, runtime: Runtime | None) -> None:
        if self._wall is not None and schema.current(connection) == schema.newest():
            wall.put_up(connection, runtime)

    def downgrade(self, revision: str) -> None:
        """Take the schema back to this version ("base": no tables), all of it or nothing."""
        with self._migrating() as connection:
            schema.downgrade(connection, revision)

    def check(self) -> list[Finding]:
        """What `kehoach doctor` says about this database: codes and facts, the good ones too."""
        with self.read() as connection:
            return health.examine(connection)

    def forget_references(self) -> None:
        """In memory only: let rows refer to what is not there, for a copy of a part that is thrown away."""
        assert self.in_memory, "a database that is kept keeps its references whole"
        connection = self.engine.raw_connection()
        connection.cursor().execute("PRAGMA foreign_keys = OFF")
        connection.close()

    def close(self) -> None:
        """Give all connections back to the system."""
        if self._shared is not None:
            self._shared.close()
        self.engine.dispose()

    @contextmanager
    def _migrating(self) -> Iterator[Connection]:
        """One transaction that may put another table in the place of one that rows refer to.

        SQLite changes a table by copying it, and takes the fall of the old one for the end of its rows: it asks that
        references are not looked at meanwhile, but all of them before the commit (lang_altertable.html, section 7).
        """
        if not self.is_sqlite:
            with self.write() as connection:
                yield connection
            return
        health.refuse_without_fts5()
        with self._turn(), self.engine.connect() as connection:
            driver_connection: Any = connection.connection.driver_connection
            driver_connection.execute("PRAGMA foreign_keys = OFF")
            try:
                with connection.begin():
                    yield connection
                    health.refuse_broken_references(connection)
            finally:
                driver_connection.execute("PRAGMA foreign_keys = ON")

    def _way_to_write(self) -> Callable[[], AbstractContextManager[Connection]]:
        if not self.is_sqlite:
            return self._write_postgres
        return self.engine.begin if self.in_memory else GroupCommit(self.engine).write

    @contextmanager
    def _write_postgres(self) -> Iterator[Connection]:
        """`engine.begin()`, but that SQLAlchemy begins and ends nothing where all goes by the driver."""
        with self.engine.connect() as connection:
            yield connection
            if connection.in_transaction():
                connection.commit()
            else:
                driver.commit(connection)

    def _turn(self) -> AbstractContextManager[None]:
        return self._one_at_a_time.turn() if self._one_at_a_time else nullcontext()


def open_memory() -> Database:
    """A new database in memory at the newest version, gone when it is closed; for tests and simulation."""
    database = Database("sqlite://")
    raw: Any = database.engine.raw_connection()
    with closing(sqlite3.connect(":memory:")) as empty:
        empty.deserialize(_without_rows())
        empty.backup(raw.driver_connection)
    raw.close()
    return database


@cache
def _without_rows() -> bytes:
    """The newest version as a file would hold it, migrated once in a process: that takes longer than a what-if."""
    database = Database("sqlite://")
    database.upgrade()
    raw: Any = database.engine.raw_connection()
    content: bytes = raw.driver_connection.serialize()
    raw.close()
    database.close()
    return content


@contextmanager
def losing_is_stale(**facts: Any) -> Iterator[None]:  # noqa: ANN401 - facts are JSON
    """A unique value that somebody else took first is `Stale`; every other broken constraint stays an error."""
    try:
        yield
    except exc.IntegrityError as error:
        if not _is_taken(error):
            raise
        raise Stale(**facts) from error


@contextmanager
def nothing_is_not_found() -> Iterator[None]:
    """For visitors: a row that an address names, and that is not there or not shown to them, is `NotFound`."""
    try:
        yield
    except exc.NoResultFound as error:
        raise NotFound("row") from error


def _is_taken(error: exc.IntegrityError) -> bool:
    if getattr(error.orig, "sqlstate", None) == UNIQUE_VIOLATION:
        return True
    return getattr(error.orig, "sqlite_errorname", None) in SQLITE_TAKEN


def is_out_of_reach(error: BaseException) -> bool:
    """Whether the database is away, full or busy for long, rather than asked for something wrong."""
    if not isinstance(error, OUT_OF_REACH | exc.InternalError):
        return False
    name = getattr(error.orig, "sqlite_errorname", None)
    if name is not None:
        return str(name).startswith(AWAY_SQLITE)
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        return isinstance(error, OUT_OF_REACH)
    return error.connection_invalidated or str(state).startswith(AWAY_POSTGRES)


class _OneAtATime:
    """A database in memory is one connection, so its transactions take turns."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._busy = False

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for the connection; a transaction inside a transaction of the same thread is a programming error."""
        with self._lock:
            if self._busy:
                raise RuntimeError("a transaction was opened inside another one; pass the connection on instead")
            self._busy = True
            try:
                yield
            finally:
                self._busy = False


# What was written is no business of a log: a failure names the statement, never its values.
_SILENT: Mapping[str, Any] = {"json_serializer": to_json, "hide_parameters": True}


def _sqlite(url: URL, in_memory: bool) -> Engine:
    arguments: dict[str, Any] = {"check_same_thread": False, "timeout": BUSY_SECONDS}
    if in_memory:
        engine = create_engine(url, connect_args=arguments, poolclass=StaticPool, **_SILENT)
    else:
        engine = create_engine(url, connect_args=arguments, pool_size=POOL_SIZE, max_overflow=POOL_OVERFLOW, **_SILENT)
    share_compiled(engine)
    turnstile = None if in_memory else Turnstile(Path(str(url.database)), BUSY_SECONDS)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", lambda connection: _begin_sqlite(connection, turnstile))
    if turnstile is not None:
        event.listen(engine, "engine_disposed", lambda _: turnstile.close())
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's connection
    """Take transactions away from the driver, which begins them too late and so loses updates without an error."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute(f"PRAGMA journal_mode = {health.safe_journal_mode()}")
    cursor.execute(f"PRAGMA journal_size_limit = {MOST_JOURNAL}")
    cursor.close()


def _begin_sqlite(connection: Connection, turnstile: Turnstile | None) -> None:
    """A writer queues and takes its lock at the start, where it can still wait; a reader may not write at all."""
    reads = connection.get_execution_options().get("kehoach_reads", False)
    driver: Any = connection.connection.driver_connection
    try:
        driver.execute(f"PRAGMA query_only = {'ON' if reads else 'OFF'}")
        with nullcontext() if reads or turnstile is None else turnstile.passing():
            driver.execute("BEGIN" if reads else "BEGIN IMMEDIATE")
    except sqlite3.Error as error:
        raise exc.DBAPIError.instance("BEGIN", None, error, sqlite3.Error, dialect=connection.dialect) from error


def _postgres(url: URL) -> Engine:
    # The default cost of a random read is that of a turning disk: with it, the planner reads a million tasks one after
    # the other rather than the eight thousand that an index names.
    options = f"{url.query.get('options', '')} -c random_page_cost=1.1".strip()
    engine = create_engine(
        url,
        isolation_level="READ COMMITTED",
        pool_size=POOL_SIZE,
        max_overflow=POOL_OVERFLOW,
        **_SILENT,
        # The driver, where it prepares statements itself, drops all there are when a transaction is undone: ours too.
        connect_args={"options": options, "client_encoding": "utf8", "prepare_threshold": None},
    )
    share_compiled(engine)
    event.listen(engine, "checkout", _refuse_dead)
    event.listen(engine, "handle_error", lambda told: forget_values(told.original_exception, told.sqlalchemy_exception))
    return engine


def _refuse_dead(connection: Any, _record: object, _proxy: object) -> None:  # noqa: ANN401 - the driver's connection
    """Let the pool replace a connection that the server has closed: an idle one has nothing to say but its end.

    It costs a look at the socket; asking the server each time would cost a command a fifth of its time.
    """
    if driver.end_of(connection)():
        raise exc.DisconnectionError("the server has closed the connection")
