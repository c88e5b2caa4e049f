"""Thực hiện nhiệm vụ and xác nhận: the unit says what was done, its head confirms."""

from __future__ import annotations

from workflows.store import duties, plans
from workflows.store.duties import CONFIRMED, RESULT, RETURNED, Occurrence

from .filing import Filed, Filing


def do_duty(filing: Filing) -> Filed:
    """Report what was done: in words, how many of the number that is asked for (all of it where nothing is said), and
    which of the products."""
    work, occurrence = filing.work, _occurrence(filing)
    result = filing.required("noi_dung")
    duty = duties.duty(work.connection, occurrence.duty_id)
    done = filing.count("so_luong") if filing.text("so_luong") else occurrence.required
    products = [each for number, each in enumerate(duty.products, 1) if filing.agreed(f"san_pham_{number}")]
    _note(filing, occurrence, RESULT, result, done_count=done, products=products)
    plans.change_occurrence(
        work.connection, occurrence.id, done_count=done, percent=min(100, 100 * done // max(1, occurrence.required))
    )
    return Filed("xong", {"ket_qua_thuc_hien": result}, result)


def confirm_duty(filing: Filing) -> Filed:
    """Confirm that it is done, or return it with a reason."""
    occurrence = _occurrence(filing)
    if filing.choice("ket_qua", ("dat", "tra_lai")) == "tra_lai":
        reason = filing.reason()
        _note(filing, occurrence, RETURNED, reason)
        return Filed("tra_lai", {"ket_qua": "tra_lai"}, reason, returned=True)
    _note(filing, occurrence, CONFIRMED, filing.text("ly_do"))
    return Filed("dat", {"ket_qua": "dat"})


def _occurrence(filing: Filing) -> Occurrence:
    """The time of the duty that the case carries out; its row is locked until the form is handed in."""
    return duties.occurrence(filing.work.connection, filing.number("lan"), lock=True)


def _note(filing: Filing, occurrence: Occurrence, kind: str, words: str, **more: object) -> None:
    work = filing.work
    duties.add_note(work.connection, occurrence.id, kind, work.now, (work.by.person, work.names), words, **more)
