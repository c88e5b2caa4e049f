"""Kết thúc kế hoạch: the period is over and the last report is in."""

from __future__ import annotations

from workflows.actions.end_duties import end_open_duties
from workflows.store import plans

from .filing import Filed, Filing


def close_plan(filing: Filing) -> Filed:
    """Close the plan; duties that are still open end with it."""
    remark = filing.text("nhan_xet") or None
    plans.change_plan(filing.work.connection, filing.plan_id, status="closed")
    end_open_duties(filing.work, filing.plan_id, "Kế hoạch đã kết thúc")
    return Filed("ket_thuc", {}, remark)
