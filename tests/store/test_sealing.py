"""What is sealed opens with the installation's key, for its purpose alone; what lay open is sealed; keys are turned."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from workflows.errors import Refused
from workflows.store import accounts, directory, keys_of_people
from workflows.store.database import Database
from workflows.store.installation_secrets import keep_secret, seal_everything, secret_named
from workflows.store.sealing import Seal, is_sealed
from workflows.store.tables.confirming import code_apps

NOW = datetime(2026, 11, 18, 1, 30, tzinfo=UTC)
OLD, NEW = "o" * 32, "n" * 32
OLD_SEAL, BOTH, NEW_SEAL = Seal(OLD, Path()), Seal(f"{NEW},{OLD}", Path()), Seal(NEW, Path())


def people(database: Database) -> tuple[int, int]:
    with database.write() as connection:
        found = [directory.add_person(connection, name) for name in ("Đinh Văn Bé", "Lê Thị Hoa")]
        for each in found:
            accounts.add_account(connection, each, f"u{each}", "hash")
    return found[0], found[1]


def kept(database: Database, person: int) -> str:
    with database.read() as connection:
        return str(connection.scalar(select(code_apps.c.secret).where(code_apps.c.person_id == person)))


def test_what_lay_open_is_sealed_once_and_still_opens(database: Database) -> None:
    person, _ = people(database)
    with database.write() as connection:
        row = {"person_id": person, "secret": "GEZDGNBVGY3TQOJQ", "last_counter": 0, "made_at": NOW}
        connection.execute(insert(code_apps).values(row))
        assert seal_everything(connection, OLD_SEAL, NOW) == 1
        assert seal_everything(connection, OLD_SEAL, NOW) == 0
    assert is_sealed(kept(database, person)) and "GEZDGNBV" not in kept(database, person)
    with database.read() as connection:
        app = keys_of_people.code_app(connection, person)
    assert app is not None and app.open(OLD_SEAL) == "GEZDGNBVGY3TQOJQ"


def test_a_row_that_is_moved_to_another_person_opens_nothing(memory: Database) -> None:
    one, other = people(memory)
    with memory.write() as connection:
        keys_of_people.begin_code_app(connection, OLD_SEAL, one, "AAAA", NOW)
        keys_of_people.begin_code_app(connection, OLD_SEAL, other, "BBBB", NOW)
        moved = update(code_apps).where(code_apps.c.person_id == other)
        connection.execute(
            moved.values(secret=select(code_apps.c.secret).where(code_apps.c.person_id == one).scalar_subquery())
        )
        app = keys_of_people.code_app(connection, other)
    assert app is not None
    with pytest.raises(Refused, match="SEAL_UNKNOWN"):
        app.open(OLD_SEAL)


def test_a_key_is_turned_without_losing_anything(memory: Database) -> None:
    person, _ = people(memory)
    with memory.write() as connection:
        seal_everything(connection, OLD_SEAL, NOW)
        keys_of_people.begin_code_app(connection, OLD_SEAL, person, "AAAA", NOW)
        keep_secret(connection, "vapid", "PEM", OLD_SEAL, NOW)
        with pytest.raises(Refused, match="SEAL_UNKNOWN"):
            seal_everything(connection, NEW_SEAL, NOW)
        assert seal_everything(connection, BOTH, NOW) == 3
        assert seal_everything(connection, NEW_SEAL, NOW) == 0
        assert secret_named(connection, "vapid", NEW_SEAL) == "PEM"
        assert not keep_secret(connection, "vapid", "OTHER", NEW_SEAL, NOW)
        app = keys_of_people.code_app(connection, person)
    assert app is not None and app.open(NEW_SEAL) == "AAAA"


def test_the_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    sealed = Seal("", folder).seal("x", "p")
    assert Seal("", folder).open(sealed, "p") == "x"
    assert [each.name for each in folder.iterdir()] == ["secret.key"]
    assert (folder / "secret.key").stat().st_mode & 0o777 == 0o600
    with pytest.raises(Refused, match="SEAL_KEY_SHORT"):
        Seal("short", folder).seal("x", "p")
