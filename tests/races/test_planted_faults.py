"""The harness finds what it is for: barriers are taken away, and it says so; one of two barriers alone still holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import func, select, text

from tests.databases import PostgresServer, SqliteTemplate
from workflows.store import appending, books, open_case, plans
from workflows.store.database import Database
from workflows.store.steps import Change
from workflows.store.tables.issuing import register
from workflows.store.tables.processes import cases

from . import meetings_at_a_task, meetings_in_the_books
from .ground import PostgresGround
from .pairs import PAIRS, Meeting, Pair
from .racing import Racing

pytestmark = pytest.mark.postgres
ORDERS = 8
MEETINGS = (meetings_at_a_task, meetings_in_the_books)


@dataclass
class Bench:
    """Races one pair in some orders on PostgreSQL."""

    ground: PostgresGround
    template: SqliteTemplate

    def found(self, name: str) -> list[str]:
        """What the harness finds in this pair."""
        (pair,) = (each for each in PAIRS if each.name == name)
        return self.race(pair, self.template.memory()).wrong

    def race(self, pair: Pair, office: Database) -> Racing:
        """The pair raced in this office."""
        meeting: Meeting = pair.prepare(office)
        racing = Racing(pair, meeting, self.ground.lay(office))
        racing.in_orders(ORDERS, 1)
        office.close()
        return racing

    @contextmanager
    def without(self, table: str, constraint: str) -> Iterator[None]:
        """The table has lost this constraint meanwhile."""
        self._run(f"ALTER TABLE {table} DROP CONSTRAINT {constraint.split(maxsplit=1)[0]}")
        yield
        self._run(f"DELETE FROM {table}", f"ALTER TABLE {table} ADD CONSTRAINT {constraint}")

    @contextmanager
    def without_index(self, table: str, index: str) -> Iterator[None]:
        """The table has lost this index meanwhile."""
        with self.ground.reader.read() as connection:
            made = connection.scalar(text("SELECT indexdef FROM pg_indexes WHERE indexname = :name"), {"name": index})
        self._run(f"DROP INDEX {index}")
        yield
        self._run(f"DELETE FROM {table}", str(made))

    def _run(self, *statements: str) -> None:
        with self.ground.reader.write() as connection:
            for each in statements:
                connection.execute(text(each))


@pytest.fixture(scope="module")
def bench(postgres: PostgresServer, sqlite_template: SqliteTemplate) -> Iterator[Bench]:
    with postgres.new_database() as url:  # one of its own, for its constraints are taken away
        database = Database(url)
        database.upgrade()
        database.close()
        ground = PostgresGround(url)
        yield Bench(ground, sqlite_template)
        ground.close()


def no_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A case is read without being locked."""
    monkeypatch.setattr(open_case._OPEN, "postgres", open_case._OPEN.postgres.replace("FOR UPDATE", ""))


def no_compare(monkeypatch: pytest.MonkeyPatch) -> None:
    """A case is written whatever became of it meanwhile."""

    def at(self: appending.Appending, unchanged: Any, also: str = "true") -> Change:
        return Change(cases, {"id": unchanged["id"]}, self.values, also)

    monkeypatch.setattr(appending.Appending, "at", at)


def test_without_lock_and_compare_and_set_somebody_sees_an_error(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    no_lock(monkeypatch)
    no_compare(monkeypatch)
    found = bench.found("two_claim")
    assert any("saw an error" in each for each in found), "the key of the events is the third barrier"


def test_without_any_barrier_two_win_and_the_log_is_broken(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    no_lock(monkeypatch)
    no_compare(monkeypatch)
    with bench.without("events", "pk_events PRIMARY KEY (case_id, seq)"):
        found = bench.found("two_claim")
    assert any("2 won" in each for each in found), found
    assert any("the log is broken" in each for each in found), found


def test_the_compare_and_set_alone_lets_one_win(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    no_lock(monkeypatch)
    found = bench.found("two_claim")
    assert found, "without the lock the loser hears Stale, and not of whom"
    assert all("was refused with STALE" in each and "won" not in each.splitlines()[0] for each in found), found


def test_the_lock_alone_lets_one_win(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    no_compare(monkeypatch)
    assert bench.found("two_claim") == []


def test_numbers_made_of_the_highest_are_given_twice(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def highest(connection: Any, office_id: int, series: str, year: int) -> int:
        mine = (register.c.office_id == office_id, register.c.series == series, register.c.year == year)
        return int(connection.scalar(select(func.coalesce(func.max(register.c.number), 0)).where(*mine))) + 1

    monkeypatch.setattr(books, "next_number", highest)
    found = bench.found("two_take_the_next_number")
    assert any("saw an error" in each for each in found), "the register's keys are the second barrier"
    by_series = "uq_register_office_id_series_year_number UNIQUE (office_id, series, year, number)"
    with bench.without("register", by_series), bench.without_index("register", "ix_register_symbol_number"):
        found = bench.found("two_take_the_next_number")
    assert any("numbers of" in each and "[1, 2, 2]" in each for each in found), found


def test_a_signature_that_does_not_lock_the_text_is_found(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    stamp = plans.current_stamp
    monkeypatch.setattr(plans, "current_stamp", lambda connection, plan_id, lock: stamp(connection, plan_id))
    assert any("2 won" in each for each in bench.found("one_signs_while_the_draft_is_edited"))
