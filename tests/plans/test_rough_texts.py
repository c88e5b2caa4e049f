"""Texts that are no plan, or lost part of themselves: the reading says so and makes no duty of what is none."""

from __future__ import annotations

import pytest

from workflows.papers.legacy_text import from_tcvn3
from workflows.plans.read_text import read_text

from .score import TEXTS

MAIL = """From: vanthu@xa.example
To: phongkt@xa.example
Subject: Ke hoach PCCC
Date: Mon, 2 Mar 2026 08:00:00 +0700

Văn phòng gửi kế hoạch PCCC năm 2026, đề nghị các phòng góp ý trước ngày 06/3/2026.
"""
REPORT = """BÁO CÁO
Kết quả thực hiện Kế hoạch phòng, chống thiên tai năm 2026

I. NHIỆM VỤ ĐÃ THỰC HIỆN
1. Phòng Kinh tế đã kiểm tra 12 hồ đập, hoàn thành trước ngày 30/5/2026.
2. Công an xã đã tổ chức 02 buổi diễn tập.
"""


def codes(text: str) -> set[str]:
    return {doubt.code for doubt in read_text(text).doubts}


def test_a_mail_is_told_as_one() -> None:
    assert "IS_MAIL" in codes(MAIL)
    assert "IS_MAIL" not in codes((TEXTS / "001_1bcad453b853a799.txt").read_text(encoding="utf-8"))


def test_a_plan_of_two_bodies_says_who_of_them_signs_here() -> None:
    joint = (TEXTS / "177_lien_tich_xa_mttq.txt").read_text(encoding="utf-8")
    assert "TWO_SIGN" in codes(joint)
    assert read_text(joint).signer.name == "Lê Văn Út"
    assert "TWO_SIGN" not in codes((TEXTS / "001_1bcad453b853a799.txt").read_text(encoding="utf-8"))


def test_letters_that_were_lost_are_told() -> None:
    whole = (TEXTS / "178_tinh_nong_thon_moi_phan_cong.txt").read_text(encoding="utf-8")
    lost = whole.encode("cp1258", "replace").decode("cp1258")
    assert "LETTERS_LOST" in codes(lost)
    assert "LETTERS_LOST" not in codes(whole)


def test_what_was_done_is_no_duty() -> None:
    assert read_text(REPORT).tasks == ()


@pytest.mark.parametrize(
    ("stored", "meant"),
    [
        ("KÕ HO¹CH", "KẾ HOẠCH"),
        ("KÕ ho¹ch n¨m 2026", "Kế hoạch năm 2026"),
    ],
)
def test_a_line_in_capitals_of_an_old_font_is_in_capitals(stored: str, meant: str) -> None:
    assert from_tcvn3(stored) == meant


def test_days_with_dots_are_days_and_figures_are_none() -> None:
    text = (TEXTS / "164_dac_khu_du_lich.txt").read_text(encoding="utf-8")
    document = read_text(text)
    assert document.date is not None and document.date.isoformat() == "2026-03-16"
    assert len(document.targets) == 3
