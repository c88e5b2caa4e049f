"""Fixtures that every room uses: databases of all kinds, each test with a clean one.

What speaks to a database is loaded when a test first asks for one: the pure rooms are tested where no database library
is installed (`tests/house/test_pure_rooms.py`).
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from tests import only_here
from tests.nightly import size

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.databases import PostgresServer, SqliteTemplate
    from workflows.store.database import Database

# What is loaded stays: nobody looks through it for waste, neither while it is loaded nor afterwards.
gc.disable()

# Before anything else is imported, so that no module speaks to another machine even while it is loaded.
only_here.install()
nobody_speaks_elsewhere = only_here.nobody_speaks_elsewhere

# A busy machine is no failure; whatever hypothesis finds is printed so that it can be replayed.
settings.register_profile("kehoach", deadline=None, print_blob=True, max_examples=size(100, 2000))
# Where it is asked only whether the tests run at all (`tests/house/test_pure_rooms.py`).
settings.register_profile("few", deadline=None, print_blob=True, max_examples=5)
settings.load_profile("kehoach")

# Files that take minutes, each on one worker: begun first and in this order, so that no worker is left alone with one
# at the end, and the two that mostly wait for Prefect's minutes do so while two others have the processors.
LONG = (
    "test_many_machines",
    "test_prefect_for_real",
    "test_accessibility",
    "test_06_a_year",
    "test_30_five_plans",
    "test_no_route_changes",
    "test_kill_anything",
    "test_every_point",
    "test_serve",
    "test_look_in_a_browser",
    "test_docs",
    "test_generated_calls",
    "test_every_page",
    "test_cases",
    "test_random",
    "test_01_a_commune",
    "test_interleavings",
    "test_english",
    "test_round_in_a_browser",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long files first, everything else in its order (test.sh tells xdist to keep it)."""
    turn = {path: _turn_of(path) for path in {item.path for item in items}}
    items.sort(key=lambda item: turn[item.path])


def _turn_of(path: Path) -> int:
    """How early a file is begun."""
    return next((turn for turn, long in enumerate(LONG) if path.stem.startswith(long)), len(LONG))


def pytest_collection_finish() -> None:
    """All is loaded: from now on waste is looked for among what the tests make."""
    gc.freeze()
    gc.enable()


ON_POSTGRES = pytest.param("postgres", marks=pytest.mark.postgres)
KINDS = ["memory", "file", ON_POSTGRES]


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """The PostgreSQL server of this session."""
    with _databases().postgres_server() as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplate:
    """A migrated SQLite database to copy, made once a run."""
    own = tmp_path_factory.getbasetemp()
    return _databases().SqliteTemplate(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One running Chromium for the tests of a file."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - most tests need no browser

    from tests.browsers import launched  # noqa: PLC0415 - as above

    with sync_playwright() as playwright:
        browser = launched(playwright)
        yield browser
        browser.close()


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, sqlite_template: SqliteTemplate, tmp_path: Path) -> Iterator[Database]:
    """A clean database at the newest version, of each kind in turn."""
    yield from clean_database(request, sqlite_template, tmp_path)


def clean_database(
    request: pytest.FixtureRequest, sqlite_template: SqliteTemplate, tmp_path: Path
) -> Iterator[Database]:
    """The database of the kind that the request names."""
    if request.param == "memory":
        yield from _open(sqlite_template.memory())
    elif request.param == "file":
        yield from _open(_databases().Database(sqlite_template.file(tmp_path / "kehoach.sqlite")))
    else:
        with request.getfixturevalue("postgres").clean_database() as url:
            yield from _open(_databases().Database(url))


@pytest.fixture(params=["file", ON_POSTGRES])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without any table, in a file and on PostgreSQL in turn."""
    if request.param == "file":
        yield from _open(_databases().Database(f"sqlite:///{tmp_path / 'empty.sqlite'}"))
    else:
        with request.getfixturevalue("postgres").new_database() as url:
            yield from _open(_databases().Database(url))


@pytest.fixture
def memory(sqlite_template: SqliteTemplate) -> Iterator[Database]:
    """A clean database in memory, for tests that are not about the database."""
    yield from _open(sqlite_template.memory())


@pytest.fixture
def postgres_database(postgres: PostgresServer) -> Iterator[Database]:
    """A clean database on PostgreSQL; mark its test with `postgres`."""
    with postgres.clean_database() as url:
        yield from _open(_databases().Database(url))


def _databases() -> Any:
    return import_module("tests.databases")


def _open(database: Database) -> Iterator[Database]:
    yield database
    database.close()
