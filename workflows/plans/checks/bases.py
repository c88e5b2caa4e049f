"""Legal bases: still in force on the day, older than the plan, complete, named once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from workflows.plans.document import PlanDocument
from workflows.plans.document_parts import Reference
from workflows.plans.normalise import plain

from .finding import PlanFinding, issue_day
from .replaced import REPLACED, Replaced

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
        by_number = re.search(rf"(?<!\d){re.escape(known.number.lower())}(?!\w)", words.lower()) is not None
        by_title = known.title is not None and plain(known.title) in plain(words) and _older(words, base, known)
        if day >= known.since and (by_number or by_title):
            message = f"{known.number} đã hết hiệu lực từ {known.since:%d/%m/%Y}; thay bằng {known.by}."
            yield PlanFinding(base.line, "BASE_REPLACED", message, "error")


def _older(words: str, base: Reference, known: Replaced) -> bool:
    """Whether a law that is cited by title alone is the old one: its own year says so."""
    year = base.date.year if base.date else int(found[1]) if (found := _YEAR.search(plain(words))) else None
    return year is not None and str(year) == known.number.split("/")[1]
