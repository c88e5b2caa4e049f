"""What the page of one's own security shows: keys, codes, sessions, devices, and the offices one administers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from workflows.store import accounts, api_tokens, clockwork, directory, keys_of_people

# The office's word on codes by mail, the last resort of those who have neither passkey nor app; no by default.
MAIL_CODES = "ma_qua_thu"


@dataclass(frozen=True)
class OfficeSeen:
    """An office that the person administers, and whether it takes codes by mail."""

    id: int
    name: str
    mail_codes: bool


@dataclass(frozen=True)
class SecuritySeen:
    """Everything on the page; no secret is among it."""

    passkeys: list[keys_of_people.Passkey]
    app_since: datetime | None
    recovery_left: int
    sessions: list[accounts.Session]
    devices: list[accounts.Device]
    programs: list[api_tokens.ApiToken]
    offices: list[OfficeSeen]


def security_seen(
    connection: Connection, person_id: int, office_ids: Iterable[int], now: datetime, device_days: int
) -> SecuritySeen:
    """The keys, codes, sessions and devices of this person, and the settings of these offices."""
    app = keys_of_people.code_app(connection, person_id)
    return SecuritySeen(
        keys_of_people.passkeys_of(connection, person_id),
        app.confirmed_at if app else None,
        keys_of_people.recovery_codes_left(connection, person_id),
        accounts.sessions_of(connection, person_id, now),
        accounts.devices_of(connection, person_id, now - timedelta(days=device_days)),
        api_tokens.own_tokens(connection, person_id, now),
        [
            OfficeSeen(
                each,
                directory.body(connection, each).name,
                bool(clockwork.setting(connection, MAIL_CODES, each, default=False)),
            )
            for each in sorted(office_ids)
        ],
    )
