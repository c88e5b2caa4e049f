"""What stands in the database in the end: what must be the same whether or not somebody died on the way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, select

from workflows.store.tables import metadata
from workflows.store.tables.notices import notices
from workflows.store.tables.telling import deliveries

# What identifies an effect; instants, numbers of tries and leases may differ.
EFFECTS: Mapping[str, tuple[str, ...]] = {
    "cases": ("id", "process", "status", "revision"),
    "events": ("case_id", "seq", "type"),
    "tasks": ("id", "element", "status", "outcome", "round"),
    "escalations": ("task_id", "level", "target"),
    "timers": ("case_id", "timer_id"),
    "subscriptions": ("case_id", "subscription_id"),
    "incidents": ("case_id", "incident_id", "code"),
    "approvals": ("subject", "subject_id", "role", "person"),
    "counters": ("series", "year", "last"),
    "register": ("series", "year", "number", "subject", "subject_id", "status"),
    "issued": ("subject", "subject_id", "media_type"),
    "document_files": ("subject", "subject_id", "role", "name"),
    "signing_orders": ("subject", "subject_id", "role", "state"),
    "recipients": ("subject", "subject_id", "line", "body_name", "status"),
    "plans": ("id", "status", "version", "number", "symbol"),
    "opinions": ("round_id", "body_id", "outcome", "late"),
    "cycles": ("rule_id", "key"),
    "submissions": ("cycle_id", "body_id", "status"),
    "submission_events": ("submission_id", "kind"),
    "occurrences": ("duty_id", "body_id", "key"),
    "envelopes": ("direction", "peer", "document_id", "message", "state"),
    "outbox": ("kind", "key"),
    "notices": ("recipient", "matter", "reason", "period", "fate"),
    "kept_answers": ("token_id", "key"),
    "checkpoints": ("last_case",),
}
# What names a notice.
_NOTICE = ("recipient", "matter", "reason", "period")
_NUMBER = re.compile(r"\d+|<[^>]*>")


def effects(connection: Connection, *, exact: bool) -> Counter[str]:
    """How often each effect stands there; without `exact`, numbers are left out, for PostgreSQL skips some."""
    return Counter(_lines(connection, exact))


def difference(expected: Counter[str], found: Counter[str]) -> list[str]:
    """What is missing and what is there once too often."""
    return [
        *(f"missing {number}× {line}" for line, number in sorted((expected - found).items())),
        *(f"too often {number}× {line}" for line, number in sorted((found - expected).items())),
    ]


def tells(connection: Connection) -> dict[str, list[str]]:
    """What each letter tells, by its Message-ID and address: the notices that were gathered in it, else itself.

    Notices about one plan that are due together are one letter: a life in which one of them came later has two, and
    has told as much.
    """
    joined = deliveries.outerjoin(notices, notices.c.delivery_id == deliveries.c.id)
    columns = (deliveries.c.message_id, deliveries.c.address, *(notices.c[name] for name in _NOTICE))
    found: dict[str, list[str]] = {}
    for message_id, address, *notice in connection.execute(select(*columns).select_from(joined)):
        letter = f"{message_id} {address}"
        found.setdefault(letter, []).append(f"{' | '.join(notice)} to {address}" if notice[0] is not None else letter)
    return found


def _lines(connection: Connection, exact: bool) -> Iterator[str]:
    told = tells(connection)
    letters = select(deliveries.c.channel, deliveries.c.status, deliveries.c.message_id, deliveries.c.address)
    for channel, status, message_id, address in connection.execute(letters):
        for each in told[f"{message_id} {address}"]:
            line = f"deliveries {channel} | {status} | {each}"
            yield line if exact else _NUMBER.sub("#", line)
    for name, columns in EFFECTS.items():
        table = metadata.tables[name]
        for row in connection.execute(select(*(table.c[column] for column in columns))):
            line = f"{name} {' | '.join(map(str, row))}"
            yield line if exact else _NUMBER.sub("#", line)
