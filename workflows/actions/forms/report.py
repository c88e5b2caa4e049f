"""The forms of a report cycle: a unit's report, the consolidated one, its signature and number."""

from __future__ import annotations

from workflows.actions.approve import approve_report
from workflows.actions.number_document import number_report_document
from workflows.actions.reports.summary import report_hash, summary_of
from workflows.actions.reports.take_in import Report, take_in
from workflows.errors import Reason, Refused
from workflows.plans.report_form import form_of, read_report
from workflows.store import issuing, reporting, submitting

from .filing import LONGEST_REPORT, Filed, Filing

# Which approval a step stands for; a step that an office added itself approves the content.
REPORT_CHECKS = {"kiem_tra_noi_dung_bao_cao": "noi_dung", "kiem_tra_the_thuc_bao_cao": "the_thuc"}


def report_of_unit(filing: Filing) -> Filed:
    """Take in what a unit did in this period; after its last day the report counts as late.

    Refused with every line at once: FIELD_REQUIRED, LINE_REQUIRED, FIGURE_…; REPORT_ALREADY_SENT for a second one.
    """
    work = filing.work
    cycle = reporting.cycle(work.connection, filing.number("ky"))
    awaited = submitting.submission_of(work.connection, cycle.id, filing.number("don_vi_nop"))
    submission = submitting.submission(work.connection, awaited.id, lock=True)
    if submission.status == submitting.SENT:
        raise Refused("REPORT_ALREADY_SENT", at=submission.sent_at, by=submission.sent_by)
    form = form_of(cycle.form)
    figures, words, reasons = read_report(form, {line.key: filing.text(line.key) for line in form})
    said = filing.text("noi_dung")
    if not said:
        reasons.insert(0, Reason("FIELD_REQUIRED", {"field": "noi_dung"}))
    if reasons:
        raise Refused.because(reasons)
    parts = [said, *(f"{line.label}: {words[line.key]}" for line in form if line.key in words)]
    late = take_in(work, cycle, submission, Report("\n".join(parts), figures), work.names)
    return Filed("gui_muon" if late else "da_gui")


def consolidate(filing: Filing) -> Filed:
    """Keep the office's report as edited by the focal unit, with the figures of the day."""
    words, work = filing.required("noi_dung", LONGEST_REPORT), filing.work
    cycle = reporting.cycle(work.connection, filing.number("ky"))
    summary = summary_of(cycle, submitting.submissions_of(work.connection, cycle.id))
    issuing.void_approvals(work.connection, "report", cycle.id, work.now)
    reporting.change_cycle(
        work.connection, cycle.id, report=words, summary=summary, report_hash=report_hash(words, summary)
    )
    return Filed("trinh")


def check_report(filing: Filing) -> Filed:
    """Pass the consolidated report, its content or its form (NĐ 30/2020 Điều 12), or return it with a reason."""
    if filing.choice("ket_qua", ("dat", "tra_lai")) == "tra_lai":
        return Filed("tra_lai", {"ket_qua": "tra_lai"}, filing.reason(), returned=True)
    approve_report(filing.work, filing.number("ky"), REPORT_CHECKS.get(filing.task.element, "noi_dung"), filing.task)
    return Filed("dat", {"ket_qua": "dat"}, filing.text("ly_do") or None)


def sign_report(filing: Filing) -> Filed:
    """Sign the report, or return it to the focal unit with a reason."""
    if filing.choice("ket_qua", ("ky", "tra_lai")) == "tra_lai":
        return Filed("tra_lai", {"ket_qua": "tra_lai"}, filing.reason(), returned=True)
    filing.require_step_up()
    approve_report(filing.work, filing.number("ky"), "ky", filing.task)
    return Filed("ky", {"ket_qua": "ky"})


def number_report(filing: Filing) -> Filed:
    """Give the signed report its number and date, and freeze its bytes."""
    day = filing.day("ngay") if filing.text("ngay") else filing.work.today
    filing.require_step_up()
    notation = number_report_document(filing.work, filing.number("ky"), day, filing.chosen_id("dung_so"))
    return Filed("cap_so", {"so_van_ban": notation}, notation)
