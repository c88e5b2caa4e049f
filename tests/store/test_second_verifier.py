"""The second verifier of the log shares no line with the program, and finds every change that is planted."""

from __future__ import annotations

import ast
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tests.actions.small_office import started
from tests.databases import PostgresServer, SqliteTemplate
from tests.store.rows_of_every_kind import fill_every_table, forge, row_of
from workflows.actions.checkpoint_log import checkpoint_log
from workflows.store.beside.logged_tables import logged_tables
from workflows.store.database import Database

VERIFIER = Path(__file__).parents[2] / "docs" / "verify_log.py"
PLANTED = {
    "another actor": ("UPDATE events SET actor = {json} WHERE case_id = 1 AND seq = 2", "hồ sơ 1: sự kiện 2 đã bị sửa"),
    "another time": ("UPDATE events SET at = '2024-02-06 01:02:03.000000' WHERE case_id = 1 AND seq = 3", "sự kiện 3"),
    "another type": ("UPDATE events SET type = 'CaseEnded' WHERE case_id = 1 AND seq = 4", "sự kiện 4 đã bị sửa"),
    "one less": ("DELETE FROM events WHERE case_id = 1 AND seq = 3", "hồ sơ 1: thiếu sự kiện 3"),
    "no last one": (
        "DELETE FROM events WHERE case_id = 1 AND seq = (SELECT revision FROM cases WHERE id = 1)",
        "bị cắt",
    ),
    "one more": (
        "INSERT INTO events SELECT case_id, seq + 1, revision, at, type, data, actor, content_hash, hash FROM events "
        "WHERE case_id = 1 AND seq = (SELECT revision FROM cases WHERE id = 1)",
        "hồ sơ 1: sự kiện",
    ),
    "another head": ("UPDATE cases SET chain_head = 'x' WHERE id = 1", "mã băm cuối không khớp"),
    "another root": ("UPDATE checkpoints SET root = 'x'", "gốc Merkle không khớp"),
    "another leaf": ("UPDATE checkpoint_leaves SET head = 'x' WHERE checkpoint_id = 2", "mốc 2: gốc Merkle không khớp"),
    "another order": (
        "UPDATE checkpoints SET previous = 'x' WHERE id = 2",
        "mốc 2: mốc liền trước đã bị xóa hoặc thay",
    ),
    "no case": (
        "DELETE FROM events WHERE case_id = 1; DELETE FROM tasks; DELETE FROM cases WHERE id = 1",
        "mốc 1: chuỗi của hồ sơ 1 đã bị thay",
    ),
    "a case more": (
        "UPDATE checkpoints SET last_case = 2; INSERT INTO cases SELECT 2, definition_id, process, office_id, plan_id, "
        "'x', status, suspended, revision, state, chain_head, started_at, ended_at FROM cases WHERE id = 1",
        "mốc 2: hồ sơ 2 được chèn thêm sau khi mốc đã chốt",
    ),
    "the last checkpoint": ("DELETE FROM checkpoints WHERE id = 2", "mốc 2 đã bị xóa: còn dữ liệu mà mốc này nêu"),
    "another title": ("UPDATE plans SET title = 'Kế hoạch khác'", "bảng plans: dòng 1 đã bị sửa ngoài chương trình"),
    "another reading": (
        "UPDATE plan_versions SET document = json_set(document, '$.title', 'khác')",
        "bảng plan_versions: dòng 1:1 đã bị sửa",
    ),
    "one approval less": (
        "DELETE FROM approvals WHERE id = (SELECT max(id) FROM approvals)",
        "bảng approvals: dòng 1 đã bị xóa ngoài chương trình",
    ),
    "a comment more": (
        "INSERT INTO comments SELECT 9, 1, NULL, 'comment', 'Được', '[]', NULL, 'Chủ tịch', made_at FROM plan_versions",
        "bảng comments: dòng 9 được chèn thêm ngoài chương trình",
    ),
    "another line of the log of rows": (
        "UPDATE row_log SET digest = 'x' WHERE table_name = 'plans' AND row_key = '1'",
        "mốc 1: nhật ký dòng dữ liệu mà mốc nêu đã bị sửa",
    ),
    "no log of a table": (
        "DELETE FROM row_log WHERE table_name = 'plans' AND row_key = ''",
        "bảng plans: nhật ký dòng dữ liệu không có phần đầu",
    ),
    "no checkpoint": (
        "DELETE FROM checkpoint_leaves; DELETE FROM checkpoints",
        "được giữ bên ngoài nhưng không còn",
    ),
}


