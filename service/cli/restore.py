"""`kehoach restore FILE`: the database as it was when the copy was made, in a place where there is none."""

from __future__ import annotations

from errno import ENOENT
from pathlib import Path
from typing import Annotated

import typer

from service.settings import read_settings
from workflows.errors import Refused
from workflows.store import schema
from workflows.store.database import Database
from workflows.store.quarantine import begin_quarantine
from workflows.whole_file import to_disk

from . import check_sums, postgres_programs, sqlite_copies
from .answers import answer, verb_app
from .installation import now, owned, runtime_of
from .start_sentences import AFTER_RESTORE

app = verb_app("Phục hồi cơ sở dữ liệu từ một bản sao lưu.")


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="Tệp sao lưu", metavar="TỆP")]) -> None:
    """Phục hồi vào chỗ chưa có cơ sở dữ liệu (SQLite: chưa có tệp; PostgreSQL: chưa có bảng nào), rồi cách ly."""
    if not file.is_file():
        raise FileNotFoundError(ENOENT, None, str(file))
    check_sums.refuse_damaged(file)
    settings = read_settings()
    database = Database(settings.database_address)
    place = Path(database.engine.url.database or "")
    try:
        if database.is_sqlite:
            for there in (place, *sqlite_copies.to_be_played(place)):
                if there.exists():
                    raise Refused("DATABASE_EXISTS", database=str(there))
            _refuse_newer(sqlite_copies.revision_in(file))
            _restore_file(file, place)
        else:
            if postgres_programs.has_tables(database):
                raise Refused("DATABASE_EXISTS", database=database.url)
            _refuse_newer(postgres_programs.revision_in(file))
            postgres_programs.restore(settings.owner_address, file)
            with owned(settings, database) as owner:
                owner.put_up_wall(runtime_of(settings))
            _isolate(database)
        answer({"file": str(file), "database": database.url, "findings": database.check(), "to_do": AFTER_RESTORE})
    finally:
        database.close()


def _restore_file(file: Path, place: Path) -> None:
    """The database appears in quarantine or not at all."""
    fresh = place.with_name(f"{place.name}.restoring")
    fresh.unlink(missing_ok=True)  # of a restore that was killed
    sqlite_copies.remove_beside(fresh)
    sqlite_copies.restore(file, fresh)
    made = Database(f"sqlite:///{fresh.absolute()}")
    try:
        _isolate(made)
    finally:
        made.close()
    sqlite_copies.remove_beside(fresh)  # of a database that is closed: nothing is in them
    fresh.rename(place)
    to_disk(place.parent)


def _isolate(database: Database) -> None:
    with database.write() as connection:
        begin_quarantine(connection, now())


def _refuse_newer(revision: str | None) -> None:
    if not schema.is_known(revision):
        raise Refused("NEW_SCHEMA", current=revision, newest=schema.newest())
