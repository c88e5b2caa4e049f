"""Messages and signals from outside."""

from __future__ import annotations

from workflows import actions

from .policy import WORKER, Call, Routes
from .shapes import BroadcastedSignal, BroadcastSignal, PublishedMessage, PublishMessage

routes = Routes("messages")


@routes.post("/messages", WORKER, "publish_message")
def publish_message(caller: Call, body: PublishMessage) -> PublishedMessage:
    """Deliver a message to one case, or start one; 404 NO_MATCH and 409 AMBIGUOUS change nothing."""
    started = actions.publish_message(caller.desk, body.name, body.key, body.variables)
    caller.web.nudge()
    return PublishedMessage(started_case=started)


@routes.post("/signals", WORKER, "broadcast_signal")
def broadcast_signal(caller: Call, body: BroadcastSignal) -> BroadcastedSignal:
    """Broadcast a signal; nobody waiting is no error."""
    reached = actions.broadcast_signal(caller.desk, body.name, body.variables)
    caller.web.nudge()
    return BroadcastedSignal(reached=reached)
