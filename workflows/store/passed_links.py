"""Who has the link of a body now that it was handed on inside the body; kept in the outbox as what was told."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from .tables.telling import outbox

PASSED = "link_passed"


@dataclass(frozen=True)
class Passed:
    """Whom a link went to: a name and an address inside the body, and how often it was handed on before."""

    name: str
    address: str
    times: int


def key_of(token_hash: str) -> str:
    """The key of the occasion on which the link with this hash was made."""
    return f"{PASSED}:{token_hash}"


def passed_to(connection: Connection, token_hash: str) -> Passed | None:
    """Who has this link by having been handed it; None for one that the body itself was sent."""
    data = connection.execute(select(outbox.c.data).where(outbox.c.key == key_of(token_hash))).scalar_one_or_none()
    return Passed(str(data["name"]), str(data["address"]), int(data["times"])) if data is not None else None
