"""The course of a plan as papers: what happened line by line, and the file that goes with it to whoever signs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .official_document import Block, Heading, OfficialDocument, Table, Text
from .plan_matter import PlanMatter, paper_of

STEP_COLUMNS = ("TT", "Bước", "Người xử lý", "Nhận", "Hạn", "Xong", "Kết quả")
RECEIPT_COLUMNS = ("TT", "Nơi nhận", "Tình trạng", "Lúc", "Qua")
LOG_COLUMNS = ("Lúc", "Việc", "Người", "Tư cách", "Qua")


def course_paper(
    matter: PlanMatter, steps: Sequence[Sequence[str]], receipts: Sequence[Sequence[str]]
) -> OfficialDocument:
    """Quá trình xử lý: each pass of each step, and each addressee with its receipt; cells are words already."""
    body: list[Block] = [Text(f"{matter.called[:1].upper()}{matter.called[1:]}."), Heading("I. CÁC BƯỚC ĐÃ QUA", 1)]
    body.append(Table(STEP_COLUMNS, _numbered(steps), shares=(0.06, 0.2, 0.2, 0.13, 0.12, 0.13, 0.16)))
    if receipts:
        body.append(Heading("II. NƠI NHẬN", 1))
        body.append(Table(RECEIPT_COLUMNS, _numbered(receipts), shares=(0.06, 0.4, 0.2, 0.18, 0.16)))
    return _paper(matter, "QUÁ TRÌNH XỬ LÝ", body)


def log_paper(matter: PlanMatter, rows: Sequence[Sequence[str]], said: Sequence[str]) -> OfficialDocument:
    """Nhật ký: what happened, newest first; `said` are lines about what is listed, and whether the log is whole."""
    body: list[Block] = [*(Text(line) for line in said)]
    body.append(Table(LOG_COLUMNS, tuple(tuple(row) for row in rows), shares=(0.17, 0.33, 0.2, 0.2, 0.1)))
    return _paper(matter, "NHẬT KÝ", body)


def _numbered(rows: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple((str(number), *row) for number, row in enumerate(rows, start=1))


def _paper(matter: PlanMatter, name: str, body: Sequence[Block]) -> OfficialDocument:
    paper = paper_of(matter.unit, matter, symbol="", type_name=name, subject=matter.title, body=body)
    return replace(paper, draft=False, day=matter.day)  # it tells what was, as of the day on which it is made
