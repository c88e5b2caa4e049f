"""Putting the wall up: roles, functions, policies and grants, all in the transaction of an upgrade (PostgreSQL).

It is described anew by the program at each upgrade rather than changed step by step: what the database has is compared
with what it should have by a digest, and replaced as a whole. See decision 0060.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

import psycopg
from sqlalchemy import Connection, text

from workflows.store.tables import metadata

from .functions import FUNCTIONS
from .rules import CLOSED, RULES, SHARED

HOUSE, VISITORS = "house", "visitors"
# The function whose comment says by which description the wall was built.
_SIGNED = "kehoach_plan_concerns(bigint)"
_WRITES = "SELECT, INSERT, UPDATE, DELETE"


@dataclass(frozen=True)
class Runtime:
    """The role as which the program works; `password` only where the role may have to be made."""

    role: str
    password: str = ""


@dataclass(frozen=True)
class _Roles:
    house: tuple[str, ...]  # who sees and writes every row: the owner of the tables and the program
    visitor: str


def put_up(connection: Connection, runtime: Runtime | None = None) -> bool:
    """Let the wall stand for the one who is connected and this runtime role (None: those it stood for before).

    False where visitors have no role and none may be made, or the tables are somebody else's: nothing is changed then,
    the program works as before, and `examine` says what is missing.
    """
    roles = _roles(connection, runtime)
    if roles is None:
        return False
    described = list(_described(connection, roles))
    digest = sha256(";".join(described).encode()).hexdigest()
    if _standing(connection) == digest:
        return True
    take_down(connection)
    _run(connection, [*described, f"COMMENT ON FUNCTION {_SIGNED} IS '{digest}'"])
    return True


def take_down(connection: Connection) -> None:
    """Take every policy and function away, as before migrations, whose tables and columns they name."""
    found = connection.execute(
        text(
            "SELECT format('DROP POLICY %I ON %s', p.polname, p.polrelid::regclass) FROM pg_policy AS p"
            " JOIN pg_class AS c ON c.oid = p.polrelid"
            " WHERE c.relnamespace = current_schema()::regnamespace AND p.polname IN ('house', 'visitors')"
            " UNION ALL SELECT format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY',"
            " c.oid::regclass) FROM pg_class AS c"
            " WHERE c.relnamespace = current_schema()::regnamespace AND c.relrowsecurity"
            " UNION ALL SELECT format('DROP FUNCTION %s', p.oid::regprocedure) FROM pg_proc AS p"
            " WHERE p.pronamespace = current_schema()::regnamespace"
            " AND p.proname ~ '^kehoach_.*(concerns|shown|colleague)$'"
        )
    )
    _run(connection, list(found.scalars()))


def _roles(connection: Connection, runtime: Runtime | None) -> _Roles | None:
    """The roles, those that are missing made where that is allowed; None where there is none for visitors."""
    row = connection.execute(
        text(
            "SELECT current_user AS own, left(current_database(), 55) || '_visitor' AS visitor,"
            " rolsuper OR rolcreaterole AS makes, (SELECT pg_has_role(relowner, 'USAGE') FROM pg_class"
            " WHERE oid = to_regclass('cases')) AS owns FROM pg_roles WHERE rolname = current_user"
        )
    ).one()
    if not row.owns:
        return None
    if runtime and not _exists(connection, runtime.role):
        _run(connection, [f"CREATE ROLE {_name(runtime.role)} LOGIN{_secret(connection, runtime)}"])
    if not _exists(connection, row.visitor):
        if not row.makes:
            return None
        _run(connection, [f"CREATE ROLE {_name(row.visitor)} NOLOGIN NOINHERIT"])
    house = tuple(sorted({row.own, *([runtime.role] if runtime else _of_house(connection))}))
    for each in house:
        if not _is_member(connection, each, row.visitor):
            _run(connection, [f"GRANT {_name(row.visitor)} TO {_name(each)}"])
    return _Roles(house, row.visitor)


def _of_house(connection: Connection) -> list[str]:
    """The roles for which the wall stands that is there now, where one is."""
    asked = text(
        "SELECT r.rolname FROM pg_policy AS p JOIN pg_roles AS r ON r.oid = ANY (p.polroles)"
        " WHERE p.polrelid = to_regclass('cases') AND p.polname = 'house'"
    )
    return list(connection.execute(asked).scalars())


def _described(connection: Connection, roles: _Roles) -> Iterator[str]:
    """Every statement that makes the wall, where none stands."""
    schema = str(connection.execute(text("SELECT quote_ident(current_schema())")).scalar_one())
    house, visitor = ", ".join(map(_name, roles.house)), _name(roles.visitor)
    yield f"GRANT USAGE ON SCHEMA {schema} TO {house}, {visitor}"
    yield f"GRANT {_WRITES} ON ALL TABLES IN SCHEMA {schema} TO {house}"
    yield f"GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA {schema} TO {house}"
    for head, answer in FUNCTIONS:
        name = head.partition("(")[0]
        yield (
            f"CREATE FUNCTION {head} RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE"
            f" SET search_path = {schema}, pg_temp AS $$BEGIN RETURN coalesce({answer}, false); END$$"
        )
        yield f"REVOKE EXECUTE ON FUNCTION {name} FROM PUBLIC"
        yield f"GRANT EXECUTE ON FUNCTION {name} TO {visitor}"
    for table in metadata.sorted_tables:
        yield from _policies(table.name, RULES[table.name], house, visitor)


def _policies(table: str, rule: str, house: str, visitor: str) -> Iterator[str]:
    if rule is SHARED:
        yield f"GRANT SELECT ON {table} TO {visitor}"
        return
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY"
    yield f"CREATE POLICY {HOUSE} ON {table} TO {house} USING (true) WITH CHECK (true)"
    if rule is CLOSED:
        yield f"REVOKE ALL ON {table} FROM {visitor}"
        return
    yield f"CREATE POLICY {VISITORS} ON {table} FOR SELECT TO {visitor} USING ({rule.format(table=table)})"
    yield f"GRANT SELECT ON {table} TO {visitor}"


def _standing(connection: Connection) -> str | None:
    """The digest of the description by which the wall was built that stands now."""
    asked = text("SELECT obj_description(to_regprocedure(:name), 'pg_proc')")
    found: str | None = connection.execute(asked, {"name": _SIGNED}).scalar()
    return found


def _exists(connection: Connection, role: str) -> bool:
    return connection.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role}).first() is not None


def _is_member(connection: Connection, role: str, of: str) -> bool:
    asked = text("SELECT pg_has_role(:role, :of, 'MEMBER')")
    return bool(connection.execute(asked, {"role": role, "of": of}).scalar())


def _secret(connection: Connection, runtime: Runtime) -> str:
    """The password as the server keeps it, so that no log of statements shows it."""
    if not runtime.password:
        return ""
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    kept = driver.pgconn.encrypt_password(runtime.password.encode(), runtime.role.encode(), b"scram-sha-256")
    return f" PASSWORD '{kept.decode()}'"


def _run(connection: Connection, statements: list[str]) -> None:
    if statements:
        driver = connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        driver.execute("; ".join(statements).encode())


def _name(role: str) -> str:
    """A role's name, quoted."""
    return '"' + role.replace('"', '""') + '"'
