"""The wall between offices as PostgreSQL keeps it, with nothing of the program's own filters before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing, suppress

import pytest
from sqlalchemy import Connection, exc, make_url, select, text

from service.auth.actor import actor_of
from tests.databases import PostgresServer
from tests.nightly import NIGHTLY
from tests.stories.cast import Cast, day, plan_text
from workflows.store import change_threshold, stops, wall
from workflows.store.clockwork import WEEK_SETTING
from workflows.store.copy_of_office import LEFT, OWNERS
from workflows.store.database import Database
from workflows.store.document_files import SUBJECTS
from workflows.store.screens.sight import may_see, sight_with_lent, visitor_of
from workflows.store.tables import metadata
from workflows.store.tables.directory import bodies, people
from workflows.store.tables.plans import plans
from workflows.store.wall import NOBODY, Runtime, Visitor
from workflows.store.wall.functions import FUNCTIONS
from workflows.store.wall.rules import CLOSED, FOR_READERS, RULES, SHARED

NOW = day(2022, 7, 18)
# With an office of its own in each row and yet of the whole house: what everybody may know of every office.
OF_ALL = {"bodies", "calendar_days", "office_suspensions"}


def test_every_table_has_its_rule() -> None:
    assert RULES.keys() == metadata.tables.keys()
    shared = {name for name, rule in RULES.items() if rule is SHARED}
    with_office = {
        name for name, table in metadata.tables.items() if {"office_id", "plan_id", "case_id"} & set(table.c.keys())
    }
    assert shared & with_office == OF_ALL


def test_every_subject_of_a_file_has_its_line() -> None:
    """Else the wall hides the file from everybody, the own office too."""
    (shown,) = [answer for head, answer in FUNCTIONS if head.startswith("kehoach_document_shown")]
    assert set(re.findall(r"WHEN '(\w+)'", shown)) == SUBJECTS


def test_what_no_page_shows_is_not_copied_to_play_on() -> None:
    closed = [name for name, rule in RULES.items() if rule is CLOSED]
    assert {name for name in closed if set(OWNERS) & set(metadata.tables[name].c.keys())} <= LEFT


def test_whoever_reads_a_plan_counts_its_days_as_its_office_does() -> None:
    assert set(FOR_READERS) == {WEEK_SETTING, stops.KEY, change_threshold.KEY}


@pytest.fixture(scope="module")
def house(postgres: PostgresServer) -> Iterator[Cast]:
    """A commune whose plan waits for its signature, at night is in force; the program's role owns nothing."""
    owner = postgres.create()
    runtime = Runtime(f"{make_url(owner).database}_app", "không ai biết")
    with closing(Database(owner)) as database:
        database.upgrade(runtime=runtime)
    program = make_url(owner).set(username=runtime.role, password=runtime.password)
    with closing(Database(program.render_as_string(hide_password=False))) as database:
        cast = Cast.for_plan(database, plan_text("000_duc_phong.txt"), NOW)
        cast.import_and_start()
        if NIGHTLY:
            cast.pass_to_force()
            cast.wait(day(2022, 11, 20))
        else:
            cast.pass_to_signature()
            cast.sweep()
        yield cast
    with closing(Database(owner)) as database, database.write() as connection:
        connection.exec_driver_sql(f'DROP OWNED BY "{runtime.role}"; DROP ROLE "{runtime.role}"')


def rows_of(connection: Connection, table: str) -> int:
    return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


WALLED = sorted(name for name, rule in RULES.items() if rule not in (SHARED, CLOSED))


@pytest.mark.postgres
def test_whoever_is_told_nothing_sees_nothing(house: Cast) -> None:
    with house.database.read() as connection:
        full = [table for table in WALLED if rows_of(connection, table)]
    assert {"cases", "events", "tasks", "task_groups", "plans", "opinions", "outbox", "deliveries"} <= set(full)
    for visitor in (NOBODY, Visitor(frozenset({10**6}), frozenset({10**6}), frozenset({"chu_tich@1000000"}))):
        with house.database.seen_by(visitor).read() as connection:
            assert {table: rows_of(connection, table) for table in WALLED} == dict.fromkeys(WALLED, 0)


@pytest.mark.postgres
def test_the_own_office_is_seen_whole(house: Cast) -> None:
    own = house.database.seen_by(Visitor(frozenset({0, house.office.id})))
    for table in ("cases", "events", "tasks", "task_groups", "plans", "plan_versions", "opinions", "deliveries"):
        with house.database.read() as connection, own.read() as seen:
            assert rows_of(seen, table) == rows_of(connection, table) > 0, table


