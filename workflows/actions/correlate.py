"""Which case a message is for: the one subscription of that name and key."""

from __future__ import annotations

from workflows.engine import correlate
from workflows.errors import Refused
from workflows.store import worklist
from workflows.store.worklist import Waiting

from .desk import Message, Work


def receiver_of(work: Work, message: Message, *, needed: bool) -> Waiting | None:
    """The waiting subscription, None when nobody waits and the message is not needed; two are AMBIGUOUS (EM3)."""
    candidates = worklist.subscriptions(work.connection, "message", message.name)
    try:
        return correlate(candidates, message.name, message.key)
    except Refused as refusal:
        if needed or refusal.code != "NO_MATCH":
            raise
        return None
