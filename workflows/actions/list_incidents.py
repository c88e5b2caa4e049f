"""What an administrator has to look at: the open incidents of the own office, with the names of their steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from workflows.bpmn.steps import step_name
from workflows.store.screens.incidents import OpenIncident, open_incidents

from .administration import reach, require_administrator
from .definitions import StoredDefinitions
from .desk import Desk

MOST_SHOWN = 500


@dataclass(frozen=True)
class SeenIncident:
    """An incident and what its step is called in the process; None where it is of no step."""

    incident: OpenIncident
    step: str | None


def list_incidents(desk: Desk, limit: int = MOST_SHOWN, after: Sequence[Any] | None = None) -> list[SeenIncident]:
    """The open incidents of the offices that the actor administers, oldest first; NOT_YOURS for everybody else."""
    require_administrator(desk.by, None)
    with desk.database.read() as connection:
        found = open_incidents(connection, reach(desk.by), limit, after=after)
        return [SeenIncident(each, _step_of(connection, each)) for each in found]


def _step_of(connection: Connection, incident: OpenIncident) -> str | None:
    if incident.element is None:
        return None
    definition = StoredDefinitions(connection).load(str(incident.definition_id))
    nodes = (node for process in definition.processes for node in process.walk())
    return next((step_name(node) for node in nodes if node.id == incident.element), incident.element)
