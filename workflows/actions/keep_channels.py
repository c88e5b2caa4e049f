"""An administrator decides which machines and groups outside hear of what happens in the office."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection

from workflows.errors import NotFound, Refused
from workflows.store import deliveries, ways_out
from workflows.store.ways_out import Endpoint

from .administration import require_administrator
from .desk import Desk

MOST_ENDPOINTS = 20
LONGEST_URL = 2_000
LONGEST_LABEL = 60


def add_webhook(desk: Desk, office_id: int, url: str, secret: str, events: Collection[str]) -> int:
    """Keep a webhook, whose address the shell has judged; its id. Refused: NOT_YOURS, NO_EVENT, TOO_MANY_ADDRESSES."""
    require_administrator(desk.by, office_id)
    if not events:
        raise Refused("NO_EVENT", field="su_kien")
    if len(url) > LONGEST_URL:
        raise Refused("TOO_LONG", field="dia_chi", longest=LONGEST_URL)
    with desk.open() as work:
        if len(ways_out.endpoints_of(work.connection, office_id)) >= MOST_ENDPOINTS:
            raise Refused("TOO_MANY_ADDRESSES", most=MOST_ENDPOINTS)
        values = {"office_id": office_id, "url": url, "secret": secret, "events": sorted(events)}
        return ways_out.add_endpoint(work.connection, {**values, "made_at": work.now, "made_by": work.by.name})


def switch_webhook(desk: Desk, endpoint_id: int, *, on: bool) -> Endpoint:
    """Switch a webhook on again, its failures forgotten, or off; NotFound, NOT_YOURS."""
    with desk.open() as work:
        endpoint = _own(work.connection, desk, endpoint_id)
        values = {"disabled_at": None, "failing_since": None} if on else {"disabled_at": work.now}
        ways_out.change_endpoint(work.connection, endpoint_id, **values)
        return endpoint


def remove_webhook(desk: Desk, endpoint_id: int) -> None:
    """Nothing goes there any more, and its secret is forgotten; what was sent stays on record."""
    with desk.open() as work:
        _own(work.connection, desk, endpoint_id)
        ways_out.change_endpoint(work.connection, endpoint_id, removed_at=work.now, secret="")


def replay(desk: Desk, delivery_id: int) -> str:
    """Send again what was sent or given up, under the same identity; the address it goes to. NotFound, NOT_YOURS."""
    with desk.open() as work:
        found = deliveries.delivery(work.connection, delivery_id)
        if found is None or not found.letter.address.startswith("webhook:"):
            raise NotFound("delivery", id=delivery_id)
        _own(work.connection, desk, int(found.letter.address.partition(":")[2]))
        if not deliveries.send_again(work.connection, delivery_id, work.now):
            raise Refused("ON_ITS_WAY")
        return found.letter.address


def add_group_channel(desk: Desk, office_id: int, url: str, label: str, events: Collection[str]) -> None:
    """Keep an address of the office on another channel, which the shell has judged.

    Refused: NOT_YOURS, NO_EVENT, TOO_LONG, TOO_MANY_ADDRESSES.
    """
    require_administrator(desk.by, office_id)
    if not events:
        raise Refused("NO_EVENT", field="su_kien")
    if len(label) > LONGEST_LABEL:
        raise Refused("TOO_LONG", field="nhan", longest=LONGEST_LABEL)
    with desk.open() as work:
        if len(ways_out.other_addresses_of(work.connection, office_id=office_id)) >= MOST_ENDPOINTS:
            raise Refused("TOO_MANY_ADDRESSES", most=MOST_ENDPOINTS)
        values = {"office_id": office_id, "url": url, "label": label, "events": sorted(events)}
        ways_out.add_other_address(work.connection, {**values, "made_at": work.now, "made_by": work.by.name})


def remove_group_channel(desk: Desk, address_id: int) -> None:
    """Forget an address of the office; NotFound, NOT_YOURS."""
    with desk.open() as work:
        kept = ways_out.other_address(work.connection, address_id)
        if kept is None or kept.office_id is None or kept.removed_at is not None:
            raise NotFound("channel", id=address_id)
        require_administrator(desk.by, kept.office_id)
        ways_out.remove_other_address(work.connection, address_id, work.now)


def _own(connection: Connection, desk: Desk, endpoint_id: int) -> Endpoint:
    endpoint = ways_out.endpoint(connection, endpoint_id)
    require_administrator(desk.by, endpoint.office_id)
    if endpoint.removed_at is not None:
        raise NotFound("webhook", id=endpoint_id)
    return endpoint
