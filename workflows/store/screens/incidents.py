"""What went wrong in the cases of some offices and waits for somebody, with where it happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from workflows.store.keyset import behind
from workflows.store.of_offices import Offices, is_of
from workflows.store.tables.directory import bodies
from workflows.store.tables.plans import plans
from workflows.store.tables.processes import cases, definitions
from workflows.store.tables.worklist import incidents


@dataclass(frozen=True)
class OpenIncident:
    """One incident: what failed in which case, of which plan and office, since when; `ended` when its case is over."""

    case_id: int
    incident_id: str
    element: str | None
    code: str
    message: str
    at: datetime
    process: str
    definition_id: int
    process_name: str
    version: int
    business_key: str | None
    office_id: int | None
    office: str | None
    plan_id: int | None
    plan: str | None
    ended: bool


def open_incidents(
    connection: Connection,
    offices: Offices,
    limit: int,
    case_id: int | None = None,
    after: Sequence[Any] | None = None,
) -> list[OpenIncident]:
    """The incidents of these offices (None: of all; None among them: of no office), oldest first.

    Those of cases that are over come last; `after` is the `place` of the last one of the page before.
    """
    in_case = (incidents.c.case_id, func.length(incidents.c.incident_id), incidents.c.incident_id)
    order = (cases.c.ended_at.is_not(None), incidents.c.at, *in_case)
    wanted = (
        select(
            incidents.c.case_id, incidents.c.incident_id, incidents.c.element, incidents.c.code, incidents.c.message,
            incidents.c.at, cases.c.process, cases.c.definition_id, definitions.c.name.label("process_name"),
            definitions.c.version, cases.c.business_key, cases.c.office_id, bodies.c.name.label("office"),
            cases.c.plan_id, plans.c.title.label("plan"), cases.c.ended_at.is_not(None).label("ended"),
        )
        .join_from(incidents, cases, cases.c.id == incidents.c.case_id)
        .join(definitions, definitions.c.id == cases.c.definition_id)
        .outerjoin(bodies, bodies.c.id == cases.c.office_id)
        .outerjoin(plans, plans.c.id == cases.c.plan_id)
        .where(is_of(cases.c.office_id, offices))
        .order_by(*order)
        .limit(limit)
    )  # fmt: skip
    if case_id is not None:
        wanted = wanted.where(incidents.c.case_id == case_id)
    if after is not None:
        wanted = wanted.where(behind(order, after))
    return [OpenIncident(**row._mapping) for row in connection.execute(wanted)]


def place(found: OpenIncident) -> tuple[bool, datetime, int, int, str]:
    """Where an incident stands in the order of these lists."""
    return found.ended, found.at, found.case_id, len(found.incident_id), found.incident_id
