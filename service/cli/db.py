"""`kehoach db upgrade`: bring the schema to the version of this program."""

from __future__ import annotations

import typer

from service.settings import read_settings
from workflows.store.database import Database

from .answers import answer, verb_app
from .installation import existing, opened

app = verb_app("Cấu trúc cơ sở dữ liệu.")


@app.callback()
def group() -> None:
    """Cấu trúc cơ sở dữ liệu."""


@app.command()
def upgrade() -> None:
    """Nâng cấu trúc cơ sở dữ liệu lên phiên bản của chương trình; chạy lại bao nhiêu lần cũng được."""
    with opened(read_settings(), upgrade=True) as database:
        answer({"database": database.url, "version": _version(database)})


@app.command()
def version() -> None:
    """In phiên bản cấu trúc hiện có và phiên bản chương trình cần."""
    with existing(read_settings()) as database:
        facts = next(each.facts for each in database.check() if each.code == "MIGRATIONS")
    answer({"database": database.url, **facts})
    if facts["current"] != facts["newest"]:
        raise typer.Exit(1)


def _version(database: Database) -> str:
    return next(str(each.facts["current"]) for each in database.check() if each.code == "MIGRATIONS")
