"""Every way out besides mail, as one installation has them."""

from __future__ import annotations

from datetime import datetime

from notifications.guarded_post import Outside, resolve_by_system
from notifications.push_keys import read_push_keys
from workflows.store.database import Database
from workflows.store.sealing import Seal

from .apprise import AppriseChannel
from .channel import Channel
from .push import PushChannel
from .webhook import WebhookChannel


def other_ways(database: Database, now: datetime, seal: Seal, contact: str, *, loopback: bool) -> list[Channel]:
    """Bells, webhooks and other channels; `seal` opens the key for web push, without which no bell rings."""
    outside = Outside(resolve_by_system, loopback)
    keys = read_push_keys(database, seal, contact)
    bells: list[Channel] = [PushChannel(database, now, outside, keys)] if keys is not None else []
    return [*bells, WebhookChannel(database, now, outside), AppriseChannel(database, loopback=loopback)]


def contact_of(sender: str) -> str:
    """Whom a push service may write to: the address that letters come from."""
    return f"mailto:{sender}"
