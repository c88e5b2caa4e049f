"""Judge a typed name and password: who it is, or why not, with delays that grow and always end."""

from __future__ import annotations

import threading
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime

from workflows.errors import Refused
from workflows.store import accounts
from workflows.store.accounts import Account
from workflows.store.database import Database

from .office_at_work import require_office_at_work
from .passwords import is_password
from .throttle import AddressThrottle, UnknownNames, pause_after, still_waits


@dataclass(frozen=True)
class Place:
    """Where a try comes from; on a device that the person used before, strangers' failures elsewhere cause no delay."""

    address: str
    device_person: int | None = None


@dataclass(frozen=True)
class Gate:
    """Where passwords are judged one after another, so that many sent at once are counted like many sent in a row."""

    addresses: AddressThrottle = field(default_factory=AddressThrottle)
    names: UnknownNames = field(default_factory=UnknownNames)
    turn: threading.Lock = field(default_factory=threading.Lock)


def check_sign_in(  # noqa: PLR0917 - what is judged together
    database: Database, gate: Gate, login: str, password: str, place: Place, now: datetime
) -> Account:
    """The account whose name and password were typed; Refused WRONG_PASSWORD, TOO_MANY_TRIES, ACCOUNT_DISABLED."""
    name = login_name(login)
    with gate.turn:
        with database.read() as connection:
            account = accounts.account_by_login(connection, name)
        waits_until = account.locked_until if account is not None else gate.names.waits_until(name, now)
        try:
            return _judge(database, gate.addresses, account, waits_until, password, place, now)
        except Refused as refused:
            if account is None and refused.code == "WRONG_PASSWORD":
                gate.names.count(name, now)
            raise


def check_password_of(  # noqa: PLR0917 - what is judged together
    database: Database, gate: Gate, person_id: int, password: str, place: Place, now: datetime
) -> Account:
    """The step-up before signing: this person's password, typed again; else Refused as at sign-in."""
    with gate.turn:
        with database.read() as connection:
            account = accounts.account_of(connection, person_id)
        waits_until = account.locked_until if account is not None else None
        return _judge(database, gate.addresses, account, waits_until, password, place, now)


def login_name(typed: str) -> str:
    """A sign-in name as it is kept: one form of each letter, lower case."""
    return unicodedata.normalize("NFKC", typed).strip().casefold()


def _judge(  # noqa: PLR0917 - what is judged together
    database: Database,
    addresses: AddressThrottle,
    account: Account | None,
    waits_until: datetime | None,
    password: str,
    place: Place,
    now: datetime,
) -> Account:
    known = account is not None and place.device_person == account.person_id
    if not known and not addresses.allows(place.address, now):
        raise Refused("TOO_MANY_TRIES", until=None)
    if not known and still_waits(waits_until, now):
        raise Refused("TOO_MANY_TRIES", until=waits_until)
    right = is_password(account.password_hash if account else None, password)
    if account is None or not right:
        addresses.count(place.address, now)
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


def _count_failure(database: Database, account: Account, now: datetime) -> None:
    pause = pause_after(account.failed + 1)
    with database.write() as connection:
        accounts.count_failure(connection, account.person_id, now + pause if pause else None)
