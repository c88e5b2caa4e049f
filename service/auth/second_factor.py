"""The second proof of who somebody is: a passkey, a code of an app, a recovery code, in the last resort one by mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from notifications import sign_codes
from workflows.actions.step_up import VALID
from workflows.errors import Refused
from workflows.store import clockwork, confirming, directory, keys_of_people
from workflows.store.database import Database
from workflows.store.screens.security import MAIL_CODES
from workflows.store.sealing import Seal

from . import code_apps, passkeys
from .throttle import pause_after, still_waits

MOST_TRIES = 5  # of one code by mail
_DIGITS = 6


@dataclass(frozen=True)
class Ways:
    """How a person may prove who they are now."""

    passkey: bool
    app: bool
    recovery: bool
    mail: bool

    @property
    def any(self) -> bool:
        """Whether there is a way at all."""
        return self.passkey or self.app or self.mail

    @property
    def own(self) -> bool:
        """Whether the person registered a way of their own."""
        return self.passkey or self.app


@dataclass(frozen=True)
class Asked:
    """Who is asked to prove it, for which act, in which office, and on which device (empty: one that nobody knows)."""

    person_id: int
    act: str
    office_id: int | None
    place: str


def ways_of(connection: Connection, asked: Asked, at: passkeys.Place | None) -> Ways:
    """What the person can prove it with; by mail only where the office allows it and there is an address."""
    app = keys_of_people.code_app(connection, asked.person_id)
    has_app = app is not None and app.confirmed_at is not None
    return Ways(
        passkey=at is not None and bool(keys_of_people.passkeys_of(connection, asked.person_id)),
        app=has_app,
        recovery=has_app and keys_of_people.recovery_codes_left(connection, asked.person_id) > 0,
        mail=_by_mail(connection, asked),
    )


def send_mail_code(database: Database, asked: Asked, now: datetime) -> None:
    """Have a letter with a code written; MAIL_CODES_OFF, or MAIL_CODE_LIMIT after several in an hour."""
    with database.write() as connection:
        if not _by_mail(connection, asked):
            raise Refused("MAIL_CODES_OFF")
        sign_codes.ask_for_code(connection, asked.person_id, asked.act, asked.office_id, now)


def check_code(database: Database, seal: Seal, asked: Asked, typed: str, now: datetime) -> None:
    """Keep the proof when the code is right; else Refused SIGN_CODE_WRONG, TOO_MANY_CODES.

    Wrong codes are counted a person and place: what strangers type elsewhere never makes the person wait on a device
    that is known. The count is kept although the code is refused.
    """
    with database.write() as connection:
        refused = _check(connection, seal, asked, typed, now)
    if refused is not None:
        raise refused


def check_passkey(database: Database, asked: Asked, at: passkeys.Place, given: str, now: datetime) -> None:
    """Keep the proof when a passkey of the person signed the challenge; else PASSKEY_WRONG."""
    with database.write() as connection:
        right = passkeys.confirm(connection, at, asked.person_id, asked.act, given, now)
        if right:
            confirming.keep_confirmed(connection, asked.person_id, asked.act, "passkey", now, now + VALID)
    if not right:
        raise Refused("PASSKEY_WRONG")


def _check(connection: Connection, seal: Seal, asked: Asked, typed: str, now: datetime) -> Refused | None:
    failed, wait_until = confirming.failures_from(connection, asked.person_id, asked.place)
    if still_waits(wait_until, now):
        return Refused("TOO_MANY_CODES", until=wait_until)
    if _is_right(connection, seal, asked, typed, now):
        confirming.forget_failures(connection, asked.person_id, asked.place)
        return None
    pause = pause_after(failed + 1)
    until = now + pause if pause > timedelta(0) else None
    confirming.note_failure(connection, asked.person_id, asked.place, failed + 1, until)
    return Refused("SIGN_CODE_WRONG")


def _is_right(connection: Connection, seal: Seal, asked: Asked, typed: str, now: datetime) -> bool:
    digits = "".join(str(int(each)) for each in typed if each.isdecimal())
    app = keys_of_people.code_app(connection, asked.person_id)
    has_app = app is not None and app.confirmed_at is not None
    if len(digits) == _DIGITS and not any(each.isalpha() for each in typed):
        if app is not None and has_app and code_apps.take_code(connection, seal, app, digits, now):
            confirming.keep_confirmed(connection, asked.person_id, asked.act, "app", now, now + VALID)
            return True
        return _is_mail_code(connection, asked, digits, now)
    if has_app and code_apps.take_recovery_code(connection, asked.person_id, typed, now):
        confirming.keep_confirmed(connection, asked.person_id, asked.act, "recovery", now, now + VALID)
        return True
    return False


def _is_mail_code(connection: Connection, asked: Asked, digits: str, now: datetime) -> bool:
    proof = confirming.asked(connection, asked.person_id, asked.act, "mail", now)
    if proof is None or proof.secret is None or not _by_mail(connection, asked):
        return False
    if confirming.count_try(connection, proof.id) > MOST_TRIES or not sign_codes.is_code_of(proof, digits):
        return False
    return confirming.confirm(connection, proof.id, now, now + VALID)


def _by_mail(connection: Connection, asked: Asked) -> bool:
    allowed = clockwork.setting(connection, MAIL_CODES, asked.office_id or clockwork.EVERY_OFFICE, default=False)
    return bool(allowed) and bool(directory.person(connection, asked.person_id).email)
