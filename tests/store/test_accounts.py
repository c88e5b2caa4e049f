"""Accounts, sessions and devices on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Connection, exc

from tests.store.office import NOW, TODAY
from workflows.store import accounts, directory
from workflows.store.accounts import Session
from workflows.store.database import Database

HOUR = timedelta(hours=1)


def somebody(connection: Connection) -> int:
    person = directory.add_person(connection, "Nguyễn Văn An")
    accounts.add_account(connection, person, "an", "hash")
    return person


def test_failures_are_counted_until_a_right_password(database: Database) -> None:
    with database.write() as connection:
        person = somebody(connection)
        accounts.count_failure(connection, person, None)
        accounts.count_failure(connection, person, NOW + HOUR)
        found = accounts.account_by_login(connection, "an")
        assert found is not None
        assert (found.person_name, found.failed, found.locked_until) == ("Nguyễn Văn An", 2, NOW + HOUR)
        accounts.forget_failures(connection, person)
        again = accounts.account_of(connection, person)
        assert again is not None
        assert (again.failed, again.locked_until) == (0, None)
        assert accounts.account_by_login(connection, "binh") is None


def test_a_sign_in_name_belongs_to_one_person(database: Database) -> None:
    with pytest.raises(exc.IntegrityError), database.write() as connection:
        somebody(connection)
        somebody(connection)


def test_a_session_lives_until_it_expires_ends_or_its_person_leaves(database: Database) -> None:
    with database.write() as connection:
        person = somebody(connection)
        for token in "abc":
            accounts.open_session(connection, Session(token, person, "", "form", NOW, NOW, NOW + HOUR), None)
        found = accounts.live_session(connection, "a", NOW)
        assert found is not None
        assert (found.person_name, found.form_token, found.expires_at) == ("Nguyễn Văn An", "form", NOW + HOUR)
        assert accounts.live_session(connection, "a", NOW + HOUR) is None
        accounts.end_session(connection, "a", NOW)
        assert accounts.live_session(connection, "a", NOW) is None
        accounts.touch_session(connection, "b", NOW + HOUR / 2)
        touched = accounts.live_session(connection, "b", NOW)
        assert touched is not None
        assert touched.seen_at == NOW + HOUR / 2
        directory.leave(connection, person, TODAY)
        midnight = NOW - 8 * HOUR  # 0:00 of that day in Asia/Ho_Chi_Minh, still the day before in UTC
        assert accounts.live_session(connection, "b", midnight - timedelta(seconds=1)) is not None
        assert accounts.live_session(connection, "b", midnight) is None
        accounts.end_sessions_of(connection, person, NOW)


def test_a_device_is_known_while_it_is_used(database: Database) -> None:
    with database.write() as connection:
        person = somebody(connection)
        accounts.remember_device(connection, "d", person, NOW)
        assert accounts.person_of_device(connection, "d", NOW, NOW) == person
        assert accounts.person_of_device(connection, "d", NOW + HOUR, NOW) is None
        accounts.touch_device(connection, "d", NOW + HOUR)
        assert accounts.person_of_device(connection, "d", NOW + HOUR, NOW) == person
        assert accounts.person_of_device(connection, "x", NOW, NOW) is None
