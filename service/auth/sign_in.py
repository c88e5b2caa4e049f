"""Judge a typed name and password: who it is, or why not, with delays that grow and always end."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from workflows.errors import Refused
from workflows.store import accounts
from workflows.store.database import Database

from .office_at_work import require_office_at_work
from .passwords import is_password
from .throttle import AddressThrottle, pause_after


@dataclass(frozen=True)
class Place:
    """Where a try comes from; on a device that the person used before, strangers' failures elsewhere cause no delay."""

    address: str
    device_person: int | None = None


def check_sign_in(  # noqa: PLR0917 - what is judged together
    database: Database, throttle: AddressThrottle, login: str, password: str, place: Place, now: datetime
) -> accounts.Account:
    """The account whose name and password were typed; Refused WRONG_PASSWORD, TOO_MANY_TRIES, ACCOUNT_DISABLED."""
    with database.read() as connection:
        account = accounts.account_by_login(connection, login_name(login))
    return _judge(database, throttle, account, password, place, now)


def check_password_of(  # noqa: PLR0917 - what is judged together
    database: Database, throttle: AddressThrottle, person_id: int, password: str, place: Place, now: datetime
) -> accounts.Account:
    """The step-up before signing: this person's password, typed again; else Refused as at sign-in."""
    with database.read() as connection:
        account = accounts.account_of(connection, person_id)
    return _judge(database, throttle, account, password, place, now)


def login_name(typed: str) -> str:
    """A sign-in name as it is kept: one form of each letter, lower case."""
    return unicodedata.normalize("NFKC", typed).strip().casefold()


def _judge(  # noqa: PLR0917 - what is judged together
    database: Database,
    throttle: AddressThrottle,
    account: accounts.Account | None,
    password: str,
    place: Place,
    now: datetime,
) -> accounts.Account:
    if not throttle.allows(place.address, now):
        raise Refused("TOO_MANY_TRIES", until=None)
    waits = account is not None and account.locked_until is not None and account.locked_until > now
    if account is not None and waits and place.device_person != account.person_id:
        raise Refused("TOO_MANY_TRIES", until=account.locked_until)
    right = is_password(account.password_hash if account else None, password)
    if account is None or not right:
        throttle.count(place.address, now)
        if account is not None:
            _count_failure(database, account, now)
        raise Refused("WRONG_PASSWORD")
    if account.disabled_at is not None:
        raise Refused("ACCOUNT_DISABLED")
    with database.read() as connection:
        require_office_at_work(connection, account.person_id, now)
    if account.failed:
        with database.write() as connection:
            accounts.forget_failures(connection, account.person_id)
    return account


def _count_failure(database: Database, account: accounts.Account, now: datetime) -> None:
    pause = pause_after(account.failed + 1)
    with database.write() as connection:
        accounts.count_failure(connection, account.person_id, now + pause if pause else None)
