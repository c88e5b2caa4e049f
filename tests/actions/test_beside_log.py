"""What stands beside the log is compared with it: whoever can write the database need not touch an event."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, text

from tests.stories.cast import Cast
from workflows.store.beside_log import compare_beside
from workflows.store.log_proof import prove_log

PLANTED = {
    "another state": ("UPDATE cases SET state = json_set(state, '$.variables.0.ket_qua', 'x')", "STATE", "case 1"),
    "a state that is none": ("UPDATE cases SET state = '{}'", "STATE", "case 1"),
    "another status": ("UPDATE cases SET status = 'completed'", "STATE", "case 1"),
    "held back": ("UPDATE cases SET suspended = 1", "STATE", "case 1"),
    "another text": ("UPDATE plan_versions SET text = text || ' và nhiều hơn'", "TEXT", "plan 1 version 1"),
    "another text with its hash": ("UPDATE plan_versions SET content_hash = 'x'", "DECIDED", "plan 1"),
    "another document": ("UPDATE issued SET bytes = bytes || '.'", "DOCUMENT", "plan 1"),
    "another file": ("UPDATE document_files SET content = 'x'", "FILE", "plan 1"),
    "another number": ("UPDATE register SET number = 9", "NUMBER", "plan 1"),
    "no number": ("DELETE FROM register", "NUMBER", "plan 1"),
}


@pytest.fixture
def numbered(cast: Cast) -> Cast:
    """The office whose plan was signed and numbered."""
    cast.pass_to_signature()
    cast.act("trinh_ky", {"ket_qua": "ky"})
    cast.act("cap_so", {})
    return cast


def test_what_a_plan_leaves_on_its_way_is_as_the_log_says(numbered: Cast) -> None:
    with numbered.database.read() as connection:
        assert compare_beside(connection) == []


@pytest.mark.parametrize("planted", PLANTED)
def test_what_was_planted_beside_the_log_is_found_and_named(numbered: Cast, planted: str) -> None:
    statement, code, about = PLANTED[planted]
    with numbered.database.write() as connection:
        _without_bounds(connection, statement)
        assert (code, about) in {(each.code, each.about) for each in compare_beside(connection)}
        assert prove_log(connection).intact  # the log itself was left alone


def test_events_without_their_case_are_named(numbered: Cast) -> None:
    with numbered.database.write() as connection:
        _without_bounds(connection, "DELETE FROM cases")
        assert {each.code for each in prove_log(connection).breaks} == {"NO_CASE"}
        connection.rollback()


def _without_bounds(connection: Connection, statement: str) -> None:
    connection.execute(text("PRAGMA defer_foreign_keys = ON"))
    connection.execute(text(statement))
