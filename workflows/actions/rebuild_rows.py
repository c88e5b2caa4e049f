"""The rows that say what is open in a case are written anew from its events, which stays in the case's own history."""

from __future__ import annotations

from workflows.engine.events import RowsRebuilt
from workflows.store import cases, rebuilding

from .desk import Desk
from .handle import who


def rebuild_rows(desk: Desk, case_id: int, *, dry_run: bool = False) -> tuple[str, ...]:
    """Make the rows of a case what its events lead to; which rows that are. With `dry_run` nothing is written.

    The log itself is taken as it is: whoever asks has proved it before. Refused: LOG_UNREADABLE, ROW_IN_USE.
    """
    with desk.open() as work:
        wrong = rebuilding.wrong_rows(work.connection, case_id)
        if wrong is None:
            return ()
        rows = tuple(dict.fromkeys(each.about for each in wrong.found))
        if rows and not dry_run:
            rebuilding.write_anew(work.connection, wrong)
            case = cases.load_case(work.connection, case_id, lock=True)
            cases.append(work.connection, case, [RowsRebuilt(rows)], state=case.state, now=work.now, actor=who(work.by))
        return rows
