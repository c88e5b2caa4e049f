"""`kehoach backup FILE`: a whole and consistent copy of the database while the office goes on working."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from service.settings import read_settings
from workflows.errors import Refused
from workflows.store.upkeep import note_backup
from workflows.store.wall import sees_everything

from . import check_sums, postgres_programs, sqlite_copies
from .answers import answer, verb_app
from .installation import opened

app = verb_app("Sao lưu cơ sở dữ liệu ra một tệp.")


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="Tệp sao lưu sẽ tạo", metavar="TỆP")]) -> None:
    """Sao lưu toàn bộ cơ sở dữ liệu; không bao giờ ghi đè một tệp đã có."""
    for place in (file, check_sums.beside(file)):
        if place.exists():
            raise Refused("FILE_EXISTS", file=str(place))
    settings = read_settings()
    with opened(settings) as database:
        if database.is_sqlite:
            sqlite_copies.copy(database.engine.url.database or "", file)
        else:
            with database.read() as connection:
                if not sees_everything(connection):
                    raise Refused("BACKUP_NOT_WHOLE", database=database.url)
            postgres_programs.dump(settings.database_address, file)
        digest = check_sums.write_sum(file)
        with database.write() as connection:
            note_backup(connection, datetime.now(UTC))
        answer({"database": database.url, "file": str(file), "bytes": file.stat().st_size, "sha256": digest})
