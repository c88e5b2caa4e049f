"""What the store knows for the papers of a plan: who issues, who would sign today, what was said and reported."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from workflows.plans.capacity import SigningCapacity, signature_block
from workflows.plans.consolidation import given_in
from workflows.plans.consultation_papers import OpinionGiven
from workflows.plans.duties import number_in_document
from workflows.plans.plan_matter import PlanMatter, Sender
from workflows.plans.report_form import form_of
from workflows.plans.report_paper import Figures
from workflows.plans.task_appendix import DutyLine
from workflows.store import consultation, directory, plans, reporting, submitting

from .approve import CAPACITIES
from .reports.summary import summary_of


def matter_of(connection: Connection, plan: plans.Plan, today: date) -> PlanMatter:
    """The plan and its issuers as they are today; a block without a name where nobody holds the post."""
    office = directory.body(connection, plan.office_id)
    unit = directory.body(connection, plan.drafting_unit_id)
    place = office.place or ""
    block = _office_block(connection, plan, office, today)
    return PlanMatter(
        title=plan.title,
        office=Sender(office.name, _superior(connection, office), place, block),
        unit=Sender(unit.name, office.name, place, _unit_block(connection, unit, today)),
        day=today,
        number=plan.number,
        symbol=plan.symbol,
        issued_on=plan.issued_on,
    )


def opinions_given(connection: Connection, plan_id: int) -> list[OpinionGiven]:
    """Every opinion of every round, oldest round first."""
    return [
        OpinionGiven(
            each.body_name,
            of.no,
            each.outcome,
            each.text,
            each.disposition,
            each.disposition_text,
            late=each.late,
        )
        for of in consultation.rounds_of(connection, plan_id)
        for each in consultation.opinions_of(connection, of.id)
    ]


def duty_lines(connection: Connection, plan_id: int) -> list[DutyLine]:
    """The duties as the plan names them."""
    return [
        DutyLine(
            number_in_document(duty.no),
            duty.title,
            duty.lead_raw or "; ".join(str(lead.get("raw", "")) for lead in duty.leads),
            "; ".join(str(each.get("raw", "")) for each in duty.coop),
            duty.time_raw or "",
            duty.products,
        )
        for duty in plans.duties_of(connection, plan_id)
    ]


def figures_of(connection: Connection, cycle: reporting.Cycle) -> Figures:
    """What the office's report rests on: as it was frozen, or as it is today where it is not yet."""
    summary = cycle.summary or summary_of(cycle, submitting.submissions_of(connection, cycle.id))
    sent = {each["body"]: date.fromisoformat(each["sent"]) for each in summary["units"] if each["sent"]}
    return Figures(form_of(summary["form"]), given_in(summary), sent)


def names_of(connection: Connection, ids: Sequence[int | None]) -> list[str]:
    """The names of these bodies in their order; an absent one is left out."""
    found = directory.bodies_by_id(connection, [each for each in ids if each])
    return [found[each].name for each in ids if each in found]


def _superior(connection: Connection, office: directory.Body) -> str | None:
    return directory.body(connection, office.parent_id).name if office.parent_id else None


def _office_block(connection: Connection, plan: plans.Plan, office: directory.Body, today: date) -> tuple[str, ...]:
    capacity = SigningCapacity(dict(CAPACITIES)[plan.signer_role])
    holder = next(iter(directory.holders_of(connection, f"{plan.signer_role}@{office.id}", today)), None)
    return signature_block(capacity, office.name, holder.title if holder else "", holder.name if holder else "")


def _unit_block(connection: Connection, unit: directory.Body, today: date) -> tuple[str, ...]:
    holder = directory.head_of(connection, unit.id, today)
    return signature_block(
        SigningCapacity(""), unit.name, holder.title if holder else "", holder.name if holder else ""
    )
