"""Copies of a SQLite database: made through SQLite itself, never as a file, and looked through before they count."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from workflows.errors import Refused
from workflows.whole_file import whole_file

BUSY_SECONDS = 60  # an office at work lets a copy wait; a copy never gives up before a person would

# What is kept beside a file under its name.
BESIDE = ("-journal", "-wal", "-shm", "-turn")

# Where SQLite says that a file could not be written, or that its disk is full.
NO_ROOM = ("SQLITE_FULL", "SQLITE_IOERR")


def copy(source: str, target: Path) -> None:
    """Copy a database that is in use into a new file that only this user may read."""
    try:
        with whole_file(target) as fresh, closing(sqlite3.connect(source, timeout=BUSY_SECONDS)) as here:
            remove_beside(fresh)  # of a copy that was killed
            with closing(sqlite3.connect(fresh)) as there:
                here.backup(there)
                _look_through(there, target)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname.startswith(NO_ROOM):
            raise Refused("NO_ROOM", file=str(target)) from error
        raise


def beside(place: Path) -> list[Path]:
    """The files that belong to the database of this name, whether or not they are there."""
    return [place.with_name(place.name + end) for end in BESIDE]


def remove_beside(place: Path) -> None:
    """Take these files away; only while nobody has the database open."""
    for left in beside(place):
        left.unlink(missing_ok=True)


def to_be_played(place: Path) -> list[Path]:
    """What a process that died left beside, which SQLite would play into whatever next has this name.

    A journal that begins with zeros is done with (fileformat2.html, section 3).
    """
    journal, wal, *_ = beside(place)
    return [each for each in (journal, wal) if each.exists() and _first_byte(each) not in (b"", b"\0")]


def restore(source: Path, target: Path) -> None:
    """Make a database from a copy; a file that is none is refused and nothing stays behind."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        copy(str(source), target)
    except sqlite3.DatabaseError as error:
        raise Refused("NOT_A_BACKUP", file=str(source)) from error


def revision_in(file: Path) -> str | None:
    """The version of the schema in a copy; NOT_A_BACKUP when there is none to be read."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            return str(database.execute("SELECT version_num FROM alembic_version").fetchone()[0])
    except (sqlite3.DatabaseError, TypeError) as error:
        raise Refused("NOT_A_BACKUP", file=str(file)) from error


def _first_byte(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(1)


def _look_through(database: sqlite3.Connection, file: Path) -> None:
    found = database.execute("PRAGMA integrity_check").fetchone()[0]
    tables = database.execute("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'").fetchone()[0]
    if found != "ok" or not tables:
        raise Refused("NOT_A_BACKUP", file=str(file))
