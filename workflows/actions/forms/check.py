"""Kiểm tra nội dung and kiểm tra thể thức: two named people answer for two things (NĐ 30/2020 Điều 12)."""

from __future__ import annotations

from workflows.actions.approve import approve

from .filing import Filed, Filing

# Which approval a step stands for; a step that an office added itself approves the content.
ROLES = {"kiem_tra_noi_dung": "noi_dung", "kiem_tra_the_thuc": "the_thuc"}


def check(filing: Filing) -> Filed:
    """Pass the draft, or return it to the drafter with a reason."""
    if filing.choice("ket_qua", ("dat", "tra_lai")) == "tra_lai":
        return Filed("tra_lai", {"ket_qua": "tra_lai"}, filing.reason(), returned=True)
    approve(filing.work, filing.plan_id, ROLES.get(filing.task.element, "noi_dung"), filing.task)
    return Filed("dat", {"ket_qua": "dat"}, filing.text("ly_do") or None)
