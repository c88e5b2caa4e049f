"""What was typed into a form stays with whoever typed it, also when the session ends before it is handed in."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.errors import Refused
from workflows.store import own_desk

from .desk import Desk
from .keep_draft import LONGEST_DRAFT, MOST_FIELDS
from .state_secrets import require_no_secret

LONGEST_PATH = 200


def keep_form(desk: Desk, person_id: int, path: str, fields: Mapping[str, str]) -> None:
    """Keep these fields of the form on this page, without those that are empty. Refused: TOO_LONG, STATE_SECRET."""
    kept = {name: value for name, value in fields.items() if value}
    if len(path) > LONGEST_PATH or len(kept) > MOST_FIELDS or sum(map(len, kept.values())) > LONGEST_DRAFT:
        raise Refused("TOO_LONG", field="van_ban", most=LONGEST_DRAFT)
    require_no_secret(*kept.values())
    with desk.open() as work:
        if kept:
            own_desk.save_form(work.connection, person_id, path, kept, work.now)
        else:
            own_desk.forget_form(work.connection, person_id, path)


def drop_form(desk: Desk, person_id: int, path: str) -> None:
    """The form was handed in, or its person begins anew."""
    with desk.open() as work:
        own_desk.forget_form(work.connection, person_id, path)