def verified(database: str, *known: str) -> tuple[int, str]:
    """What the verifier says, run as a program of its own that knows nothing of this project."""
    command = [sys.executable, "-I", str(VERIFIER), database, *(["--known", *known] if known else [])]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    return ran.returncode, ran.stdout + ran.stderr


def office(database: Database) -> str:
    """A plan that has begun, and a checkpoint; the root that somebody kept outside."""
    cast = started(database)
    cast.act("soan_thao", {})
    checkpoint_log(cast.clock)
    cast.now += timedelta(days=1)
    cast.act("kiem_tra_noi_dung", {"ket_qua": "dat"})
    checkpoint_log(cast.clock)
    with database.read() as connection:
        return str(connection.scalar(text("SELECT max(root) FROM checkpoints")))


@pytest.fixture(scope="module")
def kept(sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    path = tmp_path_factory.mktemp("log") / "office.sqlite"
    database = Database(sqlite_template.file(path))
    root = office(database)
    database.close()
    return path, root


def test_it_shares_nothing_with_the_program_and_is_short() -> None:
    source = VERIFIER.read_text(encoding="utf-8")
    names = {alias.name for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Import) for alias in node.names}
    froms = {str(node.module) for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names | froms} - {"psycopg"} <= sys.stdlib_module_names
    assert len(source.splitlines()) < 200


def test_what_is_as_it_was_written_is_said_so(kept: tuple[Path, str]) -> None:
    code, said = verified(str(kept[0]), kept[1])
    assert code == 0, said
    assert "2 mốc: 0 chỗ sai" in said


@pytest.mark.parametrize("planted", PLANTED)
def test_what_was_planted_is_found_and_named(kept: tuple[Path, str], tmp_path: Path, planted: str) -> None:
    copy = tmp_path / "office.sqlite"
    copy.write_bytes(kept[0].read_bytes())
    statements, expected = PLANTED[planted]
    with closing(sqlite3.connect(copy)) as connection:  # whoever forges rows asks no foreign key
        connection.executescript(statements.format(json='\'{"person": "9"}\''))
    code, said = verified(str(copy), kept[1])
    assert (code, expected in said) == (1, True), said


def test_it_looks_at_every_column_of_the_rows_that_are_logged(memory: Database, tmp_path: Path) -> None:
    memory.forget_references()
    with memory.write() as connection:
        fill_every_table(connection, range(1, 30))
    code, said = verified(str(_as_file(memory, tmp_path / "filled.sqlite")))
    assert code == 0, said
    expected = set()
    with memory.engine.begin() as connection:
        for table, columns in logged_tables().items():
            for number, column in enumerate(columns, start=1):
                key = ":".join(str(row_of(table, number)[each.name]) for each in table.primary_key)
                forge(connection, table, column, key)
                expected.add(f"bảng {table.name}: dòng {key} đã bị sửa ngoài chương trình")
    code, said = verified(str(_as_file(memory, tmp_path / "forged.sqlite")))
    assert set(said.splitlines()[:-1]) ^ expected == set()
    assert code == 1


def _as_file(database: Database, path: Path) -> Path:
    raw: Any = database.engine.raw_connection()
    with closing(sqlite3.connect(path)) as target:
        raw.driver_connection.backup(target)
    return path


@pytest.mark.postgres
def test_it_reads_postgresql_too(postgres: PostgresServer) -> None:
    with postgres.clean_database() as url:
        database = Database(url)
        root = office(database)
        assert verified(url, root)[0] == 0
        with database.write() as connection:
            connection.exec_driver_sql(PLANTED["another actor"][0].format(json='\'{"person": "9"}\''))
        code, said = verified(url, root)
        database.close()
    assert (code, "sự kiện 2 đã bị sửa" in said) == (1, True), said


def test_what_is_no_database_is_no_proof(tmp_path: Path) -> None:
    assert verified(str(tmp_path / "khong-co.sqlite"))[0] == 2
