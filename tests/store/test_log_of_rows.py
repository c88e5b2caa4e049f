"""What people rely on is logged row by row: whatever is changed, removed or slipped in past the program is named."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, delete, insert, select, text, update

from tests.databases import PostgresServer, SqliteTemplate
from tests.store.rows_of_every_kind import fill_every_table, forge, row_of, slip_in
from workflows.store.beside.compare_rows import compare_rows
from workflows.store.beside.found import Beside
from workflows.store.beside.logged_tables import logged_tables
from workflows.store.beside.row_log import begin_logs
from workflows.store.beside.rules import KEPT, NOT_KEPT, OTHERWISE, rule_of
from workflows.store.database import Database
from workflows.store.many_rows import insert_many, update_many
from workflows.store.tables import metadata
from workflows.store.tables.directory import people
from workflows.store.tables.reporting import submissions
from workflows.store.tables.row_log import row_log
from workflows.store.tables.work_items import comments

TABLES = list(logged_tables())


@pytest.fixture(scope="module")
def full(sqlite_template: SqliteTemplate) -> Iterator[Database]:
    """Three rows in every logged table, written by the program."""
    database = sqlite_template.memory()
    database.forget_references()
    with database.write() as connection:
        fill_every_table(connection, range(1, 4))
    yield database
    database.close()


@pytest.fixture
def shell(full: Database) -> Iterator[Connection]:
    """Somebody with a database shell, whose work is undone after each test."""
    with full.engine.connect() as connection:
        yield connection
        connection.rollback()


def found(connection: Connection) -> set[tuple[str, str]]:
    return {(each.code, each.about) for each in compare_rows(connection)}


def key(table: object, number: int) -> str:
    named = metadata.tables[str(table)]
    return ":".join(str(row_of(named, number)[column.name]) for column in named.primary_key)


def test_every_column_of_every_table_has_its_rule() -> None:
    for table in metadata.sorted_tables:
        for column in table.c:
            assert rule_of(table.name, column.name, column.primary_key), f"{table.name}.{column.name}"


def test_the_key_of_a_row_is_named_and_not_hashed() -> None:
    assert not [column for columns in logged_tables().values() for column in columns if column.primary_key]


def test_no_rule_is_for_what_is_not_there() -> None:
    assert {*KEPT, *OTHERWISE} == metadata.tables.keys()
    assert not KEPT.keys() & OTHERWISE.keys()
    named = {(table, column) for table, columns in KEPT.items() for column in columns.split()}
    named |= {(table, column) for table, columns in NOT_KEPT.items() for column in columns}
    named |= {(table, each) for table, columns in OTHERWISE.items() if not isinstance(columns, str) for each in columns}
    assert named <= {(table.name, column.name) for table in metadata.sorted_tables for column in table.c}


def test_what_the_program_wrote_is_as_its_log_says(shell: Connection) -> None:
    assert found(shell) == set()


@pytest.mark.parametrize("place", range(max(len(columns) for columns in logged_tables().values())))
def test_any_changed_column_is_named(shell: Connection, place: int) -> None:
    forged = [(table, columns[place]) for table, columns in logged_tables().items() if place < len(columns)]
    for table, column in forged:
        forge(shell, table, column, key(table, 2))
    assert found(shell) == {("CHANGED", f"{table.name} {key(table, 2)}") for table, _ in forged}


def test_any_removed_row_is_named(shell: Connection) -> None:
    for table in TABLES:
        column = table.primary_key.columns[0]
        gone = text(f'DELETE FROM {table.name} WHERE "{column.name}" = :number')
        shell.execute(gone, {"number": row_of(table, 3)[column.name]})
    assert found(shell) == {("REMOVED", f"{table.name} {key(table, 3)}") for table in TABLES}


def test_any_row_that_was_slipped_in_is_named(shell: Connection) -> None:
    for table in TABLES:
        slip_in(shell, table, 9)
    assert found(shell) == {("INSERTED", f"{table.name} {key(table, 9)}") for table in TABLES}


def test_a_lawful_removal_is_none_and_the_row_may_not_come_back(full: Database) -> None:
    with full.write() as connection:
        connection.execute(delete(comments).where(comments.c.id == 1))
    with full.write() as connection:
        assert found(connection) == set()
        slip_in(connection, comments, 1)
        assert found(connection) == {("INSERTED", "comments 1")}
        connection.rollback()


def test_the_plan_of_what_is_found_is_known(shell: Connection) -> None:
    shell.execute(text("UPDATE submission_events SET text = 'x' WHERE id = 2"))
    shell.execute(text("UPDATE opinion_points SET text = 'x' WHERE id = 2"))
    shell.execute(text("UPDATE holdings SET acting = 1 - acting WHERE id = 2"))
    assert set(compare_rows(shell)) == {
        Beside("CHANGED", "submission_events 2", 2),
        Beside("CHANGED", "opinion_points 2", 2),
        Beside("CHANGED", "holdings 2", None),
    }


def test_without_the_beginning_of_its_log_a_table_is_named(shell: Connection) -> None:
    shell.execute(text("DELETE FROM row_log WHERE row_key = '' AND table_name = 'plans'"))
    assert found(shell) == {("NO_LOG", "plans")}


def test_what_is_undone_leaves_no_line(memory: Database) -> None:
    database = memory
    database.forget_references()
    with database.write() as connection:
        kept = row_of(comments, 1)
        with connection.begin_nested() as point:
            connection.execute(comments.insert().values(row_of(comments, 2)))
            point.rollback()
        connection.execute(comments.insert().values(kept))
    with pytest.raises(RuntimeError, match="undone"), database.write() as connection:
        connection.execute(update(comments).values(text="khác"))
        raise RuntimeError("undone")
    with database.write() as connection:
        connection.execute(select(comments))
        assert found(connection) == set()
        lines = connection.scalars(select(row_log.c.row_key).where(row_log.c.table_name == "comments")).all()
    assert lines == ["", "1"]


def test_whoever_asks_for_what_was_written_gets_just_that(database: Database) -> None:
    row = {"name": "Lê Văn Bình", "sort_key": "x", "email": "binh@xa.vn", "left_on": None}
    with database.write() as connection:
        asked = insert(people).values(row).returning(people.c.name, people.c.id)
        added = connection.execute(asked).one()
        assert (dict(added._mapping), tuple(added)) == ({"name": "Lê Văn Bình", "id": 1}, ("Lê Văn Bình", 1))
        assert connection.execute(insert(people).values(row).returning(people.c.id)).scalar_one() == 2
        renamed = update(people).where(people.c.id < 9).values(name="Lê Bình").returning(people)
        assert [each._mapping for each in connection.execute(renamed)] == [
            {"id": each, **row, "name": "Lê Bình"} for each in (1, 2)
        ]
        many = insert(people).returning(people.c.id, sort_by_parameter_order=True)
        assert connection.scalars(many, [row, row, row]).all() == [3, 4, 5]
        assert connection.execute(update(people).where(people.c.id == 1).values(name="Bình")).rowcount == 1
        assert connection.execute(delete(people).where(people.c.id > 3).returning(people.c.id)).scalars().all() == [
            4,
            5,
        ]
    with database.read() as connection:
        assert found(connection) == set()


def test_rows_that_come_many_at_once_are_logged(database: Database) -> None:
    rows = [{"name": f"Người {number}", "sort_key": "x", "email": None, "left_on": None} for number in range(60)]
    with database.write() as connection:
        insert_many(connection, people, rows)
    with database.write() as connection:
        ids = connection.scalars(select(people.c.id)).all()
        assert update_many(connection, people, [{"was_id": each, "email": f"{each}@xa.vn"} for each in ids]) == 60
    with database.write() as connection:
        assert found(connection) == set()
        connection.execute(text("UPDATE people SET email = 'khac@xa.vn' WHERE id = (SELECT max(id) FROM people)"))
        assert found(connection) == {("CHANGED", f"people {max(ids)}")}


def test_a_report_that_nobody_sent_yet_has_no_line(memory: Database) -> None:
    memory.forget_references()
    expected = {"cycle_id": 1, "body_id": 1, "body_name": "Thôn 1", "status": "chua_gui", "figures": {}}
    with memory.write() as connection:
        insert_many(connection, submissions, [expected], logged=False)
        assert found(connection) == set()
        connection.execute(text("UPDATE submissions SET text = 'đã làm xong'"))
        assert found(connection) == {("INSERTED", "submissions 1")}


def test_rows_from_before_enter_the_log_as_they_stand(full: Database) -> None:
    with full.engine.connect() as connection:
        connection.execute(text("DELETE FROM row_log"))
        assert {code for code, _ in found(connection)} == {"NO_LOG"}
        begin_logs(connection)
        assert found(connection) == set()
        lines = connection.execute(select(row_log)).all()
        begin_logs(connection)
        assert connection.execute(select(row_log)).all() == lines
        connection.rollback()


@pytest.mark.postgres
def test_both_kinds_of_database_write_the_same_lines(full: Database, postgres: PostgresServer) -> None:
    logs = []
    with postgres.clean_database() as url:
        other = Database(url)
        with other.write() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))  # asks no foreign key
            fill_every_table(connection, range(1, 4))
        for database in (full, other):
            with database.read() as connection:
                assert found(connection) <= {("INSERTED", "comments 1")}
                logs.append({(row.table_name, row.row_key): row.digest for row in connection.execute(select(row_log))})
        other.close()
    del logs[0]["comments", "1"], logs[1]["comments", "1"]
    assert logs[0] == logs[1]
