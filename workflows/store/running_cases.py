"""The cases of a process that are under way: which version each follows and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from workflows.engine import State, state_from_json

from .of_offices import Offices, is_of
from .tables.processes import cases, definitions


@dataclass(frozen=True)
class RunningCase:
    """A case under way; `steps` are the elements that hold it, each once, `version` that of its definition."""

    id: int
    business_key: str | None
    office_id: int | None
    plan_id: int | None
    version: int
    suspended: bool
    started_at: datetime
    steps: tuple[str, ...]


def running_cases(
    connection: Connection,
    process: str,
    version: int | None = None,
    *,
    offices: Offices = None,
    after: int | None = None,
    limit: int | None = None,
) -> list[RunningCase]:
    """The cases of this process that have not ended (of this version only), oldest first.

    `offices` None stands for all, a None inside for cases of no office; `after` is the last case of the page before.
    """
    columns = (cases.c.id, cases.c.business_key, cases.c.office_id, cases.c.plan_id, definitions.c.version)
    wanted = (
        select(*columns, cases.c.suspended, cases.c.started_at, cases.c.state)
        .join_from(cases, definitions, definitions.c.id == cases.c.definition_id)
        .where(cases.c.process == process, cases.c.status == "active")
        .order_by(cases.c.id)
    )
    if version is not None:
        wanted = wanted.where(definitions.c.version == version)
    wanted = wanted.where(is_of(cases.c.office_id, offices))
    if after is not None:
        wanted = wanted.where(cases.c.id > after)
    return [_running(row) for row in connection.execute(wanted.limit(limit))]


def _running(row: Row[Any]) -> RunningCase:
    facts = dict(row._mapping)
    return RunningCase(steps=_steps(state_from_json(facts.pop("state"))), **facts)


def _steps(state: State) -> tuple[str, ...]:
    """What is open and holds nothing inside, in the order in which it was opened."""
    inner = (place for place in state.instances.values() if place.id not in state.children and place.parent is not None)
    return tuple(dict.fromkeys(place.element for place in inner))
