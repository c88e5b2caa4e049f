"""A document that is stamped as a state secret is refused, whatever its grade; the word alone makes no secret."""

from __future__ import annotations

from unicodedata import normalize

import pytest

from tests.actions.small_office import PLAN
from tests.plans.score import TEXTS
from workflows.plans.secrecy import secrecy_stamp

STAMPS = [
    ("MẬT\n", "Mật"),
    ("                    TỐI MẬT\n", "Tối mật"),
    ("Tuyệt mật\tSố: 02/KH-CA\n", "Tuyệt mật"),
    ("[MẬT]        Độc lập - Tự do - Hạnh phúc\n", "Mật"),
    ("| Độ mật: Tối mật | |\n", "Tối mật"),
    (normalize("NFD", "MẬT\n"), "Mật"),
]


@pytest.mark.parametrize(("stamp", "grade"), STAMPS)
def test_a_stamp_above_the_title_tells_its_grade(stamp: str, grade: str) -> None:
    head, rest = PLAN.split("KẾ HOẠCH", 1)
    assert secrecy_stamp(f"{head}{stamp}KẾ HOẠCH{rest}") == grade
    assert secrecy_stamp(f"{stamp}{PLAN}") == grade


@pytest.mark.parametrize("said", ["Bảo mật", "MẶT TRẬN", "Mật độ dân số", "Bí mật nhà nước", "CƠ MẬT VIỆN"])
def test_another_word_is_no_stamp(said: str) -> None:
    assert secrecy_stamp(f"{said}\n{PLAN}") is None


def test_below_the_title_it_is_a_word_among_others() -> None:
    assert secrecy_stamp(PLAN.replace("I. MỤC TIÊU", "Mật\nI. MỤC TIÊU")) is None


def test_no_kept_plan_is_taken_for_a_secret() -> None:
    texts = [file for file in TEXTS.iterdir() if file.suffix in {".txt", ".md"}]
    assert len(texts) > 50
    assert [file.name for file in texts if secrecy_stamp(file.read_text(encoding="utf-8"))] == []
