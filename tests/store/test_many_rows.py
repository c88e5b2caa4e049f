"""Rows written together: what is the same in all of them is as true as what differs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from workflows.store.copying import Shared
from workflows.store.database import Database
from workflows.store.many_rows import insert_columns, insert_many
from workflows.store.tables.telling import outbox

NOW = datetime(2026, 11, 27, 3, tzinfo=UTC)
ODD = {"lý do": 'tab\there, "quote", back\\slash,\nnew line, %s'}


def row(key: str, **values: Any) -> dict[str, Any]:
    return {"kind": "a\\b\t'c' %s", "key": key, "at": NOW, "office_id": None, "data": ODD, **values}


def kept(database: Database) -> list[dict[str, Any]]:
    wanted = select(*(outbox.c[name] for name in row(""))).order_by(outbox.c.key)
    with database.read() as connection:
        return [dict(each) for each in connection.execute(wanted).mappings()]


def test_what_is_the_same_in_each_row_stands_in_each_row(database: Database) -> None:
    rows, same = [row("1"), row("2"), row("3")], Shared(ODD)
    with database.write() as connection:
        insert_many(connection, outbox, [{**each, "data": same} for each in rows])
    assert kept(database) == rows


def test_columns_are_rows(database: Database) -> None:
    rows = [row("1", data=1), row("2", data={"x": None}), row("3", data={"a": [1.5]})]
    columns = {name: [each[name] for each in rows] for name in rows[0] if name != "at"}
    with database.write() as connection:
        insert_columns(connection, outbox, {name: [] for name in columns})
        insert_columns(connection, outbox, columns, {"at": NOW})
    assert [(each["key"], each["at"], each["data"]) for each in kept(database)] == [
        ("1", NOW, 1),
        ("2", NOW, {"x": None}),
        ("3", NOW, {"a": [1.5]}),
    ]


def test_rows_that_are_the_same_in_all_are_kept_once_where_one_may_stand(database: Database) -> None:
    with database.write() as connection:
        insert_many(connection, outbox, [{**row("1"), "data": Shared(ODD)}] * 2, new=False)
    assert kept(database) == [row("1")]
