"""Thực hiện nhiệm vụ and xác nhận: the unit says what was done, its head confirms."""

from __future__ import annotations

from .filing import Filed, Filing


def do_duty(filing: Filing) -> Filed:
    """Report what was done for this occurrence of the duty."""
    result = filing.required("noi_dung")
    return Filed("xong", {"ket_qua_thuc_hien": result}, result)


def confirm_duty(filing: Filing) -> Filed:
    """Confirm that it is done, or return it with a reason."""
    if filing.choice("ket_qua", ("dat", "tra_lai")) == "tra_lai":
        return Filed("tra_lai", {"ket_qua": "tra_lai"}, filing.reason(), returned=True)
    return Filed("dat", {"ket_qua": "dat"})
