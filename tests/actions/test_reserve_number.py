"""reserve_number: numbers run from 1 without a gap, whoever asks at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.actions.small_office import founded, refused, stored
from tests.stories.cast import Cast, day
from workflows.actions import reserve_number
from workflows.store.database import Database
from workflows.store.tables.issuing import register

CLERKS, EACH = 4, 6


def test_the_line_says_number_series_day_and_title(office: Cast) -> None:
    line_id = reserve_number(office.desk("van_thu"), office.office.id, "KH-UBND", " Kế hoạch tuyển quân ")
    (line,) = stored(office.database, register)
    assert (line.id, line.number, line.series, line.year) == (line_id, 1, "KH-UBND", 2024)
    assert (line.title, line.status, line.subject) == ("Kế hoạch tuyển quân", "reserved", None)
    assert (line.document_on, line.entered_at) == (office.now.date(), office.now)


def test_numbers_of_many_clerks_at_once_are_1_to_n(database: Database) -> None:
    office = founded(database)
    desk, ready = office.desk("van_thu"), Barrier(CLERKS)

    def take(clerk: int) -> None:
        ready.wait()
        for document in range(EACH):
            reserve_number(desk, office.office.id, "KH-UBND", f"Văn bản {clerk}.{document}")

    with ThreadPoolExecutor(CLERKS) as threads:
        list(threads.map(take, range(CLERKS)))
    lines = stored(database, register)
    assert sorted(line.number for line in lines) == list(range(1, CLERKS * EACH + 1))
    assert len({line.title for line in lines}) == CLERKS * EACH


def test_a_refused_document_takes_no_number(office: Cast) -> None:
    with refused(office.database, "BAD_TEXT"):
        reserve_number(office.desk("van_thu"), office.office.id, "KH-UBND", "Văn\0bản")
    reserve_number(office.desk("van_thu"), office.office.id, "KH-UBND", "Văn bản")
    assert [line.number for line in stored(office.database, register)] == [1]


def test_each_series_and_each_year_begins_at_1(office: Cast) -> None:
    for symbol in ("KH-UBND", "BC-UBND", "KH-UBND"):
        reserve_number(office.desk("van_thu"), office.office.id, symbol, "Văn bản")
    office.now = day(2025, 1, 1, 0, 30)  # still 31/12/2024 in UTC
    reserve_number(office.desk("van_thu"), office.office.id, "KH-UBND", "Văn bản")
    found = [(line.series, line.year, line.number) for line in stored(office.database, register)]
    assert found == [("KH-UBND", 2024, 1), ("BC-UBND", 2024, 1), ("KH-UBND", 2024, 2), ("KH-UBND", 2025, 1)]


@pytest.mark.parametrize(
    ("symbol", "title", "code"),
    [
        ("KH-UBND", "  ", "FIELD_REQUIRED"),
        ("KH-UBND", "x" * 100_000, "TOO_LONG"),
        ("", "Văn bản", "BAD_FIELD"),
        ("kh ubnd", "Văn bản", "BAD_FIELD"),
        ("KH-UBND\n", "Văn bản", "BAD_FIELD"),
        ("K" * 1000, "Văn bản", "BAD_FIELD"),
    ],
)
def test_a_line_without_title_or_with_an_odd_symbol_is_refused(
    office: Cast, symbol: str, title: str, code: str
) -> None:
    with refused(office.database, code):
        reserve_number(office.desk("van_thu"), office.office.id, symbol, title)


def test_only_the_clerk_of_the_office_takes_numbers(office: Cast) -> None:
    for desk, of_office in ((office.desk("chu_tich"), office.office.id), (office.desk("van_thu"), 1)):
        with refused(office.database, "NOT_YOURS"):
            reserve_number(desk, of_office, "KH-UBND", "Văn bản")
