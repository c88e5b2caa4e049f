"""A logout token, judged: the provider says that somebody signed out there (OpenID Connect Back-Channel Logout 1.0)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from .id_token import SKEW, BadToken, Key, claims_of, require_for, seconds_of

EVENT = "http://schemas.openid.net/event/backchannel-logout"
KIND = "logout+jwt"
OLDEST = timedelta(minutes=2)  # it is sent as it is made


@dataclass(frozen=True)
class Leave:
    """Who signed out there, and the name of this message, which counts once."""

    subject: str
    name: str


def judge_logout(token: str, keys: Mapping[str, Key], issuer: str, client_id: str, now: datetime) -> Leave:
    """Who signed out; BadToken, or UnknownKey. A token of a sign-in is none: it has a nonce and no such event (2.4)."""
    header, claims = claims_of(token, keys)
    if str(header.get("typ", KIND)).lower() not in (KIND, "jwt"):
        raise BadToken("another kind of token")
    require_for(claims, issuer, client_id)
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(EVENT), dict) or "nonce" in claims:
        raise BadToken("not about signing out")
    subject, name = claims.get("sub"), claims.get("jti")
    if not _is_word(subject) or not _is_word(name):
        raise BadToken("does not say who, or has no name of its own")
    issued, expires = seconds_of(claims, "iat"), seconds_of(claims, "exp")
    skew, at = SKEW.total_seconds(), now.timestamp()
    if issued is None or not at - OLDEST.total_seconds() - skew <= issued <= at + skew:
        raise BadToken("not of now")
    if expires is not None and expires + skew <= at:
        raise BadToken("over")
    return Leave(str(subject), str(name))


def _is_word(value: Any) -> bool:  # noqa: ANN401 - of JSON
    return isinstance(value, str) and 0 < len(value) <= 255 and value.isprintable()
