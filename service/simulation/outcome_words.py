"""Outcomes of tasks in words."""

from __future__ import annotations

_WORDS = {
    "trinh": "đã trình",
    "dat": "đạt",
    "tra_lai": "trả lại",
    "nhat_tri": "nhất trí",
    "nhat_tri_co_y_kien": "nhất trí, có ý kiến",
    "khong_nhat_tri": "không nhất trí",
    "gia_han": "gia hạn",
    "khong_gia_han": "không gia hạn",
    "lay_lai": "lấy ý kiến lại",
    "trinh_ky": "trình ký",
    "dong_y": "đồng ý",
    "ky": "đã ký",
    "chuyen": "chuyển người ký",
    "cap_so": "đã cấp số",
    "phat_hanh": "đã phát hành",
    "ket_thuc": "đã kết thúc",
    "da_gui": "đã gửi",
    "gui_muon": "gửi muộn",
    "xong": "đã thực hiện",
}


def outcome_words(outcome: str) -> str:
    """The outcome as people say it."""
    return _WORDS.get(outcome, outcome)
