"""Cấp số and phát hành: number, date and frozen bytes first, then mark and addressees (NĐ 30/2020 Điều 14)."""

from __future__ import annotations

from workflows.actions.approve import approve
from workflows.actions.number_document import number_plan_document
from workflows.actions.order_signatures import order_seal, standing
from workflows.errors import Refused
from workflows.store import issuing, plans

from .filing import Filed, Filing


def number_plan(filing: Filing) -> Filed:
    """Give the signed plan its number and date, and freeze its bytes."""
    day = filing.day("ngay") if filing.text("ngay") else filing.work.today
    notation = number_plan_document(filing.work, filing.plan_id, day, filing.chosen_id("dung_so"))
    return Filed("cap_so", {"so_van_ban": notation, "ngay_van_ban": day.isoformat()}, notation)


def issue(filing: Filing) -> Filed:
    """Văn thư sets the agency's mark on the numbered plan; only after the competent person signed (NĐ 30 Điều 32)."""
    work, plan_id = filing.work, filing.plan_id
    if issuing.frozen(work.connection, "plan", plan_id) is None:
        raise Refused("NOT_NUMBERED", plan=plan_id)
    if standing(work.connection, "plan", plan_id).state == "waiting":
        raise Refused("SIGNATURE_PENDING", plan=plan_id)
    filing.require_step_up()
    approve(work, plan_id, "co_quan", filing.task)
    order_seal(work, "plan", plan_id, plans.plan(work.connection, plan_id).office_id)
    return Filed("phat_hanh")
