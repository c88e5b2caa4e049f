"""The hash chain of a case's events: any later change to what happened, or to its order, breaks it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, select

from .tables.processes import cases, events

# What the first event of every case is chained to.
GENESIS = "0" * 64

ROWS_AT_ONCE = 2_000


@dataclass(frozen=True)
class Break:
    """Where the log of a case is not what was written.

    CHANGED: this event or its hash; MISSING: this number is not there; CUT: the last event that the case
    knows of is gone; ADDED: there is an event after it; HEAD: the case names another last hash.
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
        found.extend(_breaks(each, happened, *expected.pop(each)))
    for each, (revision, head) in expected.items():
        found.extend(_breaks(each, (), revision, head))
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
    return link(
        previous,
        case=row.case_id,
        seq=row.seq,
        at=row.at,
        type=row.type,
        data=row.data,
        actor=row.actor,
        content_hash=row.content_hash,
    )


def link(
    previous: str,
    *,
    case: int,
    seq: int,
    at: datetime,
    type: str,
    data: Mapping[str, Any],
    actor: Mapping[str, Any],
    content_hash: str | None,
) -> str:
    """SHA-256 in hex over the previous hash and the canonical record of this event."""
    record = {
        "case": case,
        "seq": seq,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "type": type,
        "data": data,
        "actor": actor,
        "content_hash": content_hash,
    }
    return sha256(previous.encode("ascii") + canonical(record).encode()).hexdigest()


def canonical(value: object) -> str:
    """JSON with one spelling only: sorted keys, no spaces, and numbers by value, since a database may respell them."""
    return json.dumps(_plain(value), ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, float) and value.is_integer():
        return int(Decimal(repr(value)))
    return value
