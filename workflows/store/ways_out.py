"""Ways out of the house besides mail: webhooks of an office, bells of devices, and addresses of other channels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from workflows.errors import NotFound

from .tables.ways_out import other_addresses, push_subscriptions, webhook_endpoints
from .upsert import insert_or_change


@dataclass(frozen=True)
class Endpoint:
    """A webhook of an office; `failing_since` is None while it takes what it is sent."""

    id: int
    office_id: int
    url: str
    secret: str = field(repr=False)
    events: Sequence[str]
    made_at: datetime
    made_by: str | None
    failing_since: datetime | None
    last_ok_at: datetime | None
    last_error: str | None
    disabled_at: datetime | None
    removed_at: datetime | None

    @property
    def is_on(self) -> bool:
        """Whether anything is sent there."""
        return self.disabled_at is None and self.removed_at is None


@dataclass(frozen=True)
class Subscription:
    """The bell of one device: where its push service listens, and the keys that only the device can open."""

    id: int
    person_id: int
    endpoint: str
    p256dh: str = field(repr=False)
    auth: str = field(repr=False)
    label: str
    made_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class OtherAddress:
    """An address of another channel, of one person or of an office; the address is a secret."""

    id: int
    person_id: int | None
    office_id: int | None
    url: str = field(repr=False)
    label: str
    events: Sequence[str]
    made_at: datetime
    made_by: str | None
    removed_at: datetime | None

    @property
    def masked(self) -> str:
        """What may be shown of it: only which kind of channel it is."""
        return f"{self.url.partition('://')[0]}://…"


def add_endpoint(connection: Connection, values: Mapping[str, Any]) -> int:
    """Keep a webhook; its id."""
    return int(
        connection.execute(insert(webhook_endpoints).values(values).returning(webhook_endpoints.c.id)).scalar_one()
    )


def endpoint(connection: Connection, endpoint_id: int) -> Endpoint:
    """This webhook, removed or not; NotFound."""
    row = connection.execute(select(webhook_endpoints).where(webhook_endpoints.c.id == endpoint_id)).one_or_none()
    if row is None:
        raise NotFound("webhook", id=endpoint_id)
    return Endpoint(**row._mapping)


def endpoints_of(connection: Connection, office_id: int) -> list[Endpoint]:
    """The webhooks of an office that were not removed."""
    mine = (webhook_endpoints.c.office_id == office_id, webhook_endpoints.c.removed_at.is_(None))
    rows = connection.execute(select(webhook_endpoints).where(*mine).order_by(webhook_endpoints.c.id))
    return [Endpoint(**row._mapping) for row in rows]


def change_endpoint(connection: Connection, endpoint_id: int, **values: Any) -> bool:  # noqa: ANN401 - columns of one row
    """Change a webhook; False when there is none, or it was removed."""
    mine = (webhook_endpoints.c.id == endpoint_id, webhook_endpoints.c.removed_at.is_(None))
    return connection.execute(update(webhook_endpoints).where(*mine).values(values)).rowcount == 1


def subscribe(connection: Connection, values: Mapping[str, Any]) -> None:
    """Keep the bell of a device; a device that another person used before rings for the new one only."""
    changed = ("person_id", "p256dh", "auth", "label", "made_at", "ended_at")
    upsert = insert_or_change(connection, push_subscriptions, ("endpoint",), changed)
    connection.execute(upsert.values({"ended_at": None, **values}))


def subscriptions_of(connection: Connection, person_id: int) -> list[Subscription]:
    """The bells of a person that still ring, oldest first."""
    mine = (push_subscriptions.c.person_id == person_id, push_subscriptions.c.ended_at.is_(None))
    rows = connection.execute(select(push_subscriptions).where(*mine).order_by(push_subscriptions.c.id))
    return [Subscription(**row._mapping) for row in rows]


def subscription(connection: Connection, subscription_id: int) -> Subscription | None:
    """This bell, whether it still rings or not."""
    wanted = select(push_subscriptions).where(push_subscriptions.c.id == subscription_id)
    row = connection.execute(wanted).one_or_none()
    return Subscription(**row._mapping) if row else None


def end_subscription(connection: Connection, subscription_id: int, now: datetime, person_id: int | None = None) -> bool:
    """The bell rings no more; False when it is none of this person."""
    mine = [push_subscriptions.c.id == subscription_id, push_subscriptions.c.ended_at.is_(None)]
    if person_id is not None:
        mine.append(push_subscriptions.c.person_id == person_id)
    return connection.execute(update(push_subscriptions).where(*mine).values(ended_at=now)).rowcount == 1


def add_other_address(connection: Connection, values: Mapping[str, Any]) -> int:
    """Keep an address of another channel; its id."""
    return int(connection.execute(insert(other_addresses).values(values).returning(other_addresses.c.id)).scalar_one())


def other_addresses_of(
    connection: Connection, *, person_id: int | None = None, office_id: int | None = None
) -> list[OtherAddress]:
    """The addresses of a person, or those of an office itself, that were not removed."""
    owner = other_addresses.c.person_id == person_id if person_id is not None else None
    if owner is None:
        owner = other_addresses.c.office_id == office_id
    wanted = select(other_addresses).where(owner, other_addresses.c.removed_at.is_(None))
    return [OtherAddress(**row._mapping) for row in connection.execute(wanted.order_by(other_addresses.c.id))]


def other_address(connection: Connection, address_id: int) -> OtherAddress | None:
    """This address, removed or not."""
    row: Row[Any] | None = connection.execute(
        select(other_addresses).where(other_addresses.c.id == address_id)
    ).one_or_none()
    return OtherAddress(**row._mapping) if row else None


def remove_other_address(connection: Connection, address_id: int, now: datetime) -> None:
    """Nothing goes there any more; the address itself is forgotten."""
    mine = other_addresses.c.id == address_id
    connection.execute(update(other_addresses).where(mine).values(removed_at=now, url="–"))
