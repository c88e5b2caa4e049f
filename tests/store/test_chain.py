"""The hash chain finds every later change, on both databases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, update

from tests.nightly import size
from tests.store.case_of import start, write
from tests.store.office import NOW
from workflows.engine import events
from workflows.store.chain import Break, verify_chain
from workflows.store.database import Database
from workflows.store.tables.processes import cases as case_rows
from workflows.store.tables.processes import events as event_rows


def written(database: Database) -> int:
    """The id of the second of two cases of five events."""
    with database.write() as connection:
        for _ in range(2):
            case = start(connection, events.VariablesSet("0", {"số": 1.0, "tên": "Đức", "a": [1e22, 0.5, None, True]}))
            for number in range(3):
                later = NOW + timedelta(seconds=number)
                case = write(connection, case, events.NodePassed(f"n{number}", "0"), now=later)
    return case.id


def test_what_was_written_is_intact(database: Database) -> None:
    case = written(database)
    with database.read() as connection:
        assert verify_chain(connection) == []
        assert verify_chain(connection, case) == []


TAMPERINGS: dict[str, tuple[dict[str, Any], str, int]] = {
    "data": ({"data": {"element": "n9", "parent": "0"}}, "CHANGED", 3),
    "actor": ({"actor": {"person": "8"}}, "CHANGED", 3),
    "time": ({"at": NOW + timedelta(microseconds=1)}, "CHANGED", 3),
    "type": ({"type": "NodeLeft"}, "CHANGED", 3),
    "content": ({"content_hash": "cd34"}, "CHANGED", 3),
    "hash": ({"hash": "0" * 64}, "CHANGED", 3),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_a_changed_field_is_found(database: Database, name: str) -> None:
    case = written(database)
    values, code, seq = TAMPERINGS[name]
    with database.write() as connection:
        one = (event_rows.c.case_id == case, event_rows.c.seq == seq)
        connection.execute(update(event_rows).where(*one).values(values))
        found = verify_chain(connection)
    assert found[0] == Break(code, case, seq)


def test_a_removed_event_is_found(database: Database) -> None:
    case = written(database)
    with database.write() as connection:
        connection.execute(delete(event_rows).where(event_rows.c.case_id == case, event_rows.c.seq == 3))
        assert verify_chain(connection, case)[0] == Break("MISSING", case, 3)


def test_a_cut_or_emptied_log_is_found(database: Database) -> None:
    case = written(database)
    with database.write() as connection:
        connection.execute(delete(event_rows).where(event_rows.c.case_id == case, event_rows.c.seq > 3))
        assert verify_chain(connection) == [Break("CUT", case, 4)]
        connection.execute(delete(event_rows).where(event_rows.c.case_id == case))
        assert verify_chain(connection) == [Break("CUT", case, 1)]


def test_an_exchanged_head_or_an_added_event_is_found(database: Database) -> None:
    case = written(database)
    with database.write() as connection:
        connection.execute(update(case_rows).where(case_rows.c.id == case).values(chain_head="1" * 64))
        assert verify_chain(connection) == [Break("HEAD", case, 5)]
        last = connection.execute(select(event_rows).where(event_rows.c.case_id == case, event_rows.c.seq == 5)).one()
        connection.execute(insert(event_rows).values({**last._mapping, "seq": 6}))
        assert {each.code for each in verify_chain(connection)} == {"CHANGED", "ADDED"}


words = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False, allow_infinity=False) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)


def test_any_json_keeps_its_hash(database: Database) -> None:
    @settings(max_examples=size(60, 1200), deadline=None)
    @given(st.lists(values, min_size=1, max_size=5))
    def keep(kept: list[Any]) -> None:
        _kept_whole(database, kept)

    keep()


def _kept_whole(database: Database, kept: list[Any]) -> None:
    with database.write() as connection:
        case = start(connection, *(events.VariablesSet("0", {"v": value}) for value in kept))
    with database.read() as connection:
        assert verify_chain(connection, case.id) == []
