"""Who will be told of a report cycle that is laid down and not open yet, and when (RPT-07)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import Connection

from workflows.actions.definitions import StoredDefinitions
from workflows.store import clockwork, directory, escalation_policies, reporting
from workflows.store.escalation_times import Level, still_to_tell

PROCESS, STEP = "bao_cao", "nop_bao_cao"
MORNING = time(6)  # when the sweep that opens cycles comes round


@dataclass(frozen=True)
class UnitAhead:
    """A unit that will be asked, and the people of today who would hear of it; nobody where no post is held."""

    name: str
    people: tuple[str, ...]


@dataclass(frozen=True)
class Foreseen:
    """When the cycle opens, who is asked then, which units nobody followed, and the reminders in the order of time."""

    opens: datetime
    units: Sequence[UnitAhead]
    gone: Sequence[str]
    reminders: Sequence[Level]


def foresee_cycle(connection: Connection, cycle: reporting.Cycle, today: date) -> Foreseen:
    """What opening this cycle will do, as the directory, the calendar and the levels of escalation stand today."""
    calendar = clockwork.calendar_of(connection, cycle.office_id)
    opens = datetime.combine(max(cycle.opens_on, today), MORNING, calendar.zone)
    named = directory.bodies_by_id(connection, reporting.rule(connection, cycle.rule_id).units)
    living = {each.id: directory.in_office(connection, each, today) for each in named.values()}
    there = {found.id: found for found in living.values() if found is not None}
    policy = escalation_policies.policy_of(connection, cycle.office_id) or _drawn(connection)
    return Foreseen(
        opens,
        [UnitAhead(each.name, _people(connection, each.id, today)) for each in there.values()],
        [named[body_id].name for body_id, found in living.items() if found is None],
        still_to_tell(calendar, calendar.end_of(cycle.unit_due), policy, opens),
    )


def _people(connection: Connection, body_id: int, today: date) -> tuple[str, ...]:
    keys = (directory.group(role, body_id) for role in ("thu_truong", "can_bo"))
    return tuple(dict.fromkeys(each.name for key in keys for each in directory.holders_of(connection, key, today)))


def _drawn(connection: Connection) -> tuple[tuple[int, str], ...]:
    """The levels with which the newest version of the process was drawn."""
    definitions = StoredDefinitions(connection)
    process = definitions.load(definitions.latest(PROCESS)).process(PROCESS)
    nodes = process.walk() if process is not None else ()
    return next((node.human.escalation for node in nodes if node.id == STEP and node.human is not None), ())
