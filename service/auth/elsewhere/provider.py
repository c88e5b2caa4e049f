"""The provider: what it says of itself (discovery), its keys, and the exchange of a code for a token."""

from __future__ import annotations

import json
import logging
import threading
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, TypeVar
from urllib.parse import quote, urlencode, urlsplit

from notifications.guarded_post import Answer, Outside, UnsafeAddress
from workflows.errors import Refused

from .id_token import BadToken, Expected, Key, UnknownKey, judge, keys_of
from .logout_token import judge_logout

KNOWN_FOR = timedelta(hours=1)
ASK_KEYS_EVERY = timedelta(seconds=30)  # a token with an invented key name makes nobody ask more often
MOST_LEFT = 10_000  # names of logout tokens that are remembered; each is good for minutes
WELL_KNOWN = "/.well-known/openid-configuration"
log = logging.getLogger(__name__)
Judged = TypeVar("Judged")


@dataclass
class Known:
    """What was asked of the provider, and when."""

    document: Mapping[str, Any] = field(default_factory=dict)
    asked_at: datetime | None = None
    keys: Mapping[str, Key] = field(default_factory=dict)
    keys_asked_at: datetime | None = None
    left: dict[str, datetime] = field(default_factory=dict)  # names of logout tokens, which count once


@dataclass(frozen=True)
class Provider:
    """A provider that an operator named; every address that it tells is judged before anything is sent there."""

    outside: Outside
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    back: str  # where it sends the browser: an address of ours
    known: Known = field(default_factory=Known, repr=False)
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def address(self, state: str, nonce: str, verifier: str, now: datetime) -> str:
        """Where the browser is sent; Refused ELSEWHERE_AWAY."""
        asked = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": self.back,
            "scope": "openid profile email",
            "state": state,
            "nonce": nonce,
            "code_challenge": urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("="),
            "code_challenge_method": "S256",
        }
        return self._joined(self._told("authorization_endpoint", now), asked)

    def address_to_leave(self, came_back: str) -> str:
        """Where the browser signs out there too; empty where the provider was not asked yet or knows no such thing."""
        told = self.known.document.get("end_session_endpoint")
        if not isinstance(told, str) or urlsplit(told).scheme not in ("http", "https"):
            return ""
        return self._joined(told, {"client_id": self.client_id, "post_logout_redirect_uri": came_back})

    def claims(self, code: str, nonce: str, verifier: str, now: datetime) -> Mapping[str, Any]:
        """Who signed in there; Refused ELSEWHERE_AWAY, or ELSEWHERE_REFUSED for whatever is not to be believed."""
        token = self._exchange(code, verifier, now)
        expected = Expected(self.issuer, self.client_id, nonce, now)
        return self._judged(lambda keys: judge(token, keys, expected), now)

    def subject_that_left(self, token: str, now: datetime) -> str | None:
        """Who signed out there, by a logout token; None for one that came before. Refused ELSEWHERE_REFUSED, _AWAY."""
        leave = self._judged(lambda keys: judge_logout(token, keys, self.issuer, self.client_id, now), now)
        with self.lock:
            if leave.name in self.known.left:
                return None
            self.known.left[leave.name] = now
            while len(self.known.left) > MOST_LEFT:
                self.known.left.pop(next(iter(self.known.left)))
        return leave.subject

    def _judged(self, judgement: Callable[[Mapping[str, Key]], Judged], now: datetime) -> Judged:
        """What a token says, by keys that are asked for anew where it names another; Refused ELSEWHERE_REFUSED."""
        try:
            try:
                return judgement(self._keys(now))
            except UnknownKey:
                return judgement(self._keys(now, anew=True))
        except BadToken as error:
            log.warning("a token of %s is refused: %s", self.issuer, error)
            raise Refused("ELSEWHERE_REFUSED") from error

    def _exchange(self, code: str, verifier: str, now: datetime) -> str:
        asked = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.back,
            "client_id": self.client_id,
            "code_verifier": verifier,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        if self.client_secret:
            pair = f"{quote(self.client_id, safe='')}:{quote(self.client_secret, safe='')}"
            headers["Authorization"] = "Basic " + b64encode(pair.encode()).decode()
        url = self._told("token_endpoint", now)
        try:
            answer = self.outside.post(url, urlencode(asked).encode(), headers)
        except (OSError, UnsafeAddress) as error:
            raise self._away(error) from error
        told = _object(answer)
        if answer.status != 200 or not isinstance(told.get("id_token"), str):
            log.warning("%s gives no token: %s %s", self.issuer, answer.status, str(told.get("error", ""))[:100])
            raise Refused("ELSEWHERE_REFUSED")
        return str(told["id_token"])

    def _told(self, name: str, now: datetime) -> str:
        """An address of the discovery document, which has to be about this issuer (Discovery 1.0, 4.3)."""
        with self.lock:
            if self.known.asked_at is None or now - self.known.asked_at > KNOWN_FOR:
                found = self._get(self.issuer.rstrip("/") + WELL_KNOWN)
                if found.get("issuer") != self.issuer:
                    raise self._away(BadToken("the discovery document is about another issuer"))
                self.known.document, self.known.asked_at = found, now
            told = self.known.document.get(name)
        if not isinstance(told, str) or urlsplit(told).scheme not in ("http", "https"):
            raise self._away(BadToken(f"tells no {name}"))
        return told

    def _keys(self, now: datetime, *, anew: bool = False) -> Mapping[str, Key]:
        url = self._told("jwks_uri", now)
        with self.lock:
            at = self.known.keys_asked_at
            if at is None or now - at > (ASK_KEYS_EVERY if anew else KNOWN_FOR):
                self.known.keys, self.known.keys_asked_at = keys_of(self._get(url)), now
            return self.known.keys

    def _get(self, url: str) -> Mapping[str, Any]:
        try:
            answer = self.outside.get(url, {"Accept": "application/json"})
        except (OSError, UnsafeAddress) as error:
            raise self._away(error) from error
        if answer.status != 200:
            raise self._away(ConnectionError(f"{url} answers {answer.status}"))
        return _object(answer)

    def _away(self, error: Exception) -> Refused:
        log.warning("sign-in at %s does not work: %s", self.issuer, error)
        return Refused("ELSEWHERE_AWAY")

    @staticmethod
    def _joined(url: str, asked: Mapping[str, str]) -> str:
        return f"{url}{'&' if urlsplit(url).query else '?'}{urlencode(asked)}"


def _object(answer: Answer) -> Mapping[str, Any]:
    try:
        found = json.loads(answer.text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
