"""The small office of most tests of verbs: in memory, because these are not about the database."""

from __future__ import annotations

import pytest

from tests.stories.cast import Cast
from workflows.store.database import Database

from .running_round import with_round
from .small_office import founded, started


@pytest.fixture
def office(memory: Database) -> Cast:
    """The office before anybody imported the plan."""
    return founded(memory)


@pytest.fixture
def cast(memory: Database) -> Cast:
    """The office with the plan at its first step."""
    return started(memory)


@pytest.fixture
def asked(office: Cast) -> Cast:
    """The office while bodies are asked for their opinions."""
    return with_round(office)
