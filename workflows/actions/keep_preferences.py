"""A person chooses how to be told, and makes and takes back the addresses that only this person uses."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from workflows.errors import NotFound, Refused
from workflows.store import preferences, secret_addresses, ways_out
from workflows.store.preferences import MAILS, Choice

from .desk import Desk

MOST_ADDRESSES = 5
LONGEST_LABEL = 60


def keep_preferences(
    desk: Desk, person_id: int, choices: Mapping[str, Choice], digest_at: str | None, quiet: str | None
) -> None:
    """Keep what the person chose; whoever wants a digest of something gets one at the usual hour.

    Refused: BAD_FIELD, BAD_HOUR, BAD_QUIET.
    """
    for choice in choices.values():
        if choice.mail not in MAILS:
            raise Refused("BAD_FIELD", field="cach_nhan", value=choice.mail)
    if digest_at is None and any(choice.mail == "tong_hop" for choice in choices.values()):
        digest_at = f"{preferences.DIGEST_AT:%H:%M}"
    with desk.open() as work:
        preferences.keep_times(work.connection, person_id, digest_at, quiet)
        preferences.keep_choices(work.connection, person_id, choices)


def make_secret_address(desk: Desk, person_id: int, purpose: str, label: str, token: str) -> None:
    """Keep an address that a program of the person opens; Refused: TOO_MANY_ADDRESSES, TOO_LONG."""
    with desk.open() as work:
        if len(secret_addresses.secret_addresses_of(work.connection, person_id, purpose)) >= MOST_ADDRESSES:
            raise Refused("TOO_MANY_ADDRESSES", most=MOST_ADDRESSES)
        if len(label) > LONGEST_LABEL:
            raise Refused("TOO_LONG", field="nhan", longest=LONGEST_LABEL)
        hashed = sha256(token.encode()).hexdigest()
        secret_addresses.add_secret_address(work.connection, hashed, person_id, purpose, label, work.now)


def revoke_secret_address(desk: Desk, person_id: int, token_hash: str) -> None:
    """Take the address back at once; NotFound when it is none of this person."""
    with desk.open() as work:
        if not secret_addresses.revoke_secret_address(work.connection, person_id, token_hash, work.now):
            raise NotFound("address")


def subscribe(desk: Desk, person_id: int, endpoint: str, *, p256dh: str, auth: str, label: str) -> None:
    """Let a device ring; the shell has judged where its push service is. Refused: TOO_MANY_ADDRESSES."""
    with desk.open() as work:
        known = ways_out.subscriptions_of(work.connection, person_id)
        if len(known) >= MOST_ADDRESSES and endpoint not in {each.endpoint for each in known}:
            raise Refused("TOO_MANY_ADDRESSES", most=MOST_ADDRESSES)
        values = {"person_id": person_id, "endpoint": endpoint, "p256dh": p256dh, "auth": auth}
        ways_out.subscribe(work.connection, {**values, "label": label[:LONGEST_LABEL], "made_at": work.now})


def unsubscribe(desk: Desk, person_id: int, subscription_id: int) -> None:
    """The device rings no more; NotFound when it is none of this person."""
    with desk.open() as work:
        if not ways_out.end_subscription(work.connection, subscription_id, work.now, person_id):
            raise NotFound("device", id=subscription_id)


def add_own_channel(desk: Desk, person_id: int, url: str, label: str) -> None:
    """Keep an address of another channel for oneself, which the shell has judged; Refused: TOO_MANY_ADDRESSES."""
    with desk.open() as work:
        if len(ways_out.other_addresses_of(work.connection, person_id=person_id)) >= MOST_ADDRESSES:
            raise Refused("TOO_MANY_ADDRESSES", most=MOST_ADDRESSES)
        if len(label) > LONGEST_LABEL:
            raise Refused("TOO_LONG", field="nhan", longest=LONGEST_LABEL)
        values = {"person_id": person_id, "url": url, "label": label, "events": [], "made_by": work.by.name}
        ways_out.add_other_address(work.connection, {**values, "made_at": work.now})


def remove_own_channel(desk: Desk, person_id: int, address_id: int) -> None:
    """Forget an own address; NotFound when it is none of this person."""
    with desk.open() as work:
        kept = ways_out.other_address(work.connection, address_id)
        if kept is None or kept.person_id != person_id or kept.removed_at is not None:
            raise NotFound("channel", id=address_id)
        ways_out.remove_other_address(work.connection, address_id, work.now)
