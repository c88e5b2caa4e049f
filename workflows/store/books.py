"""The books of an office year by year: open or closed, who changed that, and which kinds of documents share numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, distinct, func, insert, select, update

from workflows.errors import Refused
from workflows.plans.document_kinds import kind_code, series_for

from . import clockwork
from .issuing import next_number
from .tables.books import book_changes, books, incoming
from .tables.issuing import register
from .upsert import insert_new

OUT, IN = "di", "den"
# The series of numbers of arrival; no symbol can be written like this.
ARRIVALS = "van_ban_den"
# The setting: {"2026": {"Văn bản hành chính": ["KH", "BC"]}}; it holds from that year on.
SHARED = "number_series"


@dataclass(frozen=True)
class BookChange:
    """A year that was closed or opened again, by whom and why."""

    change: str
    at: datetime
    by: str
    reason: str | None


def take_number(connection: Connection, office_id: int, book: str, series: str, year: int) -> int:
    """The next number of the series; Refused(YEAR_CLOSED) once the book of that year is closed.

    The row of the book is held until the transaction ends, so that nobody closes the year over a number half taken.
    """
    row = {"office_id": office_id, "book": book, "year": year}
    connection.execute(insert_new(connection, books).values(row))
    held = select(books.c.closed_at).where(*_is(office_id, book, year)).with_for_update(read=True)
    if connection.execute(held).scalar_one() is not None:
        raise Refused("YEAR_CLOSED", year=year, book=book)
    return next_number(connection, office_id, series, year)


def closed_at(connection: Connection, office_id: int, book: str, year: int) -> datetime | None:
    """When the book of this year was closed; None while it is open."""
    return connection.execute(select(books.c.closed_at).where(*_is(office_id, book, year))).scalar_one_or_none()


def close(connection: Connection, office_id: int, book: str, year: int, *, now: datetime, by: str) -> bool:
    """Close the book of this year, once nobody takes a number any more; False when it is closed."""
    connection.execute(insert_new(connection, books).values(office_id=office_id, book=book, year=year))
    open_one = (*_is(office_id, book, year), books.c.closed_at.is_(None))
    if not connection.execute(update(books).where(*open_one).values(closed_at=now)).rowcount:
        return False
    _note(connection, office_id, book, year, BookChange("close", now, by, None))
    return True


def reopen(connection: Connection, office_id: int, book: str, year: int, now: datetime, by: str, reason: str) -> bool:  # noqa: PLR0917 - the facts of the record
    """Open the book of this year again; False when it is not closed."""
    closed_one = (*_is(office_id, book, year), books.c.closed_at.is_not(None))
    if not connection.execute(update(books).where(*closed_one).values(closed_at=None)).rowcount:
        return False
    _note(connection, office_id, book, year, BookChange("reopen", now, by, reason))
    return True


def changes_of(connection: Connection, office_id: int, book: str, year: int) -> list[BookChange]:
    """When the book was closed and opened again, oldest first."""
    facts = (book_changes.c.change, book_changes.c.at, book_changes.c.by, book_changes.c.reason)
    mine = (book_changes.c.office_id == office_id, book_changes.c.book == book, book_changes.c.year == year)
    rows = connection.execute(select(*facts).where(*mine).order_by(book_changes.c.id))
    return [BookChange(**row._mapping) for row in rows]


def reserved_left(connection: Connection, office_id: int, year: int) -> list[str]:
    """The numbers of the year that are reserved and neither used nor given up, as they are cited."""
    rows = connection.execute(
        select(register.c.number, register.c.symbol)
        .where(register.c.office_id == office_id, register.c.year == year, register.c.status == "reserved")
        .order_by(register.c.id)
    )
    return [f"{row.number:02d}/{row.symbol}" for row in rows]


def gaps_of(connection: Connection, office_id: int, book: str, year: int) -> list[str]:
    """The series of the year whose numbers are not 1 to n; there is none unless somebody changed rows by hand."""
    if book == OUT:
        mine = (register.c.office_id == office_id, register.c.year == year)
        counted = select(register.c.series, func.count(), func.max(register.c.number)).where(*mine)
        rows = connection.execute(counted.group_by(register.c.series)).all()
        return [series for series, lines, last in rows if lines != last]
    ours = (incoming.c.office_id == office_id, incoming.c.year == year)
    lines, last = connection.execute(select(func.count(), func.max(incoming.c.number)).where(*ours)).one()
    return [ARRIVALS] if lines != (last or 0) else []


def series_of(connection: Connection, office_id: int, symbol: str, year: int) -> str:
    """The series of numbers that a document with this symbol takes its number from in this year."""
    return series_for(symbol, shared_in(connection, office_id, year))


def shared_in(connection: Connection, office_id: int, year: int) -> Mapping[str, Sequence[str]]:
    """The shared series that hold in this year: those of the latest year that is not after it."""
    by_year: Mapping[str, Mapping[str, Sequence[str]]] = clockwork.setting(connection, SHARED, office_id, {})
    begun = [int(each) for each in by_year if int(each) <= year]
    return by_year[str(max(begun))] if begun else {}


def share(
    connection: Connection, office_id: int, year: int, series: Mapping[str, Sequence[str]], *, now: datetime, by: str
) -> None:
    """Let these kinds of documents share series from this year on; refused for kinds that have numbers in it already.

    Numbers of one symbol would else begin at 1 twice in a year (NĐ 30/2020 Điều 15).
    """
    before = shared_in(connection, office_id, year)
    numbered = connection.scalars(
        select(distinct(register.c.symbol)).where(register.c.office_id == office_id, register.c.year >= year)
    ).all()
    moved = sorted({kind_code(each) for each in numbered if series_for(each, before) != series_for(each, series)})
    if moved:
        raise Refused("SERIES_IN_USE", kinds=moved, year=year)
    known = dict(clockwork.setting(connection, SHARED, office_id, {}))
    known[str(year)] = {name: list(codes) for name, codes in series.items()}
    clockwork.set_setting(connection, SHARED, known, now=now, by=by, office_id=office_id)


def _is(office_id: int, book: str, year: int) -> tuple[ColumnElement[bool], ...]:
    return (books.c.office_id == office_id, books.c.book == book, books.c.year == year)


def _note(connection: Connection, office_id: int, book: str, year: int, change: BookChange) -> None:
    row = {"office_id": office_id, "book": book, "year": year, **vars(change)}
    connection.execute(insert(book_changes).values(row))
