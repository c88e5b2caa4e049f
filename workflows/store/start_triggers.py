"""What starts cases by itself: the timer, message and signal start events of the newest version of each process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, insert, select, update

from workflows.engine import StartTrigger

from .tables.processes import start_triggers


@dataclass(frozen=True)
class Armed:
    """A start event that waits, with the definition that it starts a case of."""

    definition_id: int
    trigger: StartTrigger


def replace_triggers(
    connection: Connection, process: str, definition_id: int, triggers: Sequence[StartTrigger]
) -> None:
    """Let the newest version of a process wait in place of the older one (ET4)."""
    connection.execute(delete(start_triggers).where(start_triggers.c.process == process))
    rows = [{"definition_id": definition_id, **_row(each)} for each in triggers if _waits(each)]
    if rows:
        connection.execute(insert(start_triggers), rows)


def triggers_for(connection: Connection, kind: str, name: str) -> list[Armed]:
    """The start events that wait for this message or signal, by process."""
    wanted = select(start_triggers).where(start_triggers.c.kind == kind, start_triggers.c.name == name)
    return _armed(connection, wanted.order_by(start_triggers.c.process, start_triggers.c.start))


def due_starts(connection: Connection, now: datetime, limit: int) -> list[Armed]:
    """The start timers that should have fired by now, in the order of their instants."""
    wanted = select(start_triggers).where(start_triggers.c.due <= now)
    order = (start_triggers.c.due, start_triggers.c.process, start_triggers.c.start)
    return _armed(connection, wanted.order_by(*order).limit(limit))


def move_on(connection: Connection, fired: Armed, following: StartTrigger | None) -> bool:
    """Put the next firing in the place of the one that fires now; False when somebody else fired it first."""
    trigger = fired.trigger
    this = (
        start_triggers.c.process == trigger.process,
        start_triggers.c.start == trigger.start,
        start_triggers.c.definition_id == fired.definition_id,
        start_triggers.c.due == trigger.due,
    )
    if following is None:
        return connection.execute(delete(start_triggers).where(*this)).rowcount == 1
    new = {"due": following.due, "facts": _facts(following)}
    return connection.execute(update(start_triggers).where(*this).values(new)).rowcount == 1


def _waits(trigger: StartTrigger) -> bool:
    """A cycle without any firing waits for nothing."""
    return trigger.kind != "timer" or trigger.due is not None


def _row(trigger: StartTrigger) -> dict[str, Any]:
    row = {"process": trigger.process, "start": trigger.start, "kind": trigger.kind, "name": trigger.name}
    return {**row, "due": trigger.due, "facts": _facts(trigger)}


def _facts(trigger: StartTrigger) -> dict[str, Any]:
    anchor = trigger.anchor.isoformat() if trigger.anchor else None
    return {"cycle": trigger.cycle, "anchor": anchor, "fired": trigger.fired, "left": trigger.left}


def _armed(connection: Connection, wanted: Select[Any]) -> list[Armed]:
    return [Armed(row.definition_id, _trigger(row)) for row in connection.execute(wanted)]


def _trigger(row: Row[Any]) -> StartTrigger:
    facts = row.facts
    anchor = datetime.fromisoformat(facts["anchor"]) if facts["anchor"] else None
    return StartTrigger(
        row.process, row.start, row.kind, row.name, row.due, facts["cycle"], anchor, facts["fired"], facts["left"]
    )
