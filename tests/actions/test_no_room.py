"""A full disk between a number and its signature: nothing half is kept, and it is made once there is room."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from sqlalchemy.exc import OperationalError

from service.cli import check_sums
from tests.cli.command import kehoach
from tests.databases import SqliteTemplate
from tests.no_room import full_disk, in_a_child
from workflows.store.database import Database

from .signing_office import files, judged, sign, signing_office
from .small_office import everything


def test_a_signature_is_made_whole_or_not_at_all(sqlite_template: SqliteTemplate, tmp_path: Path) -> None:
    database = Database(sqlite_template.file(tmp_path / "kehoach.sqlite3"))
    cast = signing_office(database, tmp_path)
    cast.act("cap_so", {})
    before = everything(database)

    with full_disk(), suppress(OperationalError):  # in this process: a child could not write a PDF (typst's threads)
        assert sign(cast)[1] == 0
    assert everything(database) == before
    assert files(cast, "signed") == []
    assert sign(cast) == (1, 1, 0)
    (signed,) = files(cast, "signed")
    assert judged(cast, signed).state == "good"
    database.close()


def test_a_backup_without_room_leaves_no_file(sqlite_template: SqliteTemplate, tmp_path: Path) -> None:
    sqlite_template.file(tmp_path / "kehoach.sqlite3")
    copy = tmp_path / "copy"

    def told() -> None:
        with full_disk():
            ended = kehoach("backup", copy, data_dir=tmp_path)
        assert ended.code == 1 and ended.answer["error"]["code"] == "NO_ROOM"
        assert not copy.exists() and not check_sums.beside(copy).exists()
        assert kehoach("backup", copy, data_dir=tmp_path).code == 0

    in_a_child(told)
