"""Checkpoints: one hash over the ends of all chains that changed since the one before, and over that one's hash.

A checkpoint also names the lines that the log of rows (`beside/row_log.py`) got since: by one hash over them.

So each root stands for everything that happened until then, and making it costs what happened since.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, insert, or_, select, update

from .chain import GENESIS
from .local_days import local_day
from .many_rows import insert_many
from .tables.checkpoint_leaves import checkpoint_leaves
from .tables.processes import cases, checkpoints, events
from .tables.row_log import row_log

# What is hashed of a line of the log of rows.
LINE = (row_log.c.id, row_log.c.table_name, row_log.c.row_key, row_log.c.digest)
# A transaction that is this old at its commit has its events behind a checkpoint that did not see them.
LONGEST_COMMAND = timedelta(days=2)


@dataclass(frozen=True)
class Leaf:
    """The end of one case's chain."""

    case_id: int
    revision: int
    head: str

    @property
    def text(self) -> str:
        """As it stands in the tree."""
        return f"{self.case_id}:{self.revision}:{self.head}"


@dataclass(frozen=True)
class Sealed:
    """A checkpoint as it leaves the house."""

    id: int
    at: datetime
    root: str
    previous: str
    signature: str
    signed_by: str


# From a root to the public key and the signature, both in hex.
Sign = Callable[[str], tuple[str, str]]


def write_checkpoint(connection: Connection, now: datetime, sign: Sign | None = None) -> bool:
    """Seal what changed since the last checkpoint; False when nothing did, or today has one already."""
    last = connection.execute(select(checkpoints).order_by(checkpoints.c.id.desc()).limit(1)).one_or_none()
    if last is not None and local_day(last.at) == local_day(now):
        return False
    leaves = _changed(connection, now, last)
    if not leaves and not _has_new_lines(connection):
        return False
    last_case = connection.scalar(select(func.max(cases.c.id))) or 0
    previous = last.root if last is not None else GENESIS
    row: dict[str, Any] = {"at": now, "root": "", "heads": {}, "previous": previous, "last_case": last_case}
    number = connection.execute(insert(checkpoints).values(row).returning(checkpoints.c.id)).scalar_one()
    rows_root = rows_root_of(_take_lines(connection, number))
    root = root_of(previous, now, last_case, leaves, rows_root)
    signed_by, signature = sign(root) if sign is not None else (None, None)
    made = {"root": root, "rows_root": rows_root, "signed_by": signed_by, "signature": signature}
    connection.execute(update(checkpoints).where(checkpoints.c.id == number).values(made))
    insert_many(connection, checkpoint_leaves, [vars(leaf) for leaf in leaves], {"checkpoint_id": number})
    return True


def _has_new_lines(connection: Connection) -> bool:
    return connection.scalar(select(row_log.c.id).where(row_log.c.checkpoint_id.is_(None)).limit(1)) is not None


def _take_lines(connection: Connection, number: int) -> list[tuple[int, str, str, str]]:
    """The lines of the log of rows that no checkpoint names, which from now on this one does."""
    open_ones = update(row_log).where(row_log.c.checkpoint_id.is_(None)).values(checkpoint_id=number)
    return sorted(tuple(row) for row in connection.execute(open_ones.returning(*LINE)))


def rows_root_of(lines: Sequence[tuple[int, str, str, str]]) -> str | None:
    """The Merkle root over lines of the log of rows in their order; None of none."""
    return merkle_root([":".join(map(str, line)) for line in lines]) if lines else None


def _changed(connection: Connection, now: datetime, last: Row[tuple[object, ...]] | None) -> list[Leaf]:
    """The ends of chains that no checkpoint names, in the order of cases.

    PostgreSQL looks only at cases that are new or have events since; once a month, and when the clock went back, at all
    of them, as SQLite always does: its files are small.
    """
    known = select(checkpoint_leaves.c.head).where(
        checkpoint_leaves.c.case_id == cases.c.id, checkpoint_leaves.c.head == cases.c.chain_head
    )
    unsealed = [~known.exists(), cases.c.revision > 0]
    if connection.dialect.name == "postgresql" and last is not None and last.previous is not None:
        at: datetime = last.at
        if at <= now and local_day(at).month == local_day(now).month:
            unsealed.append(_touched(at - LONGEST_COMMAND, last.last_case))
    wanted = select(cases.c.id, cases.c.revision, cases.c.chain_head).where(*unsealed).order_by(cases.c.id)
    return [Leaf(*row) for row in connection.execute(wanted)]


def _touched(since: datetime, last_case: int) -> ColumnElement[bool]:
    happened = select(events.c.case_id).where(events.c.at >= since)
    return or_(cases.c.id > last_case, cases.c.id.in_(happened))


def to_leave(connection: Connection) -> list[Sealed]:
    """The signed checkpoints that were not yet put outside, oldest first."""
    wanted = select(*(checkpoints.c[name] for name in Sealed.__dataclass_fields__))
    wanted = wanted.where(checkpoints.c.signature.is_not(None), checkpoints.c.left_at.is_(None))
    return [Sealed(**row._mapping) for row in connection.execute(wanted.order_by(checkpoints.c.id))]


def note_left(connection: Connection, checkpoint_id: int, now: datetime) -> None:
    """Note that this checkpoint is kept outside now."""
    connection.execute(update(checkpoints).where(checkpoints.c.id == checkpoint_id).values(left_at=now))


def roots(connection: Connection) -> set[str]:
    """The roots of all checkpoints."""
    return set(connection.scalars(select(checkpoints.c.root)))


def root_of(previous: str, at: datetime, last_case: int, leaves: Iterable[Leaf], rows_root: str | None = None) -> str:
    """The root of a checkpoint: over the root before, its instant, the highest case, the rows, changed ends."""
    instant = at.astimezone(UTC).isoformat(timespec="microseconds")
    rows = [f"rows:{rows_root}"] if rows_root else []
    before = [f"previous:{previous}", f"at:{instant}", f"last:{last_case}", *rows]
    return merkle_root([*before, *(leaf.text for leaf in leaves)])


def merkle_root(leaves: Sequence[str]) -> str:
    """The SHA-256 Merkle root of these texts; a first byte tells leaves from nodes (RFC 6962, section 2.1)."""
    level = [sha256(b"\0" + leaf.encode()).digest() for leaf in leaves] or [sha256(b"").digest()]
    while len(level) > 1:
        pairs = [level[at : at + 2] for at in range(0, len(level), 2)]
        level = [sha256(b"\1" + pair[0] + pair[1]).digest() if len(pair) == 2 else pair[0] for pair in pairs]
    return level[0].hex()
