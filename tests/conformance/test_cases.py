"""The cases of the conformance protocol, in one go and with all memory dropped after every step.

Straight through the verbs in memory those that do more than refuse a file or evaluate an expression; those that store
something in a way of their own, restarting on each kind of database (nightly both ways). On the engine alone
`tests/engine` plays them all.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import PostgresServer
from tests.nightly import size

from .adapter import Adapter
from .scenario import Scenario

CASES = sorted((Path(__file__).parent / "cases").glob("*.json"), key=lambda path: path.stem)
STORED = [
    "adhoc-restart",
    "bad-billion-laughs",
    "bad-unknown-bpmn-element",
    "bad-xor-two-unconditional",
    "call-business-key",
    "call-in-out",
    "call-multi-collect",
    "call-restart",
    "data-big-integer",
    "data-json",
    "dur-cancel-everything",
    "dur-restart-complex-round",
    "dur-restart-everything",
    "dur-restart-midway",
    "dur-restart-or-join",
    "ev-boundary-timer-cycle",
    "ev-compensation-event-subprocess",
    "ev-compensation-mi-order",
    "ev-compensation-restart",
    "ev-conditional-boundary-edge",
    "ev-error-across-two-calls",
    "ev-error-event-subprocess",
    "ev-error-uncaught",
    "ev-escalation-across-call",
    "ev-escalation-nonint-boundary",
    "ev-message-ambiguous",
    "ev-message-business-key",
    "ev-message-declared-key-number",
    "ev-message-event-subprocess",
    "ev-message-start",
    "ev-message-start-running-first",
    "ev-message-throw-to-case",
    "ev-message-unicode",
    "ev-signal-throw",
    "ev-terminate-process",
    "ev-timer-catch-up-downtime",
    "ev-timer-catch-up-order",
    "ev-timer-start-catch-up",
    "ev-timer-start-cron",
    "expr-juel-paths",
    "flow-implicit-merge",
    "flow-timer-incident",
    "gw-and-unequal-arrival",
    "gw-event-after-restart",
    "gw-event-timer-wins",
    "gw-or-subset",
    "human-camunda7-attributes",
    "human-mi-assignee",
    "loop-restart",
    "mi-quorum",
    "mi-receive",
    "mi-restart",
    "ok-collaboration",
    "ok-unicode-ids",
    "plan-whole-life",
    "route-return-for-revision",
    "sub-event-in-multi",
    "task-receive-correlation-key",
    "task-service-zeebe-io",
    "tx-cancel",
    "tx-restart-in-compensation",
]
ON_DATABASES = [path for path in CASES if path.stem in STORED]
IN_MEMORY = [path for path in CASES if not path.stem.startswith(("bad-", "expr-"))]
RESTARTING = size([True], [False, True])


@pytest.fixture(scope="module")
def in_memory() -> Iterator[Adapter]:
    """The verbs over a database in memory, for one case after another."""
    yield from _closing(Adapter("sqlite://"))


@pytest.fixture(scope="module", params=["file", pytest.param("postgres", marks=pytest.mark.postgres)])
def stored(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Adapter]:
    """The verbs over a database that outlives the program."""
    if request.param == "file":
        yield from _closing(Adapter(f"sqlite:///{tmp_path_factory.mktemp('cases') / 'cases.sqlite'}"))
    else:
        server: PostgresServer = request.getfixturevalue("postgres")
        with server.new_database() as url:
            yield from _closing(Adapter(url))


def _closing(adapter: Adapter) -> Iterator[Adapter]:
    yield adapter
    adapter.shutdown()


@pytest.mark.parametrize("path", IN_MEMORY, ids=lambda path: path.stem)
def test_case_in_memory(in_memory: Adapter, path: Path) -> None:
    Scenario(path, in_memory).play()


@pytest.mark.parametrize("restarting", RESTARTING, ids=lambda each: "restarting" if each else "straight")
@pytest.mark.parametrize("path", ON_DATABASES, ids=lambda path: path.stem)
def test_case_on_a_database(stored: Adapter, path: Path, restarting: bool) -> None:
    Scenario(path, stored, restarting=restarting).play()


def test_every_case_that_is_to_be_stored_is_there() -> None:
    assert sorted(STORED) == [path.stem for path in ON_DATABASES]
