"""The deployed processes: each version, and how many cases run on it, and where those stand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from workflows.bpmn.draw import Marks
from workflows.bpmn.model import Process
from workflows.store.of_offices import Offices, is_of
from workflows.store.tables.processes import cases, definitions
from workflows.store.tables.worklist import incidents, subscriptions, tasks, timers


@dataclass(frozen=True)
class Version:
    """One version of a process, without its file."""

    id: int
    key: str
    version: int
    name: str
    deployed_at: datetime
    deployed_by: str | None
    running: int


@dataclass(frozen=True)
class Deployed:
    """A process with its versions, newest first."""

    key: str
    versions: tuple[Version, ...]

    @property
    def newest(self) -> Version:
        """The version that new cases follow."""
        return self.versions[0]

    @property
    def running(self) -> int:
        """How many cases are under way, on whichever version."""
        return sum(each.running for each in self.versions)


def deployed_processes(connection: Connection, offices: Offices = None, key: str | None = None) -> list[Deployed]:
    """Every deployed process by key (only this one); cases of these offices are counted, None among them: of none."""
    running = (
        select(cases.c.definition_id, func.count().label("running"))
        .where(cases.c.status == "active", is_of(cases.c.office_id, offices))
        .group_by(cases.c.definition_id)
        .subquery()
    )
    shown = [definitions.c[name] for name in ("id", "key", "version", "name", "deployed_at", "deployed_by")]
    wanted = (
        select(*shown, func.coalesce(running.c.running, 0).label("running"))
        .outerjoin(running, running.c.definition_id == definitions.c.id)
        .order_by(definitions.c.key, definitions.c.version.desc())
    )
    if key is not None:
        wanted = wanted.where(definitions.c.key == key)
    found: dict[str, list[Version]] = {}
    for row in connection.execute(wanted):
        found.setdefault(row.key, []).append(Version(**row._mapping))
    return [Deployed(each, tuple(versions)) for each, versions in found.items()]


def live_marks(connection: Connection, definition_id: int, process: Process, offices: Offices = None) -> Marks:
    """Where all running cases of this version stand: how many wait at each element, and where something went wrong."""
    nodes = {node.id: node for node in process.walk()}
    here = (cases.c.definition_id == definition_id, is_of(cases.c.office_id, offices))
    tokens: Counter[str] = Counter()
    for table, extra in ((tasks, tasks.c.status == "open"), (timers, None), (subscriptions, None)):
        wanted = select(table.c.element, func.count()).join(cases, cases.c.id == table.c.case_id)
        wanted = wanted.where(*here, cases.c.status == "active")
        wanted = wanted.where(extra) if extra is not None else wanted
        for element, count in connection.execute(wanted.group_by(table.c.element)):
            node = nodes.get(element)
            if node is not None and node.attached_to is None and node.kind != "startEvent":
                tokens[element] += count
    hurt = select(incidents.c.element).join(cases, cases.c.id == incidents.c.case_id).distinct()
    rows = connection.execute(hurt.where(*here))
    return Marks(dict(tokens), {}, frozenset(element for (element,) in rows if element))
