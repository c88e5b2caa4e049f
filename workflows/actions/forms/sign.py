"""Ký ban hành: sign, return with a reason to any earlier step, or pass on to the other signer."""

from __future__ import annotations

from workflows.actions.approve import approve
from workflows.actions.consulting.submission_gate import against_submitting
from workflows.errors import Refused
from workflows.store import directory, issuing, plans

from .filing import Filed, Filing

EARLIER_STEPS = ("soan_thao", "lay_y_kien", "tiep_thu", "kiem_tra_the_thuc")
SIGNERS = ("chu_tich", "pho_chu_tich")


def sign(filing: Filing) -> Filed:
    """The signer's decision on exactly the version that was seen."""
    match filing.choice("ket_qua", ("ky", "tra_lai", "chuyen")):
        case "ky":
            _require_checks(filing)
            reasons = against_submitting(filing.work, filing.plan_id)
            if reasons:
                raise Refused.because(reasons)
            filing.require_step_up()
            approve(filing.work, filing.plan_id, "ky", filing.task)
            return Filed("ky", {"ket_qua": "ky"}, filing.text("ly_do") or None)
        case "tra_lai":
            return _return(filing)
        case _:
            return _pass_on(filing)


def _require_checks(filing: Filing) -> None:
    """A draft that was edited after its checks goes through them again before it is signed (NĐ 30/2020 Điều 11, 12)."""
    lost = issuing.lost_checks(filing.work.connection, "plan", filing.plan_id)
    if lost:
        raise Refused("NOT_CHECKED", checks=lost)


def _return(filing: Filing) -> Filed:
    step = filing.choice("tra_ve", EARLIER_STEPS)
    if step in ("lay_y_kien", "tiep_thu") and not filing.variables.get("co_quan_gop_y"):
        raise Refused("NOT_CONSULTED", field="tra_ve", value=step)
    return Filed("tra_lai", {"ket_qua": "tra_lai", "tra_ve": step}, filing.reason(), returned=True)


def _pass_on(filing: Filing) -> Filed:
    to = filing.choice("nguoi_ky", SIGNERS)
    if to == filing.variables.get("nguoi_ky"):
        raise Refused("ALREADY_WITH", field="nguoi_ky", value=to)
    work, plan = filing.work, plans.plan(filing.work.connection, filing.plan_id)
    if not directory.holders_of(work.connection, f"{to}@{plan.office_id}", work.today):
        raise Refused("NO_HOLDER", field="nguoi_ky", group=f"{to}@{plan.office_id}")
    plans.change_plan(work.connection, plan.id, signer_role=to)
    return Filed("chuyen", {"ket_qua": "chuyen", "nguoi_ky": to}, filing.text("ly_do") or None)
