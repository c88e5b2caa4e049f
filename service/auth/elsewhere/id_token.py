"""An ID token, judged: signed by the provider with an algorithm of ours, for this house, for this sign-in, and now.

OpenID Connect Core 3.1.3.7. The algorithm is never chosen by the token: a key of RSA takes RS256, one of P-256 takes
ES256, and no token names a secret of ours as its key.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

SKEW = timedelta(minutes=2)  # two clocks may differ by so much
OLDEST = timedelta(minutes=15)  # a token is made for this sign-in, not kept
SMALLEST_RSA = 2048
LONGEST = 16_384
Key = rsa.RSAPublicKey | ec.EllipticCurvePublicKey


class BadToken(Exception):
    """The token is not to be believed; the text says why, for the log."""


class UnknownKey(BadToken):
    """No key of the provider has this name: it may have changed its keys."""


@dataclass(frozen=True)
class Expected:
    """What a good token says: its issuer, for whom it is, the nonce of this sign-in; and the instant that it is now."""

    issuer: str
    client_id: str
    nonce: str
    now: datetime


def keys_of(document: Mapping[str, Any]) -> dict[str, Key]:
    """The keys of a JWK set that we take, by name; others are left out (RFC 7517, 5)."""
    listed = document.get("keys")
    found = {}
    for each in listed if isinstance(listed, list) else []:
        key = _key(each) if isinstance(each, dict) and each.get("use", "sig") == "sig" else None
        if key is not None:
            found[str(each.get("kid", ""))] = key
    return found


def judge(token: str, keys: Mapping[str, Key], expected: Expected) -> Mapping[str, Any]:
    """The claims of a good token; BadToken, or UnknownKey where the keys should be asked for anew."""
    _, claims = claims_of(token, keys)
    _require_meant(claims, expected)
    return claims


def claims_of(token: str, keys: Mapping[str, Key]) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The header and the claims of a token that the provider signed, whatever it says; BadToken, or UnknownKey."""
    if len(token) > LONGEST or token.count(".") != 2:
        raise BadToken("not a signed token")
    head, body, signature = token.split(".")
    header = _object(head)
    if "crit" in header:
        raise BadToken("demands something that we do not know")
    key = keys.get(str(header.get("kid", ""))) or (next(iter(keys.values())) if _only_one(header, keys) else None)
    if key is None:
        raise UnknownKey(f"no key {header.get('kid')!r}")
    _require_signed(key, str(header.get("alg")), f"{head}.{body}".encode(), _bytes(signature))
    return header, _object(body)


def require_for(claims: Mapping[str, Any], issuer: str, client_id: str) -> None:
    """BadToken unless this issuer made it, for this program."""
    audience = claims.get("aud")
    named: Sequence[Any] = audience if isinstance(audience, list) else [audience]
    party = claims.get("azp")
    if claims.get("iss") != issuer:
        raise BadToken("another issuer")
    if client_id not in named or (party is not None and party != client_id):
        raise BadToken("made for another program")
    if len(named) > 1 and party is None:
        raise BadToken("made for several programs and does not say for which")


def _only_one(header: Mapping[str, Any], keys: Mapping[str, Key]) -> bool:
    return "kid" not in header and len(keys) == 1


def _require_signed(key: Key, algorithm: str, signed: bytes, signature: bytes) -> None:
    try:
        if isinstance(key, rsa.RSAPublicKey) and algorithm == "RS256":
            key.verify(signature, signed, padding.PKCS1v15(), SHA256())
        elif isinstance(key, ec.EllipticCurvePublicKey) and algorithm == "ES256" and len(signature) == 64:
            r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
            key.verify(encode_dss_signature(r, s), signed, ec.ECDSA(SHA256()))
        else:
            raise BadToken(f"algorithm {algorithm!r} does not belong to this key")
    except InvalidSignature as error:
        raise BadToken("the signature is wrong") from error


def _require_meant(claims: Mapping[str, Any], expected: Expected) -> None:
    """Issuer, audience, party, nonce, subject and times."""
    require_for(claims, expected.issuer, expected.client_id)
    if not compare_digest(str(claims.get("nonce", "")).encode(), expected.nonce.encode()):
        raise BadToken("made for another sign-in")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= 255 or not subject.isprintable():
        raise BadToken("names nobody")
    now = expected.now.timestamp()
    skew = SKEW.total_seconds()
    expires, issued, begins = (seconds_of(claims, name) for name in ("exp", "iat", "nbf"))
    if expires is None or issued is None or expires + skew <= now:
        raise BadToken("over, or without an end")
    if issued - skew > now or now - issued > OLDEST.total_seconds() + skew or (begins or 0) - skew > now:
        raise BadToken("not of now")


def seconds_of(claims: Mapping[str, Any], name: str) -> float | None:
    """An instant that the token says, since 1970; None where it does not. BadToken for what is no instant."""
    value = claims.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1 << 40:
        raise BadToken(f"{name} is no instant")
    return float(value)


def _key(each: Mapping[str, Any]) -> Key | None:
    try:
        if each.get("kty") == "RSA":
            made = rsa.RSAPublicNumbers(_number(each["e"]), _number(each["n"])).public_key()
            return made if made.key_size >= SMALLEST_RSA else None
        if each.get("kty") == "EC" and each.get("crv") == "P-256":
            return ec.EllipticCurvePublicNumbers(_number(each["x"]), _number(each["y"]), ec.SECP256R1()).public_key()
    except (KeyError, ValueError, TypeError, BadToken):
        return None
    return None


def _number(text: str) -> int:
    return int.from_bytes(_bytes(text), "big")


def _object(part: str) -> Mapping[str, Any]:
    try:
        found = json.loads(_bytes(part))
    except (ValueError, RecursionError) as error:
        raise BadToken("not JSON") from error
    if not isinstance(found, dict):
        raise BadToken("not an object")
    return found


def _bytes(part: str) -> bytes:
    try:
        return urlsafe_b64decode(part.encode("ascii") + b"=" * (-len(part) % 4))
    except (ValueError, AttributeError) as error:
        raise BadToken("not base64url") from error
