"""A helper of a large round of report cycles: a process that opens its parts of the offices, or dies with one."""

from __future__ import annotations

import asyncio
import os

import pytest
from sqlalchemy import insert

from flows import shards, sweeping
from flows.open_cycles import open_cycles
from flows.part import Part, helpers, open_part
from flows.shards import SHARDS_A_PROCESS, in_shards
from flows.sweeping import Counts
from tests.actions.small_office import started, stored
from tests.stories.cast import Cast, day
from workflows.actions.desk import Desk, Swept
from workflows.store import clockwork
from workflows.store.chain import verify_chain
from workflows.store.database import Database
from workflows.store.reporting import how_many_to_open
from workflows.store.shard import Shard
from workflows.store.tables.processes import cases
from workflows.store.tables.reporting import cycles, submissions

pytestmark = pytest.mark.postgres
OPENS = day(2024, 10, 10)
MANY = 6


@pytest.fixture
def due(postgres_database: Database, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Six cycles are due, which is much; the machine has two processors."""
    monkeypatch.setattr(sweeping, "PARTS", {"open_cycles": Part(open_part, MANY)})
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    cast = started(postgres_database)
    cast.pass_to_force()
    cast.now = OPENS
    (one,) = stored(cast.database, cycles)
    with cast.database.write() as connection:
        others = [{**one._mapping, "id": one.id + at, "key": f"{one.key}-{at}"} for at in range(1, MANY)]
        connection.execute(insert(cycles), others)
    return cast


def opened(cast: Cast, sweep: shards.Sweep, url: str) -> Swept:
    beside = helpers("open_cycles", cast.now, {**os.environ, "KEHOACH_DATABASE_URL": url})
    assert len(beside) == 1
    return in_shards(cast.clock, sweep, how_many_to_open, MANY, pauses=(), helpers=beside)


def in_order(cast: Cast) -> None:
    """Each cycle has one case with its submissions, at the instant of the round, and every hash is right."""
    found = stored(cast.database, cycles)
    assert {cycle.opened_at for cycle in found} == {OPENS}
    assert len({cycle.case_id for cycle in found}) == len(stored(cast.database, cases, process="bao_cao")) == MANY
    asked = [len(stored(cast.database, submissions, cycle_id=cycle.id)) for cycle in found]
    assert set(asked) == {asked[0]}
    assert asked[0] > 1
    with cast.database.read() as connection:
        assert verify_chain(connection) == []


def test_a_flow_that_is_started_twice_opens_everything_once(due: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEHOACH_DATABASE_URL", url_of(due))
    monkeypatch.setattr(sweeping, "MANY_CYCLES", MANY)

    async def twice() -> list[Counts]:
        return await asyncio.gather(open_cycles.fn(), open_cycles.fn())

    both = [counts["open_cycles"] for counts in asyncio.run(twice())]
    assert sum(each["done"] for each in both) == MANY
    assert {each["failed"] for each in both} == {0}
    found = stored(due.database, cycles)
    assert len({cycle.case_id for cycle in found}) == len(stored(due.database, cases, process="bao_cao")) == MANY
    with due.database.read() as connection:
        assert verify_chain(connection) == []
        (swept,) = [each for each in clockwork.last_sweeps(connection) if each.kind == "open_cycles"]
    assert (swept.runner, swept.error) == ("prefect", None)


def url_of(cast: Cast) -> str:
    return cast.database.engine.url.render_as_string(hide_password=False)


def test_a_helper_opens_what_it_is_given_as_of_the_instant_of_the_round(
    due: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shards, "OWN_BESIDE_HELPERS", 0)

    def not_here(_desk: Desk, _shard: Shard) -> Swept:
        raise AssertionError("the helper was there")

    assert opened(due, not_here, url_of(due)) == Swept(MANY, MANY)
    in_order(due)


def test_both_at_once_open_each_cycle_once_and_a_second_round_nothing(due: Cast) -> None:
    assert opened(due, open_part, url_of(due)) == Swept(MANY, MANY)
    in_order(due)
    assert opened(due, open_part, url_of(due)) == Swept()


def test_what_a_helper_does_not_end_is_done_here(
    due: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(shards, "OWN_BESIDE_HELPERS", 0)
    here = []

    def sweep(desk: Desk, shard: Shard) -> Swept:
        here.append(shard)
        return open_part(desk, shard)

    assert opened(due, sweep, "of-no-database://") == Swept(MANY, MANY)
    assert sorted(here, key=lambda shard: shard.number) == [
        Shard(number, 2 * SHARDS_A_PROCESS) for number in range(2 * SHARDS_A_PROCESS)
    ]
    assert "did not end part 0 of 12" in caplog.text
    in_order(due)
