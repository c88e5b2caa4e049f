"""Placing a transaction before the wall: from its first statement on it sees what one visitor may see."""

from __future__ import annotations

from typing import cast

import psycopg
from psycopg import pq
from sqlalchemy import Connection, text

from workflows.store import driver

from .visitor import Visitor

# The role that the visitors' policies name, where this role may take its place; none where no wall stands.
_ROLE = text(
    "SELECT quote_ident(r.rolname) FROM pg_policy AS p JOIN pg_roles AS r ON r.oid = p.polroles[1]"
    " WHERE p.polrelid = to_regclass('cases') AND p.polname = 'visitors'"
    " AND pg_has_role(current_user, r.oid, 'MEMBER')"
)


class Wall:
    """The wall of one database, as one process knows it: looked for once, when the first visitor comes."""

    def __init__(self) -> None:
        self._role: str | None = None
        self._is_known = False

    def place(self, connection: Connection, visitor: Visitor) -> None:
        """Make this transaction the visitor's; role and settings end with it, whatever ends it.

        All is said together with BEGIN, so that it costs no message of its own.
        """
        if not self._is_known:
            self._role = connection.execute(_ROLE).scalar()
            self._is_known = True
        if self._role is None:
            return
        escaping = pq.Escaping(cast("psycopg.Connection[object]", connection.connection.driver_connection).pgconn)
        said = [f"SET LOCAL ROLE {self._role}"]
        for name, value in visitor.settings():
            said.append(f"SET LOCAL {name} = {bytes(escaping.escape_literal(value.encode())).decode()}")
        driver.say(connection, "; ".join(said))
