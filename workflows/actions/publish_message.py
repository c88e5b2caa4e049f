"""A message from outside: to the one case that waits for it, or to the process that it starts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.store.start_triggers import Armed

from .administration import own_office, reach, require_scope, require_worker
from .correlate import receiver_of
from .desk import Desk, Message
from .handle import deliver_message


def publish_message(desk: Desk, name: str, key: str | None, variables: Mapping[str, Any]) -> int | None:
    """Deliver a message; the id of the case that it started, None when a running case received it.

    A waiting case is preferred to a start event (EM5). Refused with nothing changed: NO_MATCH, AMBIGUOUS, NOT_YOURS,
    OUT_OF_SCOPE. Only cases that the actor may reach are looked at.
    """
    require_worker(desk.by)
    require_scope(desk.by, "message", name)
    message = Message(name, key, variables, own_office(desk.by), reach=reach(desk.by))
    with desk.open() as work:
        receiver = receiver_of(work, message)
        assert receiver is not None, "nothing is ignored, so there is one or a refusal"
        if isinstance(receiver, Armed):
            return deliver_message(work, receiver, message).case_id
        deliver_message(work, receiver, message)
        return None
