"""Random processes: the engine alone, and the program on each database with a restart after every step, do the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.process_tests.driver import Driver
from tests.databases import PostgresServer
from tests.engine.building import file, process
from tests.engine.random_process import BLOCKS, build
from tests.nightly import size
from workflows.engine import replay, state_to_json
from workflows.engine.history import event_from_json
from workflows.store import cases

from .adapter import Adapter

START = datetime(2026, 1, 5, 1, tzinfo=UTC)
STEPS = st.lists(st.tuples(st.integers(0, 99), st.integers(0, 3)), min_size=3, max_size=10)


@pytest.fixture(scope="module", params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def adapter(request: pytest.FixtureRequest) -> Iterator[Adapter]:
    """The program on a database of its own."""
    if request.param == "memory":
        found = Adapter("sqlite://")
        yield found
        found.shutdown()
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.new_database() as url:
        found = Adapter(url)
        yield found
        found.shutdown()


def begin(player: Any, body: str) -> Any:
    player.reset(START)
    player.deploy({"x.bpmn": file(process(body))})
    return player.start("P", {"x": 1}, None)


def look(player: Any, case: Any) -> dict[str, Any]:
    """What is seen of the case; lists whose order means nothing are sorted."""
    found = player.snapshot(case)
    found["tasks"] = [(task["element"], task["vars"]) for task in found["tasks"]]
    found["timers"] = sorted((timer["element"], timer["due"]) for timer in found["timers"])
    return {**found, "waiting": sorted(found["waiting"])}


@settings(max_examples=size(30, 600), deadline=None, suppress_health_check=list(HealthCheck))
@given(BLOCKS, STEPS)
def test_stores_and_restarts_change_nothing(adapter: Adapter, block: Any, choices: list[tuple[int, int]]) -> None:
    body, _ = build(block)
    machine, now = Driver(), START
    alone, kept = begin(machine, body), begin(adapter, body)
    for choice, x in choices:
        seen = look(machine, alone)
        adapter.restart(now)
        assert look(adapter, kept) == seen
        if seen["state"] != "active":
            break
        tasks = seen["tasks"]
        if tasks and choice % 4:
            element = tasks[choice % len(tasks)][0]
            nth = choice % sum(other == element for other, _ in tasks)
            for player, case in ((machine, alone), (adapter, kept)):
                player.complete(case, element, {"x": x}, nth, None)
        else:
            now += timedelta(minutes=30 * (1 + x))
            for player in (machine, adapter):
                player.advance(now)
    _replays(adapter, kept)


def _replays(adapter: Adapter, case: int) -> None:
    """The events that were kept give the snapshot that was kept."""
    with adapter.playground.database.read() as connection:
        row = cases.load_case(connection, case, lock=False)
        happened = [event_from_json({"event": each.type, **each.data}) for each in cases.history(connection, case)]
    assert state_to_json(replay(happened)) == row.state
