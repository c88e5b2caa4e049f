"""Where a line ends is chance: a plan whose lines were broken at eighty signs, or by a web page, reads the same."""

from __future__ import annotations

from typing import Any

import pytest

from workflows.plans.broken_lines import whole_cells, whole_head
from workflows.plans.read_text import read_text

from .score import TEXTS

WIDTH = 80
# Broken so, a dash that joins two names begins a line like an item; no reader can tell.
# In 186 small letters behind a semicolon begin a line, as an item without a mark does.
UNTELLABLE = {"002_170409d1b80740be.txt", "102_huyen_o_tung_dong.txt", "186_tinh_truyen_thong_papi_ocr.txt"}
PLANS = sorted(
    path.name
    for path in [*TEXTS.glob("*.txt"), *TEXTS.glob("*.md")]
    if path.name not in UNTELLABLE and any(len(line) > WIDTH for line in path.read_text("utf-8").split("\n"))
)


def broken(text: str) -> str:
    """Lines of running text broken between words; tables and lines in columns stay."""
    lines: list[str] = []
    for line in text.split("\n"):
        if "\t" in line or "|" in line or "    " in line.strip():
            lines.append(line)
            continue
        words, row = line.split(" "), ""
        for word in words:
            if row and len(row) + 1 + len(word) > WIDTH:
                lines.append(row)
                row = word
            else:
                row = f"{row} {word}" if row else word
        lines.append(row)
    return "\n".join(lines)


def told(text: str) -> dict[str, Any]:
    """What a reading says, without the lines on which it stands."""
    document = read_text(text)
    return {
        "head": (document.title, document.number, document.date, document.period, document.issuer.name),
        "tasks": [(task.no, task.title[:60], task.lead, task.coop, task.time_raw) for task in document.tasks],
        "reports": [(one.sender, one.addressee, one.via, one.due, one.every) for one in document.reports],
        "recipients": [(one.raw, one.names) for one in document.recipients],
        "bases": [(one.number, one.date) for one in (*document.legal_bases_block, *document.references)],
        "targets": len(document.targets),
        "signer": (document.signer.position, document.signer.name),
    }


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_reads_the_same_when_its_lines_are_broken(name: str) -> None:
    text = (TEXTS / name).read_text(encoding="utf-8")
    assert told(broken(text)) == told(text)


def test_a_cell_above_a_lone_pipe_is_one_line() -> None:
    lines = ["III. NHIỆM VỤ", "TT", "|", "Cơ quan", "chủ trì", "|", "1", "|", "Sở", "Y tế", "|", "|", "x", "|"]
    whole = whole_cells(lines)
    assert len(whole) == len(lines)
    assert [line for line in whole if line] == [
        "III. NHIỆM VỤ",
        "TT |",
        "Cơ quan chủ trì |",
        "1 |",
        "Sở Y tế |",
        "|",
        "x |",
    ]


def test_no_cell_swallows_the_end_of_the_plan() -> None:
    lines = [*["x", "|"] * 6, "Nơi nhận:", "- Lưu: VT.", "|"]
    assert list(whole_cells(lines))[-3:] == lines[-3:]


def test_a_date_that_was_cut_is_put_together() -> None:
    lines = ["Số:", "12/KH-UBND", "Đông Lâm, ngày 12", "tháng 9 năm 2022", "KẾ HOẠCH"]
    assert whole_head(lines) == ["Số: 12/KH-UBND", "", "Đông Lâm, ngày 12 tháng 9 năm 2022", "", "KẾ HOẠCH"]
