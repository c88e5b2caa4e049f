"""The sample cases of the conformance protocol, in one go and with all memory dropped after every step.

They are played on the engine alone, and through the verbs on each kind of database.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from service.process_tests.driver import Driver
from tests.databases import PostgresServer

from .adapter import Adapter
from .scenario import Scenario

CASES = sorted((Path(__file__).parent / "cases").glob("*.json"), key=lambda path: path.stem)
PLACES = ["engine", "memory", "file", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(scope="module", params=PLACES)
def adapter(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """What the cases are played on, one after another."""
    if request.param == "engine":
        yield Driver()
    elif request.param == "memory":
        yield from _closing(Adapter("sqlite://"))
    elif request.param == "file":
        yield from _closing(Adapter(f"sqlite:///{tmp_path_factory.mktemp('cases') / 'cases.sqlite'}"))
    else:
        server: PostgresServer = request.getfixturevalue("postgres")
        with server.new_database() as url:
            yield from _closing(Adapter(url))


def _closing(adapter: Adapter) -> Iterator[Adapter]:
    yield adapter
    adapter.shutdown()


@pytest.mark.parametrize("restarting", [False, True], ids=["straight", "restarting"])
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(adapter: Any, path: Path, restarting: bool) -> None:
    Scenario(path, adapter, restarting=restarting).play()
