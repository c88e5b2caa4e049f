"""What changed since this person last saw the plan: against the version they read or decided on, not just the one
before."""

from __future__ import annotations

from dataclasses import dataclass

from service.auth.visit import Visit
from workflows.plans.word_diff import Comparison, compare
from workflows.store import plans, seen


@dataclass(frozen=True)
class Since:
    """The version that the person saw last, and the comparison with the one before their eyes."""

    version: int
    compared: Comparison


def since_last_seen(visit: Visit, current: plans.PlanVersion | None, person: str | None) -> Since | None:
    """None when the person never saw another version, or nothing in the words changed."""
    if current is None or person is None:
        return None
    with visit.web.database.read() as connection:
        version = seen.last_seen(connection, current.plan_id, person, before=current.version)
        if version is None:
            return None
        older = plans.version(connection, current.plan_id, version)
    compared = compare(older.text, current.text)
    return Since(version, compared) if compared.added or compared.removed else None
