"""A line of the register of outgoing documents: its number, and the order of its dates (NĐ 30/2020 Điều 15)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from workflows.errors import Refused
from workflows.store import books, issuing

from .desk import Work


def enter_line(work: Work, office_id: int, symbol: str, day: date, values: Mapping[str, Any]) -> tuple[int, int]:
    """Take the next number of the symbol's series and enter the line; its id and its number.

    DATE_AHEAD for a day that has not come, DATE_BEFORE_LAST_NUMBER for one before that of the number before, and
    YEAR_CLOSED for a day of a year whose book is closed.
    """
    if day > work.today:
        raise Refused("DATE_AHEAD", field="ngay", value=day.isoformat())
    series = books.series_of(work.connection, office_id, symbol, day.year)
    number = books.take_number(work.connection, office_id, books.OUT, series, day.year)
    latest = issuing.latest_document_date(work.connection, office_id, series, day.year)
    if latest is not None and day < latest:
        raise Refused("DATE_BEFORE_LAST_NUMBER", field="ngay", value=day.isoformat(), latest=latest.isoformat())
    line = {
        "office_id": office_id,
        "series": series,
        "year": day.year,
        "number": number,
        "symbol": symbol,
        "document_on": day,
        "entered_at": work.now,
        **values,
    }
    return issuing.enter(work.connection, line), number


def take_reserved(  # noqa: PLR0917 - a line and what it becomes
    work: Work, office_id: int, register_id: int, symbol: str, day: date, values: Mapping[str, Any]
) -> int:
    """Enter a document under a number that was reserved for it; that number.

    Numbers and days run in the same order (Điều 15): RESERVED_NUMBER_PASSED for a day before that of the number before,
    or after that of a number behind it; the document then takes the next number, and this one is given up.
    NOT_RESERVED when the number is used or given up, RESERVED_FOR_ANOTHER for one of another symbol, year or office.
    """
    if day > work.today:
        raise Refused("DATE_AHEAD", field="ngay", value=day.isoformat())
    line = issuing.register_line(work.connection, register_id, lock=True)
    if (line.office_id, line.symbol, line.year) != (office_id, symbol, day.year):
        raise Refused("RESERVED_FOR_ANOTHER", field="dung_so", number=f"{line.number:02d}/{line.symbol}")
    if line.status != "reserved":
        raise Refused("NOT_RESERVED", field="dung_so", number=line.number)
    first, last = issuing.days_around(work.connection, line)
    if (first is not None and day < first) or (last is not None and day > last):
        raise Refused("RESERVED_NUMBER_PASSED", field="dung_so", number=line.number, value=day.isoformat())
    issuing.change_register(work.connection, register_id, document_on=day, **values)
    return int(line.number)


def require_clerk(work: Work, office_id: int) -> None:
    """Only văn thư of this office keeps its books."""
    if f"van_thu@{office_id}" not in work.by.groups:
        raise Refused("NOT_YOURS", office=office_id)
