"""The databases of the tests themselves."""

from __future__ import annotations

import pytest

from tests import databases


def test_without_postgresql_the_tests_fail_and_say_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(databases, "PLACES", ("/nowhere/*/bin",))
    monkeypatch.delenv(databases.SERVER_VARIABLE, raising=False)
    with pytest.raises(RuntimeError, match=databases.SERVER_VARIABLE), databases.postgres_server():
        pass
