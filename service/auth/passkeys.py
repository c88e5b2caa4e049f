"""Passkeys (WebAuthn Level 2): a key in the person's device or in a token; a signature of the page's own challenge."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

import webauthn
from sqlalchemy import Connection
from webauthn.helpers import (
    base64url_to_bytes,
    bytes_to_base64url,
    options_to_json,
    parse_authentication_credential_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from service.settings import Settings
from service.words.titles import passkey_of
from workflows.errors import Refused
from workflows.store import confirming, keys_of_people

METHOD = "passkey"
CHALLENGE_VALID = timedelta(minutes=5)
MOST = 10  # passkeys of a person
LONGEST_NAME = 60
_NAME = "kehoach"


@dataclass(frozen=True)
class Place:
    """Where passkeys of this installation count: the host of its pages and their address."""

    host: str
    origin: str


def place_of(settings: Settings) -> Place | None:
    """None where browsers do not offer passkeys: without https (but on localhost), and at an address in digits."""
    parts = urlsplit(settings.base_url)
    host = parts.hostname or ""
    if not settings.secure and host != "localhost":
        return None
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return Place(host, f"{parts.scheme}://{parts.netloc}")
    return None


def ask_to_register(  # noqa: PLR0917 - what is judged together
    connection: Connection, place: Place, person_id: int, login: str, act: str, token: str, now: datetime
) -> str:
    """The options of `navigator.credentials.create` as JSON; the challenge is kept for this person and act."""
    own = keys_of_people.passkeys_of(connection, person_id)
    if len(own) >= MOST:
        raise Refused("TOO_MANY_PASSKEYS", most=MOST)
    challenge = _new_challenge(connection, person_id, act, token, now)
    options = webauthn.generate_registration_options(
        rp_id=place.host,
        rp_name=_NAME,
        user_name=login,
        user_id=sha256(f"kehoach:{person_id}".encode()).digest(),
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(each.credential) for each in own],
    )
    return options_to_json(options)


def register(  # noqa: PLR0917 - what is judged together
    connection: Connection, place: Place, person_id: int, act: str, given: str, name: str, now: datetime
) -> int:
    """Keep the passkey that the browser made; PASSKEY_WRONG when it does not answer the challenge."""
    challenge = _take_challenge(connection, person_id, act, now)
    try:
        made = webauthn.verify_registration_response(
            credential=given,
            expected_challenge=challenge,
            expected_rp_id=place.host,
            expected_origin=place.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise Refused("PASSKEY_WRONG") from error
    if keys_of_people.passkey_with(connection, made.credential_id) is not None:
        raise Refused("PASSKEY_KNOWN")
    key = made.credential_public_key
    called = name.strip()[:LONGEST_NAME] or passkey_of(now.date())
    return keys_of_people.add_passkey(connection, person_id, made.credential_id, key, made.sign_count, called, now)


def ask_to_confirm(  # noqa: PLR0917 - what is judged together
    connection: Connection, place: Place, person_id: int, act: str, token: str, now: datetime
) -> str:
    """The options of `navigator.credentials.get` as JSON; the challenge is good for exactly this act."""
    challenge = _new_challenge(connection, person_id, act, token, now)
    options = webauthn.generate_authentication_options(
        rp_id=place.host,
        challenge=challenge,
        allow_credentials=[
            PublicKeyCredentialDescriptor(each.credential) for each in keys_of_people.passkeys_of(connection, person_id)
        ],
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json(options)


def confirm(  # noqa: PLR0917 - what is judged together
    connection: Connection, place: Place, person_id: int, act: str, given: str, now: datetime
) -> bool:
    """Whether one of the person's passkeys signed the challenge of this act; the challenge is used up either way."""
    try:
        challenge = _take_challenge(connection, person_id, act, now)
        credential = parse_authentication_credential_json(given)
        own = {each.credential: each for each in keys_of_people.passkeys_of(connection, person_id)}
        passkey = own.get(credential.raw_id)
        if passkey is None:
            return False
        # The counter is judged below, in one statement with its change.
        answer = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=place.host,
            expected_origin=place.origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=0,
            require_user_verification=True,
        )
    except (WebAuthnException, Refused, ValueError, KeyError, TypeError):
        return False
    return keys_of_people.note_use(connection, passkey.id, answer.new_sign_count, now)


def _new_challenge(connection: Connection, person_id: int, act: str, token: str, now: datetime) -> bytes:
    """Drawn from chance and bound to the act, so that the answer to one is never the answer to another."""
    challenge = sha256(f"{act}:{token}".encode()).digest()
    confirming.ask(connection, person_id, act, METHOD, now, now + CHALLENGE_VALID, bytes_to_base64url(challenge))
    return challenge


def _take_challenge(connection: Connection, person_id: int, act: str, now: datetime) -> bytes:
    asked = confirming.asked(connection, person_id, act, METHOD, now)
    if asked is None or asked.secret is None or not confirming.drop(connection, asked.id, now):
        raise Refused("PASSKEY_WRONG")
    return base64url_to_bytes(asked.secret)
