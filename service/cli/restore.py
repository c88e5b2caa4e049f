"""`kehoach restore FILE`: the database as it was when the copy was made, in a place where there is none."""

from __future__ import annotations

from errno import ENOENT
from pathlib import Path
from typing import Annotated

import typer

from service.settings import read_settings
from workflows.errors import Refused
from workflows.store.database import Database

from . import postgres_programs, sqlite_copies
from .answers import answer, verb_app
from .installation import owned, runtime_of

app = verb_app("Phục hồi cơ sở dữ liệu từ một bản sao lưu.")


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="Tệp sao lưu", metavar="TỆP")]) -> None:
    """Phục hồi vào chỗ chưa có cơ sở dữ liệu (SQLite: chưa có tệp; PostgreSQL: chưa có bảng nào)."""
    if not file.is_file():
        raise FileNotFoundError(ENOENT, None, str(file))
    settings = read_settings()
    database = Database(settings.database_address)
    place = Path(database.engine.url.database or "")
    try:
        if database.is_sqlite:
            if place.exists():
                raise Refused("DATABASE_EXISTS", database=str(place))
            sqlite_copies.restore(file, place)
        else:
            if postgres_programs.has_tables(database):
                raise Refused("DATABASE_EXISTS", database=database.url)
            postgres_programs.restore(settings.owner_address, file)
            with owned(settings, database) as owner:
                owner.put_up_wall(runtime_of(settings))
        answer({"file": str(file), "database": database.url, "findings": database.check()})
    finally:
        database.close()
