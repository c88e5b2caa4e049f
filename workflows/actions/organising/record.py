"""Who may change the directory, and the line that every change leaves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.actions.administration import require_administrator
from workflows.actions.desk import Work
from workflows.actions.forms.filing import LONGEST_FIELD
from workflows.errors import Refused
from workflows.store import directory
from workflows.store.directory import Body
from workflows.store.organisation import note_change

LONGEST_NAME = 300


def own_body(work: Work, body_id: int) -> Body:
    """A body of an office that the actor administers; NOT_YOURS for any other."""
    found = directory.body(work.connection, body_id)
    require_administrator(work.by, found.office_id or 0)
    return found


def record(
    work: Work,
    office_id: int,
    change: str,
    facts: Mapping[str, Any],
    *,
    body: int | None = None,
    person: int | None = None,
) -> None:
    """Keep what was changed, by whom and when."""
    note_change(work.connection, office_id, change, work.now, work.by.name, facts, body_id=body, person_id=person)


def checked_name(name: str, field: str, longest: int = LONGEST_NAME) -> str:
    """A name that was typed; FIELD_REQUIRED, TOO_LONG."""
    words = " ".join(name.split())
    if not words:
        raise Refused("FIELD_REQUIRED", field=field)
    if len(words) > min(longest, LONGEST_FIELD):
        raise Refused("TOO_LONG", field=field, most=longest)
    return words
