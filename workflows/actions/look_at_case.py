"""Look at a case from the administrator's side."""

from __future__ import annotations

from workflows.store import cases
from workflows.store.screens.case_seen import CaseSeen, case_seen

from .administration import require_administrator
from .desk import Desk


def look_at_case(desk: Desk, case_id: int) -> CaseSeen:
    """The case with its data, what it waits for and its incidents; NOT_YOURS unless its office is administered."""
    with desk.database.house.read() as connection:  # before the wall another office's case is none at all
        require_administrator(desk.by, cases.load_case(connection, case_id, lock=False).office_id)
    with desk.database.read() as connection:
        return case_seen(connection, cases.load_case(connection, case_id, lock=False))
