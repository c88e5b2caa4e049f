"""Lấy số trước: văn thư takes the next number before there is a document for it."""

from __future__ import annotations

import re

from workflows.errors import Refused
from workflows.store import issuing

from .desk import Desk
from .forms.filing import LONGEST_FIELD

# Kind of document and body, in capitals (NĐ 30/2020 Phụ lục I mục II.3).
SYMBOL = re.compile(r"[A-ZĐ]{1,6}(-[A-ZĐ0-9]{1,12}){1,3}")


def reserve_number(desk: Desk, office_id: int, symbol: str, title: str) -> int:
    """Take the next number of the series (such as "KH-UBND") for today; the id of its line in the register."""
    if SYMBOL.fullmatch(symbol) is None:
        raise Refused("BAD_FIELD", field="ky_hieu", value=symbol[:40])
    if not title.strip():
        raise Refused("FIELD_REQUIRED", field="trich_yeu")
    if len(title) > LONGEST_FIELD:
        raise Refused("TOO_LONG", field="trich_yeu", most=LONGEST_FIELD)
    with desk.open() as work:
        if f"van_thu@{office_id}" not in desk.by.groups:
            raise Refused("NOT_YOURS", office=office_id)
        number = issuing.next_number(work.connection, office_id, symbol, work.today.year)
        return issuing.enter(
            work.connection,
            {
                "office_id": office_id,
                "series": symbol,
                "year": work.today.year,
                "number": number,
                "symbol": symbol,
                "title": title.strip(),
                "document_on": work.today,
                "status": "reserved",
                "entered_at": work.now,
            },
        )
