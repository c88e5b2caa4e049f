"""Stories run in memory; what is longest in each and what happens at once runs on PostgreSQL too, and nightly all.

That every kind of database keeps what memory keeps is shown by the store and the verbs.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import clean_database
from tests.databases import SqliteTemplate
from tests.nightly import size
from tests.stories.both import BOTH
from workflows.store.database import Database


@pytest.fixture(params=size(["memory"], BOTH))
def database(request: pytest.FixtureRequest, sqlite_template: SqliteTemplate, tmp_path: Path) -> Iterator[Database]:
    """A clean database at the newest version; `on_both` asks for each kind in turn."""
    yield from clean_database(request, sqlite_template, tmp_path)
