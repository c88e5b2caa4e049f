"""Somebody with a database shell and no key of ours, who knows what they want: docs/howto/prove-the-log.md says of each
attempt what finds it, and here it is tried."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from tests.databases import SqliteTemplate
from workflows.actions import claim_task
from workflows.actions.checkpoint_log import checkpoint_log
from workflows.papers.signing.seal_key import SealKey, is_signed, seal_key
from workflows.store.beside_log import compare_beside
from workflows.store.database import Database
from workflows.store.log_proof import prove_log

from .small_office import started

# What is tried, as statements, and what must be said of it.
TRIED = {
    "two papers change places": (
        "UPDATE issued SET subject_id = subject_id + 1",
        ["REMOVED issued plan:1", "INSERTED issued plan:2"],
    ),
    "a document is exchanged with its hash": (
        "UPDATE issued SET bytes = CAST('khác' AS BLOB), sha256 = 'x'",
        ["CHANGED issued plan:1"],
    ),
    "another number in the register": (
        "UPDATE register SET number = 9",
        ["CHANGED register 1", "NUMBER plan 1"],
    ),
    "somebody else hears of it": ("UPDATE recipients SET raw = 'Sở Tài chính' WHERE id = 1", ["CHANGED recipients 1"]),
    "somebody gets a post": ("UPDATE holdings SET person_id = 1 WHERE id = 3", ["CHANGED holdings 3"]),
    "an office is given other deadlines": (
        "INSERT INTO settings (office_id, key, value, changed_at) VALUES (1, 'x', '5', '2024-02-06 01:00:00.000000')",
        ["INSERTED settings 1:x"],
    ),
    "somebody acts for another": (
        "INSERT INTO delegations (from_person_id, to_person_id, capacity, groups, scope, basis, valid_from, valid_to, "
        "entered_at, entered_by) VALUES (1, 2, 'TU', '[]', '{}', 'x', '2024-01-01', '2025-01-01', '2024-01-02', 'x')",
        ["INSERTED delegations 1"],
    ),
    "a holiday more": (
        "INSERT INTO calendar_days (office_id, day, kind, name, source) VALUES (0, '2024-03-06', 'off', 'x', 'x')",
        ["INSERTED calendar_days 0:2024-03-06"],
    ),
    "another address": ("UPDATE people SET email = 'khac@xa.vn' WHERE id = 1", ["CHANGED people 1"]),
    "a task is moved to another's hands": (
        "UPDATE tasks SET assignee = '99' WHERE status = 'open'",
        ["FIELD tasks "],
    ),
    "who had the task before": ("UPDATE handovers SET by_name = 'Người khác'", ["CHANGED handovers 1"]),
    "what was decided": ("UPDATE tasks SET outcome = 'tra_lai' WHERE outcome = 'ky'", ["CHANGED tasks 1-"]),
    "nobody is reminded any more": (
        "UPDATE tasks SET next_escalation_at = NULL WHERE status = 'open'",
        ["FIELD tasks "],
    ),
    "a process that starts by itself": (
        "INSERT INTO start_triggers (process, start, definition_id, kind, due, facts)"
        " VALUES ('x', 's', 1, 'timer', '2024-01-01', '{}')",
        ["INSERTED start_triggers x:s"],
    ),
    "the newest checkpoint and all that came later": (
        "DELETE FROM checkpoint_leaves WHERE checkpoint_id = 2; DELETE FROM checkpoints WHERE id = 2",
        ["LOST 2"],
    ),
    "a case from elsewhere": (
        "INSERT INTO cases SELECT id + 50, definition_id, process, office_id, plan_id, business_key, status, suspended,"
        " revision, state, chain_head, started_at, ended_at FROM cases WHERE id = 1;"
        "INSERT INTO events SELECT case_id + 50, seq, revision, at, type, data, actor, content_hash, hash FROM events"
        " WHERE case_id = 1",
        ["CHANGED 51", "MISSING tasks 51-"],
    ),
}


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> SealKey:
    return seal_key(Path(tmp_path_factory.mktemp("key")) / "key.pem")


@pytest.fixture(scope="module")
def house(sqlite_template: SqliteTemplate, key: SealKey) -> Iterator[Database]:
    """An office whose plan was signed, numbered and sent out, and two evenings with their checkpoints."""
    database = sqlite_template.memory()
    cast = started(database)
    checkpoint_log(cast.clock, sign=key.sign)
    cast.pass_to_signature()
    (task,) = cast.open("trinh_ky")
    claim_task(cast.desk("chu_tich"), task.id)
    cast.act("trinh_ky", {"ket_qua": "ky"})
    cast.act("cap_so", {})
    cast.act("phat_hanh", {})
    cast.import_and_start()
    cast.now += timedelta(days=1)
    checkpoint_log(cast.clock, sign=key.sign)
    yield database
    database.close()


def said(connection: Connection, key: SealKey) -> list[str]:
    proof = prove_log(connection, is_signed, [key.public])
    beside = [f"{each.code} {each.about}" for each in compare_beside(connection)]
    breaks = [f"{each.code} {each.case_id}" for each in proof.breaks]
    return [*beside, *breaks, *(f"{each.code} {each.checkpoint_id}" for each in proof.checkpoint_breaks)]


def test_nothing_is_said_of_an_honest_house(house: Database, key: SealKey) -> None:
    with house.read() as connection:
        assert said(connection, key) == []


@pytest.mark.parametrize("tried", TRIED)
def test_what_is_tried_is_found(house: Database, key: SealKey, tried: str) -> None:
    statements, expected = TRIED[tried]
    with house.engine.connect() as connection:
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        touched = [connection.execute(text(each)).rowcount for each in statements.split(";")]
        found = said(connection, key)
        connection.rollback()
    assert all(touched), "there was nothing to forge"
    for each in expected:
        assert any(one.startswith(each) for one in found), (each, found)
