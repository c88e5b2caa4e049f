"""The forms of a report cycle: a unit's report, the consolidated one, its signature and number."""

from __future__ import annotations

from workflows.actions.approve import approve_report
from workflows.actions.number_document import number_report_document
from workflows.store import reporting
from workflows.store.plans import content_hash

from .filing import Filed, Filing

FIGURES = ("hoan_thanh", "dang_lam", "cham")


def report_of_unit(filing: Filing) -> Filed:
    """Take in what a unit did in this period; after its last day the report counts as late."""
    work = filing.work
    cycle = reporting.cycle(work.connection, filing.number("ky"))
    submission = reporting.submission_of(work.connection, cycle.id, filing.number("don_vi_nop"))
    words = filing.required("noi_dung")
    figures = {name: filing.count(name) for name in FIGURES}
    late = work.today > cycle.unit_due
    reporting.change_submission(
        work.connection,
        submission.id,
        status="da_gui",
        text=words,
        figures=figures,
        sent_at=work.now,
        sent_by=work.names,
        late=late,
    )
    return Filed("gui_muon" if late else "da_gui")


def consolidate(filing: Filing) -> Filed:
    """Keep the office's report as composed from the units' and edited by the focal unit."""
    words = filing.required("noi_dung")
    reporting.change_cycle(filing.work.connection, filing.number("ky"), report=words, report_hash=content_hash(words))
    return Filed("trinh")


def sign_report(filing: Filing) -> Filed:
    """Sign the report, or return it to the focal unit with a reason."""
    if filing.choice("ket_qua", ("ky", "tra_lai")) == "tra_lai":
        return Filed("tra_lai", {"ket_qua": "tra_lai"}, filing.reason(), returned=True)
    filing.require_step_up()
    approve_report(filing.work, filing.number("ky"))
    return Filed("ky", {"ket_qua": "ky"})


def number_report(filing: Filing) -> Filed:
    """Give the signed report its number and date, and freeze its bytes."""
    day = filing.day("ngay") if filing.text("ngay") else filing.work.today
    filing.require_step_up()
    notation = number_report_document(filing.work, filing.number("ky"), day, filing.chosen_id("dung_so"))
    return Filed("cap_so", {"so_van_ban": notation}, notation)
