"""Running cases of the own office to another version, all at once, each judged alone; and back again."""

from __future__ import annotations

from typing import Any

from workflows.actions.administration import reach, require_administrator
from workflows.actions.desk import Desk
from workflows.actions.migrate_case import migrate_all, migrate_case
from workflows.actions.reasons import reason_in
from workflows.errors import Reason, Refused
from workflows.store import case_moves, cases
from workflows.store.running_cases import running_cases


def move_cases(desk: Desk, process: str, to_version: int, reason: str) -> int:
    """Move every running case of the own offices; the id of the move, whose lines say which went and why others did
    not. NOT_YOURS, REASON_REQUIRED, NotFound."""
    require_administrator(desk.by, None)
    said = reason_in(reason, "ly_do")
    with desk.database.read() as connection:
        cases.definition_version(connection, process, to_version)
        before = {each.id: each.version for each in running_cases(connection, process)}
    results = migrate_all(desk, process, to_version, reason=said)
    facts = {"process": process, "to_version": to_version, "reason": said}
    facts |= {"by_person": desk.by.person, "by_name": desk.by.name}
    lines = [(each.case_id, before.get(each.case_id, 0), each.done, _told(each.findings)) for each in results]
    with desk.open() as work:
        return case_moves.keep_move(work.connection, {**facts, "at": work.now}, lines)


def undo_move(desk: Desk, move_id: int, reason: str) -> list[tuple[int, tuple[Reason, ...]]]:
    """Bring the cases of a move back to the versions that they had; those that cannot go back, with why.

    NOT_YOURS; NotFound for a move of other offices; NOTHING_TO_UNDO.
    """
    require_administrator(desk.by, None)
    offices = reach(desk.by)
    with desk.database.read() as connection:
        case_moves.move(connection, move_id, offices)
        lines = case_moves.lines_of(connection, move_id, offices)
    own = [each for each in lines if each.done and each.undone_at is None]
    if not own:
        raise Refused("NOTHING_TO_UNDO")
    kept = []
    for each in own:
        try:
            migrate_case(desk, each.case_id, each.from_version, reason=reason)
        except Refused as refused:
            kept.append((each.case_id, refused.reasons))
            continue
        with desk.open() as work:
            case_moves.note_undone(work.connection, move_id, each.case_id, work.now)
    return kept


def _told(reasons: tuple[Reason, ...]) -> list[dict[str, Any]]:
    return [{"code": each.code, "facts": {name: str(value) for name, value in each.facts.items()}} for each in reasons]
