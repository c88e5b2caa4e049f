"""The books of a year: shared series, documents from outside, closing under concurrency, opening again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier

import pytest

from tests.actions.small_office import founded, refused, stored
from tests.stories.cast import Cast, day
from workflows.actions import Desk, give_up_number, reserve_number
from workflows.actions.enter_document import OutgoingEntry, enter_document
from workflows.actions.keep_books import close_book, reopen_book, share_series
from workflows.actions.register_incoming import Arrival, register_incoming
from workflows.engine.actor import Actor
from workflows.errors import Refused
from workflows.store import books
from workflows.store.database import Database
from workflows.store.tables.books import incoming
from workflows.store.tables.issuing import counters, register

REASON = "Phát hiện văn bản của năm trước chưa vào sổ"
CLERKS, EACH = 4, 6


def administrator(office: Cast) -> Desk:
    groups = frozenset({f"quan_tri@{office.office.id}"})
    return Desk(office.database, office.now, Actor("9", "Quản trị", groups=groups))


def entry(symbol: str, on: date) -> OutgoingEntry:
    return OutgoingEntry(symbol, "Văn bản", "Nguyễn Văn An", on)


def arrival(on: date, cited: str = "12/CV-STC") -> Arrival:
    return Arrival("Sở Tài chính", cited, on, "Công văn trả lời", on)


def test_kinds_that_share_a_series_share_its_numbers(office: Cast) -> None:
    share_series(administrator(office), office.office.id, 2024, {"Văn bản hành chính": ["KH", "BC"]})
    for symbol in ("KH-UBND", "BC-UBND", "QĐ-UBND", "UBND-VP", "UBND-KT"):
        reserve_number(office.desk("van_thu"), office.office.id, symbol, "Văn bản")
    found = [(line.symbol, line.series, line.number) for line in stored(office.database, register)]
    assert found == [
        ("KH-UBND", "Văn bản hành chính", 1),
        ("BC-UBND", "Văn bản hành chính", 2),
        ("QĐ-UBND", "QĐ-UBND", 1),
        ("UBND-VP", "CV", 1),
        ("UBND-KT", "CV", 2),
    ]


def test_sharing_begins_with_a_year_and_never_in_the_middle_of_one(office: Cast) -> None:
    reserve_number(office.desk("van_thu"), office.office.id, "KH-UBND", "Văn bản")
    with refused(office.database, "SERIES_IN_USE"):
        share_series(administrator(office), office.office.id, 2024, {"Chung": ["KH", "BC"]})
    share_series(administrator(office), office.office.id, 2025, {"Chung": ["KH", "BC"]})
    with office.database.read() as connection:
        years = [books.series_of(connection, office.office.id, "BC-UBND", year) for year in (2024, 2025, 2026)]
    assert years == ["BC-UBND", "Chung", "Chung"]


@pytest.mark.parametrize(
    ("series", "code"), [({"": ["KH"]}, "BAD_FIELD"), ({"A": ["KH", "KH"]}, "BAD_FIELD"), ({"A": ["XX"]}, "BAD_FIELD")]
)
def test_a_series_names_kinds_that_there_are(office: Cast, series: dict[str, list[str]], code: str) -> None:
    with refused(office.database, code):
        share_series(administrator(office), office.office.id, 2024, series)
    with refused(office.database, "NOT_YOURS"):
        share_series(office.desk("van_thu"), office.office.id, 2024, {"A": ["KH"]})


def test_a_document_from_outside_takes_the_next_number_or_the_reserved_one(office: Cast) -> None:
    clerk, today = office.desk("van_thu"), office.now.date()
    held = reserve_number(clerk, office.office.id, "QĐ-UBND", "Sẽ có")
    assert enter_document(clerk, office.office.id, entry("QĐ-UBND", today), held) == held
    enter_document(clerk, office.office.id, entry("QĐ-UBND", today))
    lines = stored(office.database, register)
    assert [(line.number, line.status, line.title) for line in lines] == [
        (1, "issued", "Văn bản"),
        (2, "issued", "Văn bản"),
    ]
    with refused(office.database, "NOT_RESERVED"):
        enter_document(clerk, office.office.id, entry("QĐ-UBND", today), held)
    with refused(office.database, "NUMBER_IN_USE"):
        give_up_number(clerk, held, REASON)
    with refused(office.database, "DATE_BEFORE_LAST_NUMBER"):
        enter_document(clerk, office.office.id, entry("QĐ-UBND", date(2024, 1, 2)))
    with refused(office.database, "DATE_AHEAD"):
        enter_document(clerk, office.office.id, entry("QĐ-UBND", date(2024, 12, 2)))
    with refused(office.database, "NOT_YOURS"):
        enter_document(office.desk("chu_tich"), office.office.id, entry("QĐ-UBND", today))


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"symbol": "qđ"}, "BAD_FIELD"),
        ({"title": " "}, "FIELD_REQUIRED"),
        ({"title": "x" * 501}, "TOO_LONG"),
        ({"signer": ""}, "FIELD_REQUIRED"),
        ({"copies": 0}, "BAD_FIELD"),
    ],
)
def test_a_line_that_is_not_whole_is_refused(office: Cast, changed: dict[str, object], code: str) -> None:
    typed = replace(entry("QĐ-UBND", office.now.date()), **changed)  # type: ignore[arg-type]
    with refused(office.database, code):
        enter_document(office.desk("van_thu"), office.office.id, typed)


def test_a_closed_year_takes_no_number_until_an_administrator_opens_it(office: Cast) -> None:
    clerk = office.desk("van_thu")
    held = reserve_number(clerk, office.office.id, "KH-UBND", "Sẽ có")
    with refused(office.database, "YEAR_NOT_OVER"):
        close_book(clerk, office.office.id, "di", 2024)
    office.now = day(2024, 12, 31, 16)
    clerk = office.desk("van_thu")
    with refused(office.database, "NUMBERS_LEFT"):
        close_book(clerk, office.office.id, "di", 2024)
    give_up_number(clerk, held, REASON)
    close_book(clerk, office.office.id, "di", 2024)
    with refused(office.database, "YEAR_CLOSED"):
        reserve_number(clerk, office.office.id, "KH-UBND", "Văn bản")
    with refused(office.database, "YEAR_CLOSED"):
        close_book(clerk, office.office.id, "di", 2024)
    with refused(office.database, "NOT_YOURS"):
        reopen_book(clerk, office.office.id, "di", 2024, REASON)
    with refused(office.database, "REASON_REQUIRED"):
        reopen_book(administrator(office), office.office.id, "di", 2024, "quên")
    reopen_book(administrator(office), office.office.id, "di", 2024, REASON)
    with refused(office.database, "YEAR_OPEN"):
        reopen_book(administrator(office), office.office.id, "di", 2024, REASON)
    reserve_number(clerk, office.office.id, "KH-UBND", "Văn bản")
    with office.database.read() as connection:
        changes = books.changes_of(connection, office.office.id, "di", 2024)
    assert [(each.change, each.reason) for each in changes] == [("close", None), ("reopen", REASON)]


def test_each_book_is_closed_by_itself(office: Cast) -> None:
    office.now = day(2025, 1, 6)
    close_book(office.desk("van_thu"), office.office.id, "di", 2024)
    register_incoming(office.desk("van_thu"), office.office.id, arrival(date(2024, 12, 31)))
    close_book(office.desk("van_thu"), office.office.id, "den", 2024)
    with refused(office.database, "YEAR_CLOSED"):
        register_incoming(office.desk("van_thu"), office.office.id, arrival(date(2024, 12, 31), "13/CV-STC"))
    register_incoming(office.desk("van_thu"), office.office.id, arrival(date(2025, 1, 6), "1/CV-STC"))
    assert [(line.year, line.number) for line in stored(office.database, incoming)] == [(2024, 1), (2025, 1)]


def test_numbers_of_arrival_of_many_clerks_at_once_are_1_to_n(database: Database) -> None:
    office = founded(database)
    desk, ready = office.desk("van_thu"), Barrier(CLERKS)

    def take(clerk: int) -> None:
        ready.wait()
        for document in range(EACH):
            register_incoming(desk, office.office.id, arrival(office.now.date(), f"{clerk}{document}/CV"))

    with ThreadPoolExecutor(CLERKS) as threads:
        list(threads.map(take, range(CLERKS)))
    assert sorted(line.number for line in stored(database, incoming)) == list(range(1, CLERKS * EACH + 1))


def test_who_closes_the_year_and_who_takes_numbers_meet_at_the_row_of_the_book(database: Database) -> None:
    """Whatever the order: no number is taken after the closing, none is lost, no gap is left."""
    office = founded(database)
    office.now = day(2024, 12, 31, 16)
    desk, ready = office.desk("van_thu"), Barrier(CLERKS + 1)
    entered = entry("QĐ-UBND", office.now.date())

    def take(clerk: int) -> int:
        ready.wait()
        taken = 0
        for _ in range(EACH):
            try:
                enter_document(desk, office.office.id, replace(entered, title=f"Văn bản {clerk}"))
            except Refused as late:
                assert late.code == "YEAR_CLOSED"
            else:
                taken += 1
        return taken

    def close() -> int:
        ready.wait()
        close_book(desk, office.office.id, "di", 2024)
        return len(stored(database, register))

    with ThreadPoolExecutor(CLERKS + 1) as threads:
        closing = threads.submit(close)
        taken = sum(threads.map(take, range(CLERKS)))
        at_closing = closing.result()
    lines = stored(database, register)
    assert len(lines) == taken == at_closing
    assert sorted(line.number for line in lines) == list(range(1, taken + 1))
    assert [each.last for each in stored(database, counters)] == ([taken] if taken else [])
    with database.read() as connection:
        assert books.gaps_of(connection, office.office.id, "di", 2024) == []
