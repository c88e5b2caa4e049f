"""A database that an older program filled is brought up whole: nothing is lost, told twice or stuck, kill -9 or not."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Table, event, select

from notifications.channels.memory import MemoryChannel
from service.demo.found_office import Office
from tests.conftest import ON_POSTGRES
from tests.nightly import NIGHTLY
from tests.stories.cast import Cast, day
from workflows.errors import Refused
from workflows.store import schema
from workflows.store.beside_log import compare_beside
from workflows.store.database import Database
from workflows.store.log_proof import prove_log
from workflows.store.migrations.steps import configuration
from workflows.store.tables import metadata
from workflows.store.tables.issuing import register
from workflows.store.tables.plans import plans
from workflows.store.tables.telling import deliveries, outbox

from .released_versions import RECORDED, dump, left_in_file, left_on_postgres, plain, shared

KINDS = ["file", ON_POSTGRES]
# In the test command PostgreSQL is held to the same by the comparison of both below.
ON_WHAT = KINDS if NIGHTLY else ["file"]
VERSIONS = sorted(RECORDED) if NIGHTLY else ["0001", "0020"]
LATER = day(2024, 6, 4)

Left = Callable[[str], Database]


@pytest.fixture(params=KINDS)
def left(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Left]:
    """What a version left behind, in a file and on PostgreSQL in turn."""
    opened: list[Database] = []
    places = iter(range(10**6))

    def open_one(version: str) -> Database:
        file = tmp_path / f"left-{next(places)}.sqlite"
        if request.param == "file":
            opened.append(left_in_file(version, file))
        else:
            opened.append(left_on_postgres(version, new_url(), file))
        return opened[-1]

    def new_url() -> str:
        return str(request.getfixturevalue("postgres").new_database().__enter__())

    yield open_one
    for database in opened:
        database.close()


@pytest.mark.parametrize("left", ON_WHAT, indirect=True)
@pytest.mark.parametrize("version", VERSIONS)
def test_what_a_version_left_is_all_there_and_goes_on(left: Left, version: str) -> None:
    database = left(version)
    before = dump(database)
    database.upgrade()
    after = dump(database)
    assert shared(before, after) == shared(after, before)
    assert len(before["events"][1]) > 20 and len(before["deliveries"][1]) > 3
    with database.read() as connection:
        proof, beside = prove_log(connection), compare_beside(connection)
    assert beside == []
    assert proof.intact and proof.events == len(before["events"][1])
    told, sent = column(database, outbox.c.key), column(database, deliveries.c.message_id)
    office = second_plan(database)
    assert office.waiting_at() == {"trinh_ky"}
    office.act("trinh_ky", {"ket_qua": "ky"})
    office.act("cap_so", {})
    office.act("phat_hanh", {})
    office.sweep()
    assert column(database, register.c.number) == [1, 2]
    assert set(told) < set(column(database, outbox.c.key))
    assert not set(sent) & {letter.message_id for letter in office.channel.letters}
    assert office.channel.letters
    with database.read() as connection:
        assert prove_log(connection).intact


@pytest.mark.postgres
def test_both_kinds_of_database_come_to_the_same(postgres: Any, tmp_path: Path) -> None:
    with postgres.new_database() as url:
        ends = []
        for database in (left_in_file("0009", tmp_path / "a"), left_on_postgres("0009", url, tmp_path / "b")):
            database.upgrade()
            with database.read() as connection:
                ends.append({table.name: in_no_order(connection, table) for table in metadata.sorted_tables})
            database.close()
    assert ends[0] == ends[1]


def test_each_step_down_and_up_again_keeps_what_both_versions_know(left: Left) -> None:
    database = left("0020")
    database.upgrade()
    second_plan(database).act("trinh_ky", {"ket_qua": "ky"})
    steps = [each.revision for each in ScriptDirectory.from_config(configuration()).walk_revisions()]
    steps = steps if NIGHTLY else steps[:3]
    seen = {steps[0]: dump(database)}
    for above, below in pairwise(steps):
        database.downgrade(below)
        seen[below] = dump(database)
        assert shared(seen[below], seen[above]) == shared(seen[above], seen[below]), f"{above} to {below}"
    lowest = now = seen[steps[-1]]
    for below, above in pairwise(steps[::-1]):
        before = now
        database.upgrade(above)
        now = dump(database)
        assert shared(now, before) == shared(before, now), f"{below} to {above}"
        assert shared(now, lowest) == shared(seen[above], lowest), f"{below} to {above}"
    assert second_plan(database).act("cap_so", {})


def test_an_upgrade_that_is_killed_at_any_statement_is_begun_anew(left: Left) -> None:
    number = statements(left("0020"))
    points = range(1, number + 1) if NIGHTLY else (2, number // 2, number - 1)
    database = left("0020")
    before = dump(database)
    for point in points:
        assert died_at(database, point) == signal.SIGKILL, point
        assert dump(database) == before, point
    database.upgrade()
    assert shared(before, dump(database)) == shared(dump(database), before)
    assert second_plan(database).waiting_at() == {"trinh_ky"}


def test_a_newer_schema_is_left_alone(database: Database) -> None:
    before = dump(database)
    set_version(database, "9999")
    try:
        with pytest.raises(Refused) as refused:
            database.upgrade()
        assert (refused.value.code, refused.value.facts["current"]) == ("NEW_SCHEMA", "9999")
        assert dump(database) == before
    finally:
        set_version(database, str(schema.newest()))  # the database on PostgreSQL is that of other tests too


def set_version(database: Database, version: str) -> None:
    with database.write() as connection:
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{version}'")


def in_no_order(connection: Connection, table: Table) -> list[str]:
    """The rows of the table as the program reads them."""
    return sorted(repr([plain(value) for value in row]) for row in connection.execute(select(table)))


def second_plan(database: Database) -> Cast:
    """The office around the plan that waited for its signature when the old program ended."""
    with database.read() as connection:
        plan = connection.execute(select(plans).order_by(plans.c.id.desc()).limit(1)).one()
    office = Office(plan.office_id, plan.drafting_unit_id, plan.office_id, {})
    return Cast(database, office, "", LATER, MemoryChannel(), plan.id)


def column(database: Database, wanted: Any) -> list[Any]:
    with database.read() as connection:
        return list(connection.scalars(select(wanted).order_by(wanted)))


def statements(database: Database) -> int:
    """How many statements the whole upgrade takes."""
    counted = []
    event.listen(database.engine, "before_cursor_execute", lambda *facts: counted.append(facts[2]))
    database.upgrade()
    return len(counted)


def died_at(database: Database, point: int) -> int:
    """The signal that ended a process which was killed before its statement of this number."""
    url = database.engine.url.render_as_string(hide_password=False)
    database.close()  # the child must not speak through a connection of ours
    child = os.fork()
    if child == 0:
        _upgrade_until(url, point)
    return os.WTERMSIG(os.waitpid(child, 0)[1])


def _upgrade_until(url: str, point: int) -> None:
    counted = 0

    def count(*_: Any) -> None:
        nonlocal counted
        counted += 1
        if counted == point:
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        database = Database(url)
        event.listen(database.engine, "before_cursor_execute", count)
        database.upgrade()
    finally:
        os._exit(0)
