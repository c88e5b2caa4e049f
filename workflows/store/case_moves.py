"""Moves of many cases to another version: which went, which did not and why, and which were taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, insert, select, true, update

from workflows.errors import NotFound

from .of_offices import Offices, is_of
from .tables.designing import case_move_lines as lines
from .tables.designing import case_moves as moves
from .tables.processes import cases

# Whose cases somebody may look at: None stands for all, a None inside for cases of no office.


@dataclass(frozen=True)
class MoveLine:
    """One case of a move; `reasons` are codes with facts of what kept it."""

    case_id: int
    from_version: int
    done: bool
    reasons: list[dict[str, Any]]
    undone_at: datetime | None


@dataclass(frozen=True)
class Move:
    """A move as it was ordered, with how many cases went and how many of these came back."""

    id: int
    process: str
    to_version: int
    reason: str
    by_person: str | None
    by_name: str
    at: datetime
    moved: int
    undone: int


def keep_move(
    connection: Connection, facts: dict[str, Any], found: Iterable[tuple[int, int, bool, list[dict[str, Any]]]]
) -> int:
    """Write a move with its lines (case, version before, done, reasons); its id."""
    move_id: int = connection.execute(insert(moves).values(facts).returning(moves.c.id)).scalar_one()
    rows = [
        {"move_id": move_id, "case_id": case, "from_version": before, "done": done, "reasons": reasons}
        for case, before, done, reasons in found
    ]
    if rows:
        connection.execute(insert(lines), rows)
    return move_id


def moves_of(connection: Connection, process: str, offices: Offices, most: int = 20) -> list[Move]:
    """The last moves of a process that touched cases of these offices, newest first, counted over those alone."""
    wanted = _counted(offices).where(moves.c.process == process).order_by(moves.c.id.desc()).limit(most)
    return [Move(**row._mapping) for row in connection.execute(wanted)]


def move(connection: Connection, move_id: int, offices: Offices) -> Move:
    """This move; `NotFound` when there is none that touched cases of these offices."""
    row = connection.execute(_counted(offices).where(moves.c.id == move_id)).one_or_none()
    if row is None:
        raise NotFound("case_move", id=move_id)
    return Move(**row._mapping)


def lines_of(connection: Connection, move_id: int, offices: Offices) -> list[MoveLine]:
    """The cases of a move that are of these offices, in their order."""
    shown = (lines.c.case_id, lines.c.from_version, lines.c.done, lines.c.reasons, lines.c.undone_at)
    wanted = select(*shown).where(lines.c.move_id == move_id, _of(offices)).order_by(lines.c.case_id)
    return [MoveLine(*row) for row in connection.execute(wanted)]


def note_undone(connection: Connection, move_id: int, case_id: int, now: datetime) -> None:
    """A case of a move is back on the version that it had."""
    own = (lines.c.move_id == move_id, lines.c.case_id == case_id)
    connection.execute(update(lines).where(*own).values(undone_at=now))


def _counted(offices: Offices) -> Select[Any]:
    counted = (
        select(
            lines.c.move_id,
            func.count().filter(lines.c.done).label("moved"),
            func.count(lines.c.undone_at).label("undone"),
        )
        .where(_of(offices))
        .group_by(lines.c.move_id)
        .subquery()
    )
    return select(moves, counted.c.moved, counted.c.undone).join(counted, counted.c.move_id == moves.c.id)


def _of(offices: Offices) -> ColumnElement[bool]:
    """Whether a line is of a case of these offices."""
    if offices is None:
        return true()
    return lines.c.case_id.in_(select(cases.c.id).where(is_of(cases.c.office_id, offices)))
