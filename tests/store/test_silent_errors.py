"""A failure of the database names what failed and no value of the row."""

from __future__ import annotations

import traceback

import pytest
from sqlalchemy.exc import IntegrityError

from workflows.store import accounts, directory
from workflows.store.database import Database

SECRET, HASH = "lời riêng của một người", "mã băm của một mật khẩu"


def test_no_value_is_told(database: Database) -> None:
    with database.write() as connection:
        people = [directory.add_person(connection, "Nguyễn Thị Hường") for _ in range(2)]
        accounts.add_account(connection, people[0], SECRET, HASH)
    with pytest.raises(IntegrityError) as caught, database.write() as connection:
        accounts.add_account(connection, people[1], SECRET, HASH)
    told = "".join(traceback.format_exception(caught.value))
    assert "accounts" in told
    assert SECRET not in told
    assert HASH not in told
