"""Which office keeps the processes, which all offices of the house share: its administrators alone change them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from workflows.actions.administration import ADMINISTRATOR, administered
from workflows.actions.desk import Desk
from workflows.engine.actor import Actor
from workflows.errors import Refused
from workflows.store import clockwork, directory
from workflows.store.directory import Body
from workflows.store.local_days import local_day

PROCESS_OFFICE = "process_office"


def process_office(connection: Connection) -> int | None:
    """The office that keeps the processes: the one that was set, else the first entered that has somebody in a post."""
    named = clockwork.setting(connection, PROCESS_OFFICE)
    if isinstance(named, str) and named.isdecimal():
        return int(named)
    return directory.first_staffed_office(connection)


def keeps_processes(connection: Connection, by: Actor) -> bool:
    """Whether this actor may change processes."""
    return by.is_system or process_office(connection) in administered(by)


def require_keeper(connection: Connection, by: Actor) -> None:
    """NOT_PROCESS_KEEPER for everybody but an administrator of that office, and the system."""
    if not keeps_processes(connection, by):
        raise Refused("NOT_PROCESS_KEEPER")


def may_keep(connection: Connection, now: datetime) -> list[Body]:
    """The offices that could keep the processes: those with an administrator."""
    today = local_day(now)
    staffed = directory.bodies_with(connection, ADMINISTRATOR, today)
    return [each for each in directory.offices(connection, today) if each.id in staffed]


def hand_on_processes(desk: Desk, office_id: int) -> None:
    """Let another office keep the processes from now on; Refused: NOT_PROCESS_KEEPER, NO_ADMINISTRATOR.

    An office without an administrator would keep them from everybody for good.
    """
    with desk.open() as work:
        require_keeper(work.connection, work.by)
        if office_id not in {each.id for each in may_keep(work.connection, work.now)}:
            raise Refused("NO_ADMINISTRATOR", field="co_quan_so")
        clockwork.set_setting(work.connection, PROCESS_OFFICE, str(office_id), now=work.now, by=work.by.name)
