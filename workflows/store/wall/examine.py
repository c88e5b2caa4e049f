"""Whether the wall stands, for `kehoach doctor` and for whoever starts the pages (PostgreSQL)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, text

from workflows.store.finding import Finding
from workflows.store.tables import metadata

from .build import HOUSE, VISITORS
from .rules import CLOSED, RULES, SHARED


def examine(connection: Connection) -> Iterator[Finding]:
    """How the role stands as which the program works, and what is missing of the wall."""
    role = connection.execute(
        text(
            "SELECT current_user AS name, rolsuper, rolbypassrls,"
            " (SELECT pg_has_role(relowner, 'MEMBER') FROM pg_class WHERE oid = to_regclass('cases'))"
            " AS owns FROM pg_roles WHERE rolname = current_user"
        )
    ).one()
    told = {"rolsuper": "SUPERUSER", "rolbypassrls": "BYPASSRLS", "owns": "OWNER"}
    wrong = [word for name, word in told.items() if getattr(role, name)]
    if wrong:
        yield Finding("WALL_ROLE_TOO_MUCH", "warning", {"role": role.name, "found": ", ".join(wrong)})
    else:
        yield Finding("WALL_ROLE", "ok", {"role": role.name})
    missing = _missing(connection)
    if missing:
        yield Finding("WALL_MISSING", "warning", {"tables": missing, "count": len(missing)})
    else:
        yield Finding("WALL", "ok")


def sees_everything(connection: Connection) -> bool:
    """Whether this role reads every row, so that what it copies is whole."""
    asked = text(
        "SELECT NOT row_security_active('cases') OR EXISTS (SELECT FROM pg_policy WHERE polrelid = 'cases'::regclass"
        " AND polname = 'house' AND EXISTS (SELECT FROM unnest(polroles) AS r WHERE pg_has_role(r, 'USAGE')))"
    )
    return bool(connection.execute(asked).scalar())


def _missing(connection: Connection) -> list[str]:
    """The tables of which a visitor could see more than the rules say."""
    walls = {
        row.name: row
        for row in connection.execute(
            text(
                "SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS forced,"
                " array(SELECT polname::text FROM pg_policy WHERE polrelid = c.oid) AS policies"
                " FROM pg_class AS c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'"
            )
        )
    }
    return [table.name for table in metadata.sorted_tables if not _holds(RULES[table.name], walls.get(table.name))]


def _holds(rule: str, wall: Row[Any] | None) -> bool:
    """Whether a table has the wall that its rule asks for."""
    if rule is SHARED:
        return True
    return wall is not None and wall.forced and set(wall.policies) == ({HOUSE} if rule is CLOSED else {HOUSE, VISITORS})
