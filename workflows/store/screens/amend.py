"""What an issued plan came to, and what may be chosen in the forms about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from workflows.store import document_files, issuing
from workflows.store.document_files import DocumentFile
from workflows.store.plans import Plan
from workflows.store.tables.directory import bodies
from workflows.store.tables.issuing import recipients
from workflows.store.tables.plans import plans

MOST_CHOICES = 300


@dataclass(frozen=True)
class Amended:
    """What happened to the document; the other issued plans of the office; the bodies that do not have it."""

    relations: list[Row[Any]]
    others: list[Row[Any]]
    bodies: list[Row[Any]]

    @property
    def is_recalled(self) -> bool:
        """Whether it was recalled, so that nothing else can be done to it."""
        return any(each.relation == "thu_hoi" for each in self.relations)


def amended(connection: Connection, plan: Plan, register_id: int) -> Amended:
    """All three, the newest plans first, the bodies by name."""
    others = (
        select(plans.c.id, plans.c.title, plans.c.number, plans.c.symbol)
        .where(plans.c.office_id == plan.office_id, plans.c.id != plan.id, plans.c.number.is_not(None))
        .order_by(plans.c.id.desc())
        .limit(MOST_CHOICES)
    )
    have = select(recipients.c.body_id).where(
        recipients.c.subject == "plan", recipients.c.subject_id == plan.id, recipients.c.body_id.is_not(None)
    )
    without = (
        select(bodies.c.id, bodies.c.name)
        .where(
            bodies.c.id.not_in(have),
            bodies.c.id != plan.office_id,
            bodies.c.kind != "group",
            bodies.c.valid_to.is_(None),
            (bodies.c.office_id == plan.office_id) | (bodies.c.kind == "office") | (bodies.c.organ_code.is_not(None)),
        )
        .order_by(bodies.c.fold)
        .limit(MOST_CHOICES)
    )
    return Amended(
        issuing.relations_of(connection, [register_id]),
        list(connection.execute(others)),
        list(connection.execute(without)),
    )


def letters_of(connection: Connection, relations: Sequence[Row[Any]]) -> dict[int, Sequence[DocumentFile]]:
    """The kept files of the letters behind these records, by the letter's line in the register."""
    lines = [each.by_register_id for each in relations if each.by_register_id is not None]
    return {line: document_files.files_of(connection, "register", line) for line in lines}


def letter_symbol(symbol: str) -> str:
    """A proposal for the symbol of a letter of the same office: "UBND-VP" beside "KH-UBND"."""
    return f"{symbol.partition('-')[2] or 'UBND'}-VP"
