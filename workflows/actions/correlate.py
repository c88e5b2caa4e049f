"""Whom a message or a signal is for: cases that wait for it, and processes that it starts."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeAlias

from workflows.engine import matching
from workflows.errors import Refused
from workflows.store import start_triggers, worklist
from workflows.store.start_triggers import Armed
from workflows.store.suspending import suspended_offices
from workflows.store.worklist import Waiting

from .desk import Message, Signal, Work

Receiver: TypeAlias = Waiting | Armed


def receiver_of(work: Work, message: Message, *, ignoring: Collection[str] = ()) -> Receiver | None:
    """The one that a message is for; running cases are preferred to message start events (EM5).

    Refused NO_MATCH (EM4) or AMBIGUOUS (EM3); None where the refusal would have a code to be ignored.
    """
    found: list[Receiver] = [*matching(_waiting_for(work, message), message.name, message.key)]
    if not found:
        found = [*start_triggers.triggers_for(work.connection, "message", message.name)]
    if len(found) == 1:
        return found[0]
    code = "AMBIGUOUS" if found else "NO_MATCH"
    if code in ignoring:
        return None
    raise Refused(code, name=message.name, key=message.key, count=len(found))


def _waiting_for(work: Work, message: Message) -> list[Waiting]:
    waiting = worklist.subscriptions(work.connection, "message", message.name, message.key)
    return [
        each
        for each in waiting
        if each.case_id != message.thrower or each.subscription_id in message.receivers
        if message.reach is None or each.office_id in message.reach
    ]


def catchers_of(work: Work, signal: Signal) -> list[Waiting]:
    """The cases that wait for a signal now; those of the case that throws it were served by the engine (ES1).

    An office that is suspended listens to nothing, as a suspended case does: it keeps nobody from broadcasting.
    """
    waiting = worklist.subscriptions(work.connection, "signal", signal.name)
    resting = suspended_offices(work.connection) if waiting else set()
    return [
        each
        for each in waiting
        if each.case_id != signal.thrower and _reaches(signal, each.office_id) and each.office_id not in resting
    ]


def _reaches(signal: Signal, office_id: int | None) -> bool:
    return signal.reach is None or office_id in signal.reach
