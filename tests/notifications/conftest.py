"""A commune in memory, and one on each kind of database."""

from __future__ import annotations

import pytest

from workflows.store.database import Database

from .commune import Commune, found_commune


@pytest.fixture
def commune(memory: Database) -> Commune:
    """The commune in memory, for tests that are not about the database."""
    return found_commune(memory)


@pytest.fixture
def commune_anywhere(database: Database) -> Commune:
    """The commune on each kind of database in turn."""
    return found_commune(database)
