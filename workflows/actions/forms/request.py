"""What one more person answers who was asked inside a task, or to whom it was forwarded (`hoi_them`, `chuyen_tiep`)."""

from __future__ import annotations

from .filing import Filed, Filing

QUESTION, FORWARDED = "hoi_them", "chuyen_tiep"
VERDICTS = ("dong_y", "khong_dong_y")


def answer_question(filing: Filing) -> Filed:
    """An answer in words; it moves no step."""
    return Filed("da_tra_loi", {}, filing.required("noi_dung"))


def send_back_forwarded(filing: Filing) -> Filed:
    """A yes or no to the text as it was seen, and back to whoever forwarded it; a no says why."""
    outcome = filing.choice("ket_qua", VERDICTS)
    words = filing.required("noi_dung") if outcome == "khong_dong_y" else filing.text("noi_dung")
    return Filed(outcome, {}, words or None)
