"""The table of offices: each figure of each office, in every order, page by page, without leaving or repeating one."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import event

from tests.actions.founding_file import found, operator, row
from tests.nightly import size
from tests.stories.cast import day
from workflows.store import accounts, directory
from workflows.store.database import Database
from workflows.store.deliveries import Letter, add_delivery
from workflows.store.local_days import local_day
from workflows.store.screens.offices_status import ONLY, SORTS, Asked, OfficeStatus, how_many, offices_status, place
from workflows.store.tables.telling import deliveries
from workflows.store.telling import occasion_of, tell

NOW = day(2024, 6, 3)


def all_of(database: Database, asked: Asked, limit: int = 3) -> list[OfficeStatus]:
    """Every office that is asked for, page by page."""
    found_ones: list[OfficeStatus] = []
    with database.read() as connection:
        while True:
            after = place(found_ones[-1], asked.sort) if found_ones else None
            rows = offices_status(connection, asked, NOW, limit, after)
            found_ones += rows
            if len(rows) < limit:
                return found_ones


def furnished(database: Database) -> dict[str, int]:
    """Offices of which some were visited, and some have letters that fail."""
    desk = operator(database)
    found(desk, *(row(f"UBND xã Số {number}") for number in range(7)))
    with database.write() as connection:
        ids = {each.name: each.id for each in directory.offices(connection)}
        for number in (1, 4):
            (held,) = directory.holders_of(connection, f"quan_tri@{ids[f'UBND xã Số {number}']}", local_day(desk.now))
            seen_at = NOW - timedelta(days=number)
            session = accounts.Session(f"h{number}", held.person_id, "", "f", seen_at, seen_at, NOW)
            accounts.open_session(connection, session, None)
        for number in (2, 2, 3):
            office = ids[f"UBND xã Số {number}"]
            key = f"thu:{number}:{len(connection.execute(deliveries.select()).all())}"
            tell(connection, "no_address", key, NOW, office_id=office, data={"whom": "", "what": ""})
            about = occasion_of(connection, key).id
            letter = Letter(about, None, None, "A", f"{key}@a.example", "mail", "", "", "", {}, f"<{key}>")
            number_of = add_delivery(connection, letter, NOW)
            connection.execute(deliveries.update().where(deliveries.c.id == number_of).values(status="dead"))
    return ids


def test_the_figures_of_each_office_in_every_order(database: Database) -> None:
    ids = furnished(database)
    with database.read() as connection:
        total = how_many(connection, Asked(), NOW)
    for sort in SORTS:
        rows = all_of(database, Asked(sort=sort))
        assert sorted(each.id for each in rows) == sorted(ids.values()), sort
        assert len(rows) == total
    assert [each.name for each in all_of(database, Asked(sort="thu"))][:2] == ["UBND xã Số 2", "UBND xã Số 3"]
    seen = [each.name for each in all_of(database, Asked(sort="vao")) if each.last_seen]
    assert seen == ["UBND xã Số 4", "UBND xã Số 1"]
    (one,) = all_of(database, Asked(words="so 2"))
    assert (one.name, one.failing, one.last_seen, one.open_tasks) == ("UBND xã Số 2", 2, None, 0)
    assert {each.name for each in all_of(database, Asked(only="thu_hong"))} == {"UBND xã Số 2", "UBND xã Số 3"}
    for only in ONLY:
        with database.read() as connection:
            counted = how_many(connection, Asked(only=only), NOW)
        assert counted == len(all_of(database, Asked(only=only))), only


def test_a_page_is_one_statement_whatever_the_number_of_offices(memory: Database) -> None:
    many = size(30, 1000)
    found(operator(memory), *(row(f"UBND xã Số {number}") for number in range(many)))
    asked: list[str] = []
    event.listen(memory.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    with memory.read() as connection:
        asked.clear()
        rows = offices_status(connection, Asked(sort="han"), NOW, 50)
    assert len(asked) == 1
    assert len(rows) == min(50, many + 2)


def test_what_is_typed_is_no_pattern(memory: Database) -> None:
    furnished(memory)
    assert all_of(memory, Asked(words="%")) == all_of(memory, Asked())
    assert all_of(memory, Asked(words="xa_so")) == []
