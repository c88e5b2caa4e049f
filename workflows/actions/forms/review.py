"""Rà soát kế hoạch: what the drafting unit proposes for the next year, and what the signer decides."""

from __future__ import annotations

from workflows.actions.reports.lay_cycles import lay_cycles
from workflows.actions.succeed_plan import draft_successor
from workflows.store import plans, reporting, yearly

from .filing import Filed, Filing

KEEP, AMEND, REPLACE = "giu", "sua_doi", "thay_the"


def propose(filing: Filing) -> Filed:
    """Keep the proposal and what the unit says about the year."""
    remark, proposal = filing.required("nhan_xet"), filing.choice("de_nghi", (KEEP, AMEND, REPLACE))
    yearly.change_review(
        filing.work.connection,
        filing.number("ra_soat"),
        proposal=proposal,
        remark=remark,
        proposed_by=filing.work.names,
    )
    return Filed("trinh", {"ket_qua": "trinh"}, remark)


def decide(filing: Filing) -> Filed:
    """Agree with the proposal, or return it.

    A plan that is kept has the cycles of its next year laid down; one that is to change has its draft at once.
    """
    if filing.choice("ket_qua", ("dong_y", "tra_lai")) == "tra_lai":
        return Filed("tra_lai", {"ket_qua": "tra_lai"}, filing.reason(), returned=True)
    work, review = filing.work, yearly.review(filing.work.connection, filing.number("ra_soat"))
    yearly.change_review(work.connection, review.id, decided_at=work.now, decided_by=work.names)
    if review.proposal == KEEP:
        plan = plans.plan(work.connection, review.plan_id, lock=True)
        for rule in reporting.rules_of(work.connection, plan.id):
            lay_cycles(work, plan, rule)
    else:
        draft_successor(work, review)
    return Filed("dong_y", {"ket_qua": "dong_y"}, review.proposal)
