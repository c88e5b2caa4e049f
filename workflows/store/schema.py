"""The schema's version: where this database stands, and the way up and down (Alembic).

Every command asks where it stands and few have a way to go, so Alembic is loaded by those alone (10 MB, 0.2 s).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from workflows.errors import Refused

from .wall import take_down

# Two programs that upgrade at once take turns; the number only has to be ours.
UPGRADE_LOCK = 4_907_212
_STEPS = Path(__file__).with_name("migrations") / "versions"


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Bring the schema to this version inside the caller's transaction; NEW_SCHEMA when a newer program made it."""
    _wait_for_turn(connection)
    found = current(connection)
    if not is_known(found):
        raise Refused("NEW_SCHEMA", current=found, newest=newest())
    if (newest() if revision == "head" else revision) == found:
        return
    from .migrations.steps import go_up  # noqa: PLC0415 - see above

    _without_wall(connection)
    go_up(connection, revision)


def downgrade(connection: Connection, revision: str) -> None:
    """Take the schema back to this version inside the caller's transaction."""
    from .migrations.steps import go_down  # noqa: PLC0415 - see above

    _wait_for_turn(connection)
    _without_wall(connection)
    go_down(connection, revision)


def current(connection: Connection) -> str | None:
    """The version that this database has; None when it is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def newest() -> str:
    """The version that this program wants."""
    return max(_known())


def is_known(revision: str | None) -> bool:
    """Whether this program knows the way from this version; one that it does not know was made by a newer program."""
    return revision is None or revision in _known()


@cache
def _known() -> frozenset[str]:
    """The versions by the names of their files ("0030_accounts_elsewhere.py"); a test holds them to Alembic's chain."""
    return frozenset(each.name.partition("_")[0] for each in _STEPS.glob("[0-9]*_*.py"))


def _without_wall(connection: Connection) -> None:
    """Policies name tables and columns that a migration may change; whoever calls puts the wall up again."""
    if connection.dialect.name == "postgresql":
        take_down(connection)


def _wait_for_turn(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": UPGRADE_LOCK})
