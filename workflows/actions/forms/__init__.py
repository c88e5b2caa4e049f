"""What people hand in: one form a file, found by the form key of the task."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from workflows.actions.content_bound import BOUND_TO_CONTENT

from .check import check
from .close_plan import close_plan
from .disposition import dispose
from .draft import draft
from .duty import confirm_duty, do_duty
from .filing import Filed, Filing
from .issue import issue, number_plan
from .missing_opinions import decide_missing
from .opinion import give_opinion
from .report import check_report, consolidate, number_report, report_of_unit, sign_report
from .request import FORWARDED, QUESTION, answer_question, send_back_forwarded
from .review import decide, propose
from .sign import sign

FORMS: Mapping[str, Callable[[Filing], Filed]] = {
    "soan_thao": draft,
    "kiem_tra": check,
    "gop_y": give_opinion,
    "thieu_y_kien": decide_missing,
    "tiep_thu": dispose,
    "ky": sign,
    "cap_so": number_plan,
    "phat_hanh": issue,
    "ket_thuc": close_plan,
    "bao_cao_don_vi": report_of_unit,
    "tong_hop": consolidate,
    "kiem_tra_bao_cao": check_report,
    "ky_bao_cao": sign_report,
    "cap_so_bao_cao": number_report,
    "ra_soat": propose,
    "duyet_ra_soat": decide,
    "thuc_hien": do_duty,
    "xac_nhan": confirm_duty,
    QUESTION: answer_question,
    FORWARDED: send_back_forwarded,
}

__all__ = ["BOUND_TO_CONTENT", "FORMS", "Filed", "Filing"]
