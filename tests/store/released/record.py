"""Writes the database that an older program left behind: run with that program's tree as PYTHONPATH.

`python record.py PLAN.txt TARGET.sql.xz`: an office with one plan in force, whose duties have begun and whose letters
went out, and a second one that waits for its signature and of which nothing was told yet.
"""

from __future__ import annotations

import lzma
import sqlite3
import sys
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from tests.stories.cast import Cast, day
from workflows.store.database import Database


def record(plan: Path, target: Path) -> None:
    """Live the two plans in a database of this program's version, and keep it as SQL."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "office.sqlite"
        database = Database(f"sqlite:///{file}")
        database.upgrade()
        first = Cast.for_plan(database, plan.read_text(encoding="utf-8"), day(2024, 2, 5))
        first.import_and_start()
        first.pass_to_force()
        first.sweep()
        first.wait(day(2024, 6, 3))
        second = replace(first)
        second.import_and_start()
        second.pass_to_signature()
        database.close()
        with closing(sqlite3.connect(file)) as connection:
            written = "\n".join(connection.iterdump())
    target.write_bytes(lzma.compress(written.encode(), preset=9))


if __name__ == "__main__":
    record(Path(sys.argv[1]), Path(sys.argv[2]))
