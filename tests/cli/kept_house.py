"""A small house in a database of either kind: two numbers given, one letter that waits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from tests.store.office import Office, enter_office
from workflows.store import books, issuing, telling
from workflows.store.database import Database
from workflows.store.deliveries import Letter, add_delivery
from workflows.store.local_days import local_day
from workflows.store.tables.issuing import register
from workflows.store.tables.telling import deliveries

SYMBOL = "KH-UBND"
MESSAGE = "<thu-1@kehoach>"


def now() -> datetime:
    return datetime.now(UTC)


def year() -> int:
    """The year of the numbers."""
    return local_day(now()).year


def keep_house(database: Database) -> Office:
    """Enter it."""
    with database.write() as connection:
        office = enter_office(connection)
    for _ in range(2):
        give_number(database, office.commune)
    with database.write() as connection:
        telling.tell(connection, "undelivered", "thu:1", now() - timedelta(hours=1), office_id=office.commune)
        occasion = telling.occasion_of(connection, "thu:1")
        telling.addressed(connection, occasion.id, now())
        letter = Letter(
            occasion.id, office.clerk, None, "Văn thư", "vt@xa.vn", "mail", "Kế hoạch", "Kính gửi", "<p>", {}, MESSAGE
        )
        add_delivery(connection, letter, now() - timedelta(minutes=30))
    return office


def give_number(database: Database, office: int, title: str = "Kế hoạch") -> int:
    """The next number of the office, as văn thư takes it."""
    with database.write() as connection:
        number = books.take_number(connection, office, books.OUT, SYMBOL, year())
        line = {"office_id": office, "series": SYMBOL, "year": year(), "number": number, "symbol": SYMBOL}
        line |= {"title": title, "document_on": local_day(now()), "status": "reserved", "entered_at": now()}
        issuing.enter(connection, line)
    return number


def lines(database: Database) -> list[tuple[int, str]]:
    """Number and status of each line of the register."""
    with database.read() as connection:
        rows = connection.execute(select(register.c.number, register.c.status).order_by(register.c.number))
        return [(row.number, row.status) for row in rows]


def letters(database: Database) -> list[tuple[str, str]]:
    """Message-ID and status of each letter."""
    with database.read() as connection:
        return [(row.message_id, row.status) for row in connection.execute(select(deliveries).order_by("id"))]
