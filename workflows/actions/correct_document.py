"""Đính chính: slips of form in an issued plan are put right by an official letter with its own number (Điều 18)."""

from __future__ import annotations

from collections.abc import Sequence

from workflows.errors import Refused
from workflows.papers.docx_template import fill_template
from workflows.papers.fonts import find_font
from workflows.papers.media_types import DOCX, PDF
from workflows.papers.write_docx import docx_bytes
from workflows.papers.write_pdf import pdf_bytes
from workflows.plans.numbering import format_number
from workflows.plans.slips import checked_slips
from workflows.store import document_files, issuing, plans

from .after_issue import CORRECTION, issued_line, relate, tell_addressees
from .compose_paper import compose_paper
from .desk import Desk, Work
from .enter_document import OutgoingEntry, enter_letter
from .keep_template import template_of
from .outgoing_line import require_clerk

# The files of a letter stand with its line in the register.
SUBJECT = "register"


def correct_document(desk: Desk, plan_id: int, letter: OutgoingEntry, rows: Sequence[Sequence[str]]) -> int:
    """Enter the letter with its table of slips (place, as printed, as it should read); the id of the letter's line.

    The letter is composed with the table as Word and PDF, kept with its line, and told to who has the plan by mail.
    Refused as `checked_slips` and `enter_letter` say, NOT_YOURS, NOT_NUMBERED.
    """
    with desk.open() as work:
        plan = plans.plan(work.connection, plan_id, lock=True)
        require_clerk(work, plan.office_id)
        line = issued_line(work, plan_id)
        slips = checked_slips(rows, issuing.issued_text(work.connection, "plan", plan_id) or "")
        letter_id = enter_letter(work, plan.office_id, letter)
        told = "; ".join(each.told() for each in slips)
        relation_id = relate(work, line.id, CORRECTION, told, letter_id, slips)
        _keep_letter(work, plan, letter_id)
        tell_addressees(work, plan_id, plan.office_id, relation_id)
        return letter_id


def _keep_letter(work: Work, plan: plans.Plan, letter_id: int) -> None:
    """The letter as Word, and as PDF where the machine has a font for it (0019)."""
    paper = compose_paper(work.connection, plan.id, CORRECTION, work.today)
    line = issuing.register_line(work.connection, letter_id)
    name = f"Đính chính {format_number(line.number, line.symbol).replace('/', '-')}"
    template = template_of(work.connection, plan.office_id, CORRECTION)
    _keep(work, letter_id, f"{name}.docx", DOCX, fill_template(template, paper) if template else docx_bytes(paper))
    try:
        font = find_font()
    except Refused:
        return
    _keep(work, letter_id, f"{name}.pdf", PDF, pdf_bytes(paper, font))


def _keep(work: Work, letter_id: int, name: str, media_type: str, content: bytes) -> None:
    role = "pdf" if media_type == PDF else "docx"
    by = work.by.name
    document_files.keep_file(work.connection, SUBJECT, letter_id, role, name, media_type, content, work.now, by)
