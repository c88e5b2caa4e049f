"""A real office, each column of each row that matters changed by itself: `verify-log` finds every single one.

The test command changes what the chain, the checkpoints and other hashes hold; nightly every logged column besides, and
a row of each table is removed (in the test command those are forged many at a time, `store/test_log_of_rows.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import Column, Connection, Table, select, text

from tests.databases import SqliteTemplate
from tests.nightly import NIGHTLY
from tests.store.rows_of_every_kind import forge
from workflows.actions.checkpoint_log import checkpoint_log
from workflows.actions.comment import comment
from workflows.papers.signing.seal_key import SealKey, is_signed, seal_key
from workflows.store.beside.compare_rows import compare_rows
from workflows.store.beside.logged_tables import logged_tables
from workflows.store.beside.row_log import key_of
from workflows.store.beside.rules import CHAIN, CHECKPOINT, HASHED, REMINDED, STATE, rule_of
from workflows.store.beside_log import compare_beside
from workflows.store.database import Database
from workflows.store.log_proof import prove_log
from workflows.store.tables import metadata

from .small_office import started

KEPT_ELSEWHERE = [
    pytest.param(table, column, id=f"{table.name}.{column.name}")
    for table in metadata.sorted_tables
    for column in table.c
    if rule_of(table.name, column.name, column.primary_key) in {CHAIN, STATE, REMINDED, HASHED, CHECKPOINT}
]
LOGGED = [
    pytest.param(table, column, id=f"{table.name}.{column.name}")
    for table, columns in logged_tables().items()
    for column in columns
]
# What no row of this office has: the rule of decisions is that of definitions; the others are forged where they are
# there, on both kinds of database (`test_worklist_forged.py`).
NOT_HERE = {"decisions", "timers", "incidents", "subscriptions", "escalations"}


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> SealKey:
    return seal_key(tmp_path_factory.mktemp("key") / "key.pem")


@pytest.fixture(scope="module")
def house(sqlite_template: SqliteTemplate, key: SealKey) -> Iterator[Database]:
    """An office whose plan was discussed, signed and numbered, and two evenings whose checkpoints were signed."""
    database = sqlite_template.memory()
    cast = started(database)
    comment(cast.clock, cast.plan_id, "Xem lại mục 3")
    checkpoint_log(cast.clock, sign=key.sign)
    cast.pass_to_signature()
    cast.act("trinh_ky", {"ket_qua": "ky"})
    cast.act("cap_so", {})
    cast.now += timedelta(days=1)
    checkpoint_log(cast.clock, sign=key.sign)
    yield database
    database.close()


@contextmanager
def shell(database: Database) -> Iterator[Connection]:
    """Somebody with a database shell, who asks no foreign key and whose work is undone."""
    with database.engine.connect() as connection:
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        yield connection
        connection.rollback()


def found(connection: Connection, key: SealKey) -> list[object]:
    proof = prove_log(connection, is_signed, [key.public])
    return [*proof.breaks, *proof.checkpoint_breaks, *compare_beside(connection)]


def a_row(connection: Connection, table: Table) -> str | None:
    """The key of a row of this table."""
    wanted = select(table)
    if table.name == "row_log":
        wanted = wanted.where(table.c.checkpoint_id.is_not(None), table.c.row_key != "")
    row = connection.execute(wanted.limit(1)).one_or_none()
    return None if row is None else key_of(table, row._mapping)


def test_the_house_is_as_it_was_written(house: Database, key: SealKey) -> None:
    with shell(house) as connection:
        assert found(connection, key) == []
        assert connection.scalar(text("SELECT count(*) FROM checkpoints WHERE rows_root IS NOT NULL")) == 2


@pytest.mark.parametrize(("table", "column"), KEPT_ELSEWHERE)
def test_what_is_kept_otherwise_is_found(house: Database, key: SealKey, table: Table, column: Column[object]) -> None:
    with shell(house) as connection:
        forged = a_row(connection, table)
        if forged is None:
            assert table.name in NOT_HERE
            return
        forge(connection, table, column, forged)
        assert found(connection, key)


@pytest.mark.parametrize("removed", ["signature", "signed_by", "signature = NULL, signed_by"])
def test_a_signature_that_was_removed_is_found(house: Database, key: SealKey, removed: str) -> None:
    with shell(house) as connection:
        connection.execute(text(f"UPDATE checkpoints SET {removed} = NULL"))
        assert {getattr(each, "code", "") for each in found(connection, key)} == {"SIGNATURE"}


def test_a_checkpoint_that_was_removed_is_found_though_nobody_kept_it(house: Database, key: SealKey) -> None:
    with shell(house) as connection:
        connection.execute(text("DELETE FROM checkpoint_leaves WHERE checkpoint_id = 2"))
        connection.execute(text("DELETE FROM checkpoints WHERE id = 2"))
        assert {getattr(each, "code", "") for each in found(connection, key)} == {"LOST"}


@pytest.mark.parametrize(("table", "column"), LOGGED if NIGHTLY else LOGGED[::40])
def test_each_logged_column_by_itself_is_named(
    house: Database, key: SealKey, table: Table, column: Column[object]
) -> None:
    with shell(house) as connection:
        forged = a_row(connection, table)
        if forged is not None:
            forge(connection, table, column, forged)
            about = {getattr(each, "about", "") for each in found(connection, key)}
            assert f"{table.name} {forged}" in about


@pytest.mark.parametrize("table", logged_tables() if NIGHTLY else [*logged_tables()][::8], ids=str)
def test_each_removed_row_is_named(house: Database, table: Table) -> None:
    with shell(house) as connection:
        gone = a_row(connection, table)
        if gone is not None:
            named = " || ':' || ".join(each.name for each in table.primary_key)
            connection.execute(text(f"DELETE FROM {table.name} WHERE {named} = :gone"), {"gone": gone})
            assert [(each.code, each.about) for each in compare_rows(connection)] == [
                ("REMOVED", f"{table.name} {gone}")
            ]
