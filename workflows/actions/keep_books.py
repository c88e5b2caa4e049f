"""Khóa sổ and mở lại sổ: the book of a year takes no more numbers; an administrator opens it again with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workflows.errors import Refused
from workflows.plans.document_kinds import KINDS, LETTER
from workflows.store import books

from .desk import Desk
from .outgoing_line import require_clerk
from .reasons import reason_in

LONGEST_SERIES = 60


def close_book(desk: Desk, office_id: int, book: str, year: int) -> None:
    """Close the book of a year that is over (or ends today); văn thư only.

    YEAR_NOT_OVER before 31 December, NUMBERS_LEFT while a reserved number is neither used nor given up.
    """
    _require_book(book)
    with desk.open() as work:
        require_clerk(work, office_id)
        if (year, 12, 31) > (work.today.year, work.today.month, work.today.day):
            raise Refused("YEAR_NOT_OVER", year=year)
        if not books.close(work.connection, office_id, book, year, now=work.now, by=desk.by.name):
            raise Refused("YEAR_CLOSED", year=year, book=book)
        left = books.reserved_left(work.connection, office_id, year) if book == books.OUT else []
        if left:
            raise Refused("NUMBERS_LEFT", numbers=left, year=year)


def reopen_book(desk: Desk, office_id: int, book: str, year: int, reason: str) -> None:
    """Open a closed book again, with a reason that stays on record; an administrator of the office only."""
    _require_book(book)
    said = reason_in(reason)
    with desk.open() as work:
        if f"quan_tri@{office_id}" not in desk.by.groups:
            raise Refused("NOT_YOURS", office=office_id)
        if not books.reopen(work.connection, office_id, book, year, work.now, desk.by.name, said):
            raise Refused("YEAR_OPEN", year=year, book=book)


def share_series(desk: Desk, office_id: int, year: int, series: Mapping[str, Sequence[str]]) -> None:
    """Say which kinds of documents take their numbers from one series from this year on (NĐ 30/2020 Điều 15.1c).

    The head of the office decides it, an administrator enters it; `series` gives the kinds ("KH", "BC", "CV") by name.
    """
    codes = [code for listed in series.values() for code in listed]
    for name in series:
        if not name.strip() or len(name) > LONGEST_SERIES or name == books.ARRIVALS:
            raise Refused("BAD_FIELD", field="ten_day_so", value=name[:40])
    for code in codes:
        if code not in {*KINDS, LETTER} or codes.count(code) > 1:
            raise Refused("BAD_FIELD", field="loai_van_ban", value=code[:40])
    with desk.open() as work:
        if not {f"quan_tri@{office_id}", f"chu_tich@{office_id}"} & desk.by.groups:
            raise Refused("NOT_YOURS", office=office_id)
        books.share(work.connection, office_id, year, series, now=work.now, by=desk.by.name)


def _require_book(book: str) -> None:
    if book not in (books.OUT, books.IN):
        raise Refused("BAD_FIELD", field="so", value=book[:40])
