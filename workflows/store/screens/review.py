"""What a draft's reading names that the directory does not know."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from workflows.plans.document import PlanDocument
from workflows.plans.duties import duties_of
from workflows.store import directory
from workflows.store.plans import Plan


def unknown_names(connection: Connection, plan: Plan, document: PlanDocument, on: date) -> list[str]:
    """The leading bodies that nobody in the directory answers to, each once, in the order of the document."""
    names = dict.fromkeys(name for duty in duties_of(document) for name in duty.leads)
    return [name for name in names if directory.find_body(connection, plan.office_id, name, on) is None]
