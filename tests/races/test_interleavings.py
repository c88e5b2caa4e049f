"""Every pair of deeds that meets in an office, stopped before each statement and let go in many orders (G4, G5)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import PostgresServer, SqliteTemplate
from tests.nightly import size
from workflows.store.database import Database

from . import meetings_ahead, meetings_at_a_task, meetings_in_the_books
from .ground import PostgresGround, SqliteGround
from .pairs import PAIRS, Meeting, Pair
from .racing import Racing
from .told import SEED, tell

MEETINGS = (meetings_ahead, meetings_at_a_task, meetings_in_the_books)
every_pair = pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)


class Offices:
    """The office of each pair at the point where its two deeds meet, made when it is first asked for."""

    def __init__(self, template: SqliteTemplate) -> None:
        self._template = template
        self._made: dict[str, tuple[Database, Meeting]] = {}

    def of(self, pair: Pair) -> tuple[Database, Meeting]:
        """A database in memory that nobody changes, and the two deeds."""
        if pair.name not in self._made:
            memory = self._template.memory()
            self._made[pair.name] = (memory, pair.prepare(memory))
        return self._made[pair.name]

    def close(self) -> None:
        """Give the memory back."""
        for memory, _ in self._made.values():
            memory.close()


@pytest.fixture(scope="module")
def offices(sqlite_template: SqliteTemplate) -> Iterator[Offices]:
    """The offices of both kinds of database."""
    offices = Offices(sqlite_template)
    yield offices
    offices.close()


@pytest.fixture(scope="module")
def ground(postgres: PostgresServer) -> Iterator[PostgresGround]:
    """The PostgreSQL database of all these races, one after the other."""
    with postgres.clean_database() as url:
        ground = PostgresGround(url)
        yield ground
        ground.close()


@pytest.mark.postgres
@every_pair
def test_two_transactions_on_postgresql(pair: Pair, ground: PostgresGround, offices: Offices) -> None:
    office, meeting = offices.of(pair)
    racing = Racing(pair, meeting, ground.lay(office))
    ran, all_of_them = racing.in_orders(size(3, 500), SEED)
    racing.by_chance(size(3 if meeting.remembered is None else 30, 400))
    of_all = "all there are" if all_of_them else "there are more"
    tell(f"{pair.name}: {len(ran)} orders ({of_all}), {max(len(each.path) for each in ran)} steps, {dict(racing.ends)}")
    assert not racing.wrong, racing.wrong[0]


@every_pair
def test_two_transactions_on_sqlite(pair: Pair, tmp_path: Path, offices: Offices) -> None:
    office, meeting = offices.of(pair)
    ground = SqliteGround(tmp_path)
    racing = Racing(pair, meeting, ground.lay(office))
    racing.in_orders(size(1, 60), SEED)
    racing.by_chance(size(2, 100))
    ground.close()
    assert not racing.wrong, racing.wrong[0]
