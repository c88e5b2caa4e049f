"""`kehoach token`: a secret is shown once, the list never shows it, a revoked one is listed as such."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.databases import SqliteTemplate

from .command import kehoach


@pytest.fixture
def folder(sqlite_template: SqliteTemplate, tmp_path: Path) -> Path:
    sqlite_template.file(tmp_path / "kehoach.sqlite3")
    return tmp_path


def test_a_token_is_made_listed_and_revoked(folder: Path) -> None:
    made = kehoach("token", "create", "máy ký", "--topic", "ky_so", "--days", "30", data_dir=folder)
    assert made.code == 0
    assert made.answer["secret"].startswith("kh_")
    assert made.answer["token"]["scopes"] == {"topics": ["ky_so"], "messages": [], "signals": [], "admin": False}
    listed = kehoach("token", "list", data_dir=folder)
    assert made.answer["secret"] not in listed.said
    assert [(each["name"], each["good"]) for each in listed.answer["tokens"]] == [("máy ký", True)]
    revoked = kehoach("token", "revoke", "máy ký", data_dir=folder)
    assert revoked.answer["token"]["revoked_at"]
    assert [each["good"] for each in kehoach("token", "list", data_dir=folder).answer["tokens"]] == [False]


def test_what_is_refused_and_what_is_wrong_use(folder: Path) -> None:
    nothing = kehoach("token", "create", "máy", data_dir=folder)
    assert (nothing.code, nothing.answer["error"]["code"]) == (1, "NO_SCOPE")
    assert kehoach("token", "create", "máy", "--admin", data_dir=folder).code == 0
    again = kehoach("token", "create", "máy", "--admin", data_dir=folder)
    assert (again.code, again.answer["error"]["code"]) == (1, "TOKEN_NAME_TAKEN")
    assert kehoach("token", "revoke", "khác", data_dir=folder).answer["error"]["code"] == "NOT_FOUND"
    assert kehoach("token", data_dir=folder).code == 2
    assert kehoach("token", "create", data_dir=folder).code == 2
