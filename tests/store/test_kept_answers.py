"""A key of a call is claimed once, on every kind of database."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.store.office import NOW
from workflows.actions import create_token
from workflows.actions.api_tokens import Scopes
from workflows.actions.desk import Desk
from workflows.engine.actor import CLOCK
from workflows.store.database import Database
from workflows.store.installation_secrets import keep_secret
from workflows.store.kept_answers import claim_key, kept_answer
from workflows.store.sealing import Seal


def test_the_first_claim_holds_and_the_second_does_not(database: Database) -> None:
    scopes = Scopes(topics=[], messages=[], signals=[], admin=True)
    desk = Desk(database, NOW, CLOCK)
    token = create_token(desk, "máy", "kh_bi-mat", scopes, office_id=None, lasts=timedelta(days=1))
    for claimed in (True, False):
        with database.write() as connection:
            assert claim_key(connection, token.id, "k", "f", NOW) is claimed
    with database.read() as connection:
        kept = kept_answer(connection, token.id, "k", NOW)
    assert kept is not None
    assert (kept.fingerprint, kept.status) == ("f", None)


def test_the_first_secret_of_a_name_holds(database: Database, tmp_path: Path) -> None:
    seal = Seal("", tmp_path)
    for kept in (True, False):
        with database.write() as connection:
            assert keep_secret(connection, "dau", "bí mật", seal, NOW) is kept
