"""Stories run in memory and on PostgreSQL: that a file keeps what memory keeps is shown by the store and the verbs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ON_POSTGRES, clean_database
from tests.databases import SqliteTemplate
from workflows.store.database import Database


@pytest.fixture(params=["memory", ON_POSTGRES])
def database(request: pytest.FixtureRequest, sqlite_template: SqliteTemplate, tmp_path: Path) -> Iterator[Database]:
    """A clean database at the newest version, of each of these kinds in turn."""
    yield from clean_database(request, sqlite_template, tmp_path)
