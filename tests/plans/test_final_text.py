from __future__ import annotations

from datetime import date

import pytest

from workflows.plans.capacity import SigningCapacity, signature_block
from workflows.plans.final_text import final_text
from workflows.plans.read_text import read_text

from .score import TEXTS

DAY = date(2026, 2, 5)


@pytest.mark.parametrize("path", sorted(TEXTS.glob("*.txt")), ids=lambda path: path.name[:3])
def test_the_issued_text_reads_as_the_same_plan_with_number_date_and_signature(path: object) -> None:
    text = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    draft = read_text(text)
    block = signature_block(SigningCapacity("KT."), "Ủy ban nhân dân xã", "Phó Chủ tịch", "Nguyễn Văn An")
    issued = read_text(
        final_text(text, draft, number=5, symbol="KH-UBND", day=DAY, place=draft.place or "Mộ Đức", signature=block)
    )
    assert (issued.number, issued.symbol, issued.date) == (5, "KH-UBND", DAY)
    assert issued.title == draft.title
    assert [(task.title, task.lead) for task in issued.tasks] == [(task.title, task.lead) for task in draft.tasks]
    assert [recipient.raw for recipient in issued.recipients] == [recipient.raw for recipient in draft.recipients]
    assert [report.due for report in issued.reports] == [report.due for report in draft.reports]
    assert issued.signer.name == "Nguyễn Văn An"
    assert issued.signer.authority == "KT. CHỦ TỊCH"


def test_the_appendix_names_the_plan_it_belongs_to() -> None:
    text = next(TEXTS.glob("004_*.txt")).read_text(encoding="utf-8")
    issued = final_text(
        text, read_text(text), number=31, symbol="KH-UBND", day=DAY, place="Lộc Hà", signature=["CHỦ TỊCH", "", "A"]
    )
    assert "Kèm theo Kế hoạch số 31/KH-UBND ngày 05/02/2026" in issued
    appendix = read_text(issued).appendix
    assert appendix is not None
    assert appendix.linked_number == 31
