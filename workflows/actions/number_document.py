"""Number, date and the frozen bytes of a document, in the transaction that also enters it in the register."""

from __future__ import annotations

from datetime import date

from workflows.engine.calendar import VIETNAM
from workflows.errors import Refused
from workflows.papers.fonts import find_font
from workflows.papers.write_pdf import pdf_bytes
from workflows.plans.final_text import final_text
from workflows.plans.numbering import format_number, plan_symbol, report_symbol
from workflows.plans.official_document import OfficialDocument
from workflows.plans.plan_paper import Issue
from workflows.store import directory, document_files, issuing, plans, reporting

from .check_mark import keep_check_mark
from .compose_paper import plan_to_issue, report_to_issue
from .desk import Work
from .order_signatures import order_signature
from .outgoing_line import enter_line, take_reserved


def number_plan_document(work: Work, plan_id: int, day: date, reserved_id: int | None = None) -> str:
    """Number the signed plan, with `reserved_id` by a number reserved before; how it is cited: "16/KH-UBND"."""
    plan = plans.plan(work.connection, plan_id)
    version = plans.version(work.connection, plan_id, plan.version)
    office = directory.body(work.connection, plan.office_id)
    symbol = plan_symbol(office.name)
    signed = _signature(work, "plan", plan_id, version.content_hash)
    title = version.document.title or plan.title
    number = _enter(work, "plan", plan_id, plan.office_id, symbol, title, signed, day, reserved_id)
    issue = Issue(number, symbol, day, version.document.place or office.place or "", signed.block)
    text = final_text(
        version.text,
        version.document,
        number=number,
        symbol=symbol,
        day=day,
        place=issue.place,
        signature=list(signed.block),
    )
    _freeze(work, "plan", plan_id, plan_to_issue(work.connection, plan, issue), text, signed)
    plans.change_plan(work.connection, plan_id, number=number, symbol=symbol, issued_on=day)
    return format_number(number, symbol)


def number_report_document(work: Work, cycle_id: int, day: date, reserved_id: int | None = None) -> str:
    """Number the signed report of a cycle in the same way; how it is cited: "31/BC-UBND"."""
    cycle = reporting.cycle(work.connection, cycle_id)
    plan = plans.plan(work.connection, cycle.plan_id)
    office = directory.body(work.connection, cycle.office_id)
    symbol = report_symbol(office.name)
    signed = _signature(work, "report", cycle_id, cycle.report_hash or "")
    title = f"Kết quả thực hiện {plan.title}"
    number = _enter(work, "report", cycle_id, cycle.office_id, symbol, title, signed, day, reserved_id)
    issue = Issue(number, symbol, day, office.place or "", signed.block)
    lines = [f"Số: {format_number(number, symbol)}", "", "BÁO CÁO", title, "", cycle.report or "", "", *signed.block]
    _freeze(work, "report", cycle_id, report_to_issue(work.connection, cycle, issue), "\n".join(lines), signed)
    reporting.change_cycle(work.connection, cycle_id, number=number, symbol=symbol)
    return format_number(number, symbol)


def _freeze(  # noqa: PLR0917 - what is frozen
    work: Work, subject: str, subject_id: int, paper: OfficialDocument, text: str, signed: issuing.Approval
) -> None:
    """Freeze the PDF, keep its text beside it, order its signature; without a font the text itself is frozen (0019)."""
    mark = keep_check_mark(work, signed.content_hash, subject, subject_id, paper.notation)
    try:
        font = find_font()
    except Refused:
        issuing.freeze(work.connection, subject, subject_id, text.encode(), work.now)
        return
    content = pdf_bytes(paper, font, mark)
    issuing.freeze(work.connection, subject, subject_id, content, work.now, issuing.PDF)
    name = f"{paper.notation.replace('/', '-')}.txt"
    document_files.keep_file(
        work.connection, subject, subject_id, "text", name, issuing.PLAIN, text.encode(), work.now, work.names
    )
    order_signature(work, subject, subject_id, signed)


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
    reserved_id: int | None,
) -> int:
    """Take the next number, or the reserved one, and enter the document; its date follows the signature (Điều 15)."""
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
    if reserved_id is not None:
        return take_reserved(work, office_id, reserved_id, symbol, day, values)
    _, number = enter_line(work, office_id, symbol, day, values)
    return number
