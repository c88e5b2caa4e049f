"""Which addressees that have a document on paper must still be told that it was corrected, recalled or replaced."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Text, cast, select

from .tables.distributing import recipient_steps
from .tables.issuing import recipients, register, register_relations

TOLD = "told"  # the step of a line; its detail is the id of what happened to the document
# A paper that has left: what still lies in the office goes out with the letter, and is asked about then.
WITH_PAPER = ("da_gui", "da_den", "da_tiep_nhan", "dang_xu_ly", "da_xu_ly")


@dataclass(frozen=True)
class UntoldPaper:
    """One addressee and one thing that happened to the document it has on paper (NĐ 30/2020 Điều 18)."""

    recipient_id: int
    body_name: str
    subject: str
    subject_id: int
    office_id: int
    number: int
    symbol: str
    title: str
    relation_id: int
    relation: str  # dinh_chinh | thu_hoi | thay_the
    reason: str
    by_register_id: int | None
    made_at: datetime


def untold_papers(
    connection: Connection,
    *,
    office_ids: Collection[int] | None = None,
    plan_id: int | None = None,
    recipient_id: int | None = None,
    limit: int = 500,
) -> list[UntoldPaper]:
    """The addressees that nobody told yet, the oldest matter first; of these offices, this plan or this line."""
    told = select(recipient_steps.c.id).where(
        recipient_steps.c.recipient_id == recipients.c.id,
        recipient_steps.c.step == TOLD,
        recipient_steps.c.detail == cast(register_relations.c.id, Text()),
    )
    of: list[ColumnElement[bool]] = [recipients.c.channel == "paper", recipients.c.status.in_(WITH_PAPER)]
    if office_ids is not None:
        of.append(register.c.office_id.in_(office_ids))
    if plan_id is not None:
        of += [recipients.c.subject == "plan", recipients.c.subject_id == plan_id]
    if recipient_id is not None:
        of.append(recipients.c.id == recipient_id)
    same = (register.c.subject == recipients.c.subject) & (register.c.subject_id == recipients.c.subject_id)
    wanted = (
        select(
            recipients.c.id.label("recipient_id"),
            recipients.c.body_name,
            recipients.c.subject,
            recipients.c.subject_id,
            register.c.office_id,
            register.c.number,
            register.c.symbol,
            register.c.title,
            register_relations.c.id.label("relation_id"),
            register_relations.c.relation,
            register_relations.c.reason,
            register_relations.c.by_register_id,
            register_relations.c.made_at,
        )
        .join(register, same)
        .join(register_relations, register_relations.c.register_id == register.c.id)
        .where(*of, ~told.exists())
        .order_by(register_relations.c.id, recipients.c.line, recipients.c.id)
        .limit(limit)
    )
    return [UntoldPaper(**row._mapping) for row in connection.execute(wanted)]
