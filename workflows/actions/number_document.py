"""Number, date and the frozen bytes of a document, in the transaction that also enters it in the register."""

from __future__ import annotations

from datetime import date

from workflows.engine.calendar import VIETNAM
from workflows.errors import Refused
from workflows.plans.final_text import final_text
from workflows.plans.numbering import format_number, plan_symbol, report_symbol
from workflows.store import directory, issuing, plans, reporting

from .desk import Work
from .outgoing_line import enter_line


def number_plan_document(work: Work, plan_id: int, day: date) -> str:
    """Number the signed plan; how it is cited, for example "16/KH-UBND"."""
    plan = plans.plan(work.connection, plan_id)
    version = plans.version(work.connection, plan_id, plan.version)
    office = directory.body(work.connection, plan.office_id)
    symbol = plan_symbol(office.name)
    signed = _signature(work, "plan", plan_id, version.content_hash)
    number = _enter(work, "plan", plan_id, plan.office_id, symbol, version.document.title or plan.title, signed, day)
    text = final_text(
        version.text,
        version.document,
        number=number,
        symbol=symbol,
        day=day,
        place=version.document.place or office.place or "",
        signature=list(signed.block),
    )
    issuing.freeze(work.connection, "plan", plan_id, text.encode(), work.now)
    plans.change_plan(work.connection, plan_id, number=number, symbol=symbol, issued_on=day)
    return format_number(number, symbol)


def number_report_document(work: Work, cycle_id: int, day: date) -> str:
    """Number the signed report of a cycle; how it is cited, for example "31/BC-UBND"."""
    cycle = reporting.cycle(work.connection, cycle_id)
    plan = plans.plan(work.connection, cycle.plan_id)
    office = directory.body(work.connection, cycle.office_id)
    symbol = report_symbol(office.name)
    signed = _signature(work, "report", cycle_id, cycle.report_hash or "")
    title = f"Kết quả thực hiện {plan.title}"
    number = _enter(work, "report", cycle_id, cycle.office_id, symbol, title, signed, day)
    lines = [f"Số: {format_number(number, symbol)}", "", "BÁO CÁO", title, "", cycle.report or "", "", *signed.block]
    issuing.freeze(work.connection, "report", cycle_id, "\n".join(lines).encode(), work.now)
    reporting.change_cycle(work.connection, cycle_id, number=number, symbol=symbol)
    return format_number(number, symbol)


def _signature(work: Work, subject: str, subject_id: int, content_hash: str) -> issuing.Approval:
    """The signature that stands on exactly this content."""
    for approval in issuing.standing_approvals(work.connection, subject, subject_id):
        if approval.role == "ky" and approval.content_hash == content_hash:
            return approval
    raise Refused("NOT_SIGNED", subject=subject, id=subject_id)


def _enter(  # noqa: PLR0917 - the columns of the register
    work: Work,
    subject: str,
    subject_id: int,
    office_id: int,
    symbol: str,
    title: str,
    signed: issuing.Approval,
    day: date,
) -> int:
    """Take the next number and enter the document; its date follows the signature (NĐ 30 Điều 15)."""
    if issuing.register_line_of(work.connection, subject, subject_id) is not None:
        raise Refused("ALREADY_NUMBERED", subject=subject, id=subject_id)
    if day < signed.at.astimezone(VIETNAM).date():
        raise Refused("DATE_BEFORE_SIGNATURE", field="ngay", value=day.isoformat())
    values = {
        "subject": subject,
        "subject_id": subject_id,
        "title": title,
        "signer": signed.person_name,
        "status": "issued",
    }
    _, number = enter_line(work, office_id, symbol, day, values)
    return number
