"""The doctor on the key that seals secrets: the right one, another one, none, too short, for everybody to read."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.databases import SqliteTemplate
from workflows.store.database import Database
from workflows.store.installation_secrets import seal_everything
from workflows.store.sealing import Seal

from .command import kehoach

KEY = "k" * 40


@pytest.fixture
def folder(sqlite_template: SqliteTemplate, tmp_path: Path) -> Path:
    """The data folder of an installation with an empty database."""
    sqlite_template.file(tmp_path / "kehoach.sqlite3")
    return tmp_path


def sealed_with(folder: Path, key: str) -> None:
    database = Database(f"sqlite:///{folder / 'kehoach.sqlite3'}")
    with database.write() as connection:
        seal_everything(connection, Seal(key, folder), datetime.now(UTC))
    database.close()


def found(folder: Path, **settings: str | Path) -> dict[str, str]:
    """The codes about the key with their levels; the sentence names no key."""
    ended = kehoach("doctor", data_dir=folder, **settings)
    findings = [each for each in ended.answer["findings"] if each["code"].startswith("SEAL_KEY")]
    assert KEY not in ended.said and all(each["message"] for each in findings)
    assert (ended.code == 1) == any(each["level"] == "error" for each in ended.answer["findings"])
    return {each["code"]: each["level"] for each in findings}


def test_no_key_yet_is_well_and_none_is_made(folder: Path) -> None:
    assert found(folder) == {"SEAL_KEY_NONE": "ok"}
    assert not (folder / "secret.key").exists()


def test_the_right_key_is_well_whether_it_lies_here_or_is_given(folder: Path, tmp_path: Path) -> None:
    sealed_with(folder, "")
    assert found(folder) == {"SEAL_KEY": "ok"}
    given = tmp_path / "given"
    given.write_text((folder / "secret.key").read_text(encoding="ascii"), encoding="ascii")
    (folder / "secret.key").unlink()
    assert found(folder, secret_key_file=given) == {"SEAL_KEY": "ok"}


def test_a_key_that_is_gone_or_another_is_an_error_and_no_new_one_is_made(folder: Path) -> None:
    sealed_with(folder, KEY)
    assert found(folder, secret_key=KEY) == {"SEAL_KEY": "ok"}
    assert found(folder) == {"SEAL_KEY_MISSING": "error"}
    assert not (folder / "secret.key").exists()
    assert found(folder, secret_key="x" * 40) == {"SEAL_KEY_OTHER": "error"}
    assert found(folder, secret_key=f"{'x' * 40},{KEY}") == {"SEAL_KEY": "ok"}
    assert found(folder, secret_key="short") == {"SEAL_KEY_SHORT": "error"}


def test_a_key_that_others_can_read_is_a_warning(folder: Path) -> None:
    sealed_with(folder, "")
    (folder / "secret.key").chmod(0o644)
    assert found(folder) == {"SEAL_KEY_READABLE": "warning", "SEAL_KEY": "ok"}
