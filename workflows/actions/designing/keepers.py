"""Which office keeps the processes, which all offices of the house share: its administrators alone change them."""

from __future__ import annotations

from sqlalchemy import Connection

from workflows.actions.administration import administered
from workflows.actions.desk import Work
from workflows.engine.actor import Actor
from workflows.errors import Refused
from workflows.store import clockwork, directory

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


def hand_on_processes(work: Work, office_id: int) -> None:
    """Let another office keep the processes from now on."""
    require_keeper(work.connection, work.by)
    if directory.body(work.connection, office_id).kind != "office":
        raise Refused("BAD_FIELD", field="co_quan", value=office_id)
    clockwork.set_setting(work.connection, PROCESS_OFFICE, str(office_id), now=work.now, by=work.by.name)