@pytest.mark.postgres
def test_both_walls_run_along_the_same_line(house: Cast) -> None:
    """For everybody whom the plan names: the condition of the pages and the policies show the same plans."""
    found = set()
    with house.database.read() as connection:
        everybody = connection.execute(select(people.c.id, people.c.name)).all()
    for person_id, name in everybody:
        with house.database.read() as connection:
            groups = actor_of(connection, person_id, name, house.now).groups
            sight = sight_with_lent(connection, groups, person_id, house.now)
            first = set(connection.scalars(select(plans.c.id).where(may_see(sight))))
            visitor = visitor_of(connection, groups, person_id, house.now)
        with house.database.seen_by(visitor).read() as connection:
            assert set(connection.scalars(select(plans.c.id))) == first, name
        found.add((bool(first), house.office.id in sight.office_ids))
    assert {(True, True), (True, False)} <= found, "nobody of another office is concerned"


@pytest.mark.postgres
def test_the_setting_ends_with_its_transaction(house: Cast) -> None:
    """The same connection, taken again from the pool after each end: nothing of the visitor before is left in it."""
    asked = text("SELECT pg_backend_pid(), current_user, coalesce(current_setting('kehoach.offices', true), '')")
    url, office = house.database.engine.url, str(house.office.id)
    visitor, used = house.database.seen_by(Visitor(frozenset({house.office.id}))), set()
    for failure in (None, RuntimeError("in the middle of a page"), exc.ProgrammingError):
        with suppress(RuntimeError, exc.ProgrammingError), visitor.read() as connection:
            pid, who, offices = connection.execute(asked).one()
            assert (who, offices) == (f"{url.database}_visitor", office)
            used.add(pid)
            if isinstance(failure, RuntimeError):
                raise failure
            if failure:
                connection.execute(text("SELECT no_such_column FROM plans"))
        with house.database.read() as first, house.database.write() as second:
            for each in (first, second):
                pid, who, offices = each.execute(asked).one()
                assert (who, offices) == (url.username, "")
                used.discard(pid)
        with house.database.seen_by(NOBODY).read() as connection:
            assert rows_of(connection, "plans") == 0
    assert not used, "each connection of a visitor was used again"


@pytest.mark.postgres
def test_a_visitor_writes_nothing_and_reads_no_secret(house: Cast) -> None:
    seen = house.database.seen_by(Visitor(frozenset({house.office.id})))
    for statement in ("UPDATE plans SET title = 'x'", "DELETE FROM tasks", "SELECT * FROM installation_secrets"):
        with pytest.raises((exc.ProgrammingError, exc.InternalError)), seen.read() as connection:
            connection.execute(text(statement))


@pytest.mark.postgres
def test_the_doctor_knows_the_wall(house: Cast, postgres_database: Database) -> None:
    assert {each.code for each in house.database.check() if each.code.startswith("WALL")} == {"WALL_ROLE", "WALL"}
    told = {each.code: each.facts for each in postgres_database.check()}
    assert told["WALL_ROLE_TOO_MUCH"]["found"] == "SUPERUSER, BYPASSRLS, OWNER"
    with postgres_database.write() as connection:
        connection.exec_driver_sql("ALTER TABLE plans NO FORCE ROW LEVEL SECURITY")
        connection.exec_driver_sql("DROP POLICY visitors ON tasks")
    told = {each.code: each.facts for each in postgres_database.check()}
    assert told["WALL_MISSING"]["tables"] == ["plans", "tasks"]
    with postgres_database.write() as connection:
        wall.take_down(connection)
    postgres_database.put_up_wall()
    assert "WALL" in {each.code for each in postgres_database.check()}


@pytest.mark.postgres
def test_an_installation_with_one_role_goes_on(postgres: PostgresServer) -> None:
    """A role that owns the tables and may make no other: no wall, everything else as before, and the doctor says it."""
    owner = make_url(postgres.create())
    role = f"{owner.database}_alone"
    with closing(Database(owner.render_as_string(hide_password=False))) as database, database.write() as connection:
        connection.exec_driver_sql(f'CREATE ROLE "{role}" LOGIN; ALTER SCHEMA public OWNER TO "{role}"')
    with closing(Database(owner.set(username=role).render_as_string(hide_password=False))) as database:
        database.upgrade()
        with database.write() as connection:
            connection.execute(bodies.insert().values(kind="office", name="A", fold="a", aliases=[]))
        with database.seen_by(NOBODY).read() as connection:
            assert rows_of(connection, "bodies") == 1
        assert {"WALL_ROLE_TOO_MUCH", "WALL_MISSING"} <= {each.code for each in database.check()}
    with closing(Database(owner.render_as_string(hide_password=False))) as database, database.write() as connection:
        connection.exec_driver_sql(
            f'REASSIGN OWNED BY "{role}" TO CURRENT_USER; DROP OWNED BY "{role}"; DROP ROLE "{role}"'
        )
