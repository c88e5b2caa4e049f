"""What a draft's reading names that the directory does not know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Connection

from workflows.plans.document import PlanDocument
from workflows.plans.duties import duties_of
from workflows.store import corrections, directory
from workflows.store.plans import Plan


def succeeded_names(connection: Connection, plan: Plan, document: PlanDocument, on: date) -> list[tuple[str, str]]:
    """Names of bodies that are no more, each with the name of the one that followed it, in the document's order."""
    written = [name for duty in duties_of(document) for name in duty.leads]
    written += [name for recipient in document.recipients for name in recipient.names]
    found = ((name, directory.find_meant(connection, plan.office_id, name, on)) for name in dict.fromkeys(written))
    return [(name, meant.body.name) for name, meant in found if meant is not None and meant.succeeded]


def unknown_names(connection: Connection, plan: Plan, document: PlanDocument, on: date) -> list[str]:
    """The leading bodies that nobody in the directory answers to, each once, in the order of the document."""
    names = dict.fromkeys(name for duty in duties_of(document) for name in duty.leads)
    return [name for name in names if directory.find_body(connection, plan.office_id, name, on) is None]


def offered_bodies(connection: Connection, plan: Plan, unknown: Sequence[str], on: date) -> Mapping[str, int]:
    """For each unknown name that people of this office put right before: the body that they meant then."""
    put_right = corrections.names_put_right(connection, plan.office_id) if unknown else {}
    found = {
        name: directory.find_body(connection, plan.office_id, put_right[name], on)
        for name in unknown
        if name in put_right
    }
    return {name: body.id for name, body in found.items() if body is not None}
