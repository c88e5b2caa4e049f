"""Lấy số trước: văn thư takes the next number before there is a document for it."""

from __future__ import annotations

from workflows.errors import Refused
from workflows.store import issuing

from .desk import Desk


def reserve_number(desk: Desk, office_id: int, symbol: str, title: str) -> int:
    """Take the next number of the series for today; the id of its line in the register."""
    if not title.strip():
        raise Refused("FIELD_REQUIRED", field="trich_yeu")
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
