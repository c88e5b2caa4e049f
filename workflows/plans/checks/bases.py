"""Legal bases: still in force on the day, older than the plan, complete, named once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from workflows.plans.document import PlanDocument
from workflows.plans.document_parts import Reference
from workflows.plans.normalise import plain

from .finding import PlanFinding, issue_day


@dataclass(frozen=True)
class Replaced:
    """A document that another one took the place of: by its number or its title's words, from which day."""

    number: str
    title: str | None
    since: date
    by: str


# Only what was seen replaced (law.md §0 and the Công báo); what is not here is not said to be in force.
REPLACED = (
    Replaced("110/2004/NĐ-CP", None, date(2020, 3, 5), "Nghị định 30/2020/NĐ-CP"),
    Replaced("09/2010/NĐ-CP", None, date(2020, 3, 5), "Nghị định 30/2020/NĐ-CP"),
    Replaced("01/2011/TT-BNV", None, date(2020, 3, 5), "Nghị định 30/2020/NĐ-CP"),
    Replaced("51/2005/QH11", "Luật Giao dịch điện tử", date(2024, 7, 1), "Luật Giao dịch điện tử 20/2023/QH15"),
    Replaced("77/2015/QH13", None, date(2025, 3, 1), "Luật Tổ chức chính quyền địa phương 65/2025/QH15"),
    Replaced("65/2025/QH15", None, date(2025, 6, 16), "Luật Tổ chức chính quyền địa phương 72/2025/QH15"),
    Replaced("39/2022/NĐ-CP", None, date(2026, 5, 29), "Nghị định 191/2026/NĐ-CP"),
    Replaced("13/2023/NĐ-CP", None, date(2026, 1, 1), "Nghị định 356/2025/NĐ-CP"),
    Replaced("83/2015/QH13", None, date(2026, 1, 1), "Luật Ngân sách nhà nước 89/2025/QH15"),
    Replaced("29/2018/QH14", None, date(2026, 3, 1), "Luật Bảo vệ bí mật nhà nước 117/2025/QH15"),
    Replaced("24/2018/QH14", None, date(2026, 7, 1), "Luật An ninh mạng 116/2025/QH15"),
)
_YEAR = re.compile(r"(?:nam\s+|/)(\d{4})\b")


def check_bases(document: PlanDocument, on: date) -> Iterator[PlanFinding]:
    """What stands under "Căn cứ" and "Thực hiện"."""
    day = issue_day(document, on)
    seen: dict[str, Reference] = {}
    for base in document.legal_bases_block:
        yield from _replaced(base, day)
        if base.date is not None and base.date > day:
            words = f"Căn cứ ngày {base.date:%d/%m/%Y} ban hành sau ngày của kế hoạch ({day:%d/%m/%Y})."
            yield PlanFinding(base.line, "BASE_AFTER_PLAN", words, "error")
        if base.number and base.date is None and base.type != "Luật":
            words = f"{base.type} số {base.number} chưa ghi ngày, tháng, năm ban hành."
            yield PlanFinding(base.line, "BASE_WITHOUT_DATE", words)
        if base.number:
            key = plain(f"{base.number} {base.issuer or ''} {base.date or ''}")
            if key in seen:
                yield PlanFinding(
                    base.line, "BASE_TWICE", f"{base.type} số {base.number} đã nêu ở dòng {seen[key].line}."
                )
            seen.setdefault(key, base)


def _replaced(base: Reference, day: date) -> Iterator[PlanFinding]:
    words = f"{base.number or ''} {base.text or ''}"
    for known in REPLACED:
        by_number = known.number.lower() in words.lower()
        by_title = known.title is not None and plain(known.title) in plain(words) and _older(words, base, known)
        if day >= known.since and (by_number or by_title):
            message = f"{known.number} đã hết hiệu lực từ {known.since:%d/%m/%Y}; thay bằng {known.by}."
            yield PlanFinding(base.line, "BASE_REPLACED", message, "error")


def _older(words: str, base: Reference, known: Replaced) -> bool:
    """Whether a law that is cited by title alone is the old one: its own year says so."""
    year = base.date.year if base.date else int(found[1]) if (found := _YEAR.search(plain(words))) else None
    return year is not None and str(year) == known.number.split("/")[1]
