"""The hash chain of a case's events: any later change to what happened, or to its order, breaks it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import groupby
from json.encoder import encode_basestring
from typing import Any

from sqlalchemy import Connection, Row, select

from .spelling import Spelled, canonical
from .tables.processes import cases, events

# What the first event of every case is chained to.
GENESIS = "0" * 64

ROWS_AT_ONCE = 2_000


@dataclass(frozen=True)
class Break:
    """Where the log of a case is not what was written.

    CHANGED: this event or its hash; MISSING: this number is not there; CUT: the last event that the case
    knows of is gone; ADDED: there is an event after it; HEAD: the case names another last hash; NO_CASE: there are
    events and no case.
    """

    code: str
    case_id: int
    seq: int


def verify_chain(connection: Connection, case_id: int | None = None) -> list[Break]:
    """Every break in the log of this case or of all, in the order of cases and events; empty when it is intact."""
    wanted = select(cases.c.id, cases.c.revision, cases.c.chain_head).order_by(cases.c.id)
    log = select(events).order_by(events.c.case_id, events.c.seq)
    if case_id is not None:
        wanted, log = wanted.where(cases.c.id == case_id), log.where(events.c.case_id == case_id)
    expected = {row.id: (row.revision, row.chain_head) for row in connection.execute(wanted)}
    found: list[Break] = []
    rows = connection.execute(log, execution_options={"yield_per": ROWS_AT_ONCE})
    for each, happened in groupby(rows, key=lambda row: int(row.case_id)):
        revision, head = expected.pop(each, (None, ""))
        if revision is None:
            found.append(Break("NO_CASE", each, 1))
        else:
            found.extend(_breaks(each, happened, revision, head))
    for each, (last, head) in expected.items():
        found.extend(_breaks(each, (), last, head))
    return sorted(found, key=lambda one: (one.case_id, one.seq))


def _breaks(case_id: int, happened: Iterable[Row[Any]], revision: int, head: str) -> Iterable[Break]:
    previous, seq = GENESIS, 0
    for row in happened:
        if row.seq != seq + 1:
            yield Break("MISSING", case_id, seq + 1)
        elif row.hash != _link_of(previous, row):
            yield Break("CHANGED", case_id, row.seq)
        if row.seq > revision:
            yield Break("ADDED", case_id, row.seq)
        previous, seq = row.hash, row.seq
    if seq < revision:
        yield Break("CUT", case_id, seq + 1)
    elif seq == revision and previous != head:
        yield Break("HEAD", case_id, seq)


def _link_of(previous: str, row: Row[Any]) -> str:
    return Chain(row.case_id, previous, row.at, row.actor, row.content_hash).append(row.seq, row.type, row.data)


class Chain:
    """The growing end of a case's chain, for events of one instant and one actor."""

    def __init__(
        self, case: int, head: str, at: datetime, actor: Mapping[str, Any] | Spelled, content_hash: str | None = None
    ) -> None:
        instant = at.astimezone(UTC).isoformat(timespec="microseconds")
        # The canonical record of an event, its keys in their order, but for what differs from event to event.
        bound = "null" if content_hash is None else encode_basestring(content_hash)
        self.actor = actor if isinstance(actor, Spelled) else Spelled(canonical(actor))
        facts = f'"actor":{self.actor.text},"at":"{instant}","case":{case},"content_hash":{bound}'
        self._start = f'{{{facts},"data":'
        self.head = head

    def append(self, seq: int, type: str, data: Mapping[str, Any]) -> str:
        """The hash of the next event: SHA-256 in hex over the previous one and the event's canonical record."""
        return self.link(seq, type, canonical(data))

    def link(self, seq: int, type: str, data: str) -> str:
        """The same for an event whose data is spelled already."""
        record = f'{self.head}{self._start}{data},"seq":{seq},"type":{encode_basestring(type)}}}'
        self.head = sha256(record.encode()).hexdigest()
        return self.head
