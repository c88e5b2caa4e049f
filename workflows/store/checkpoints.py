"""Checkpoints: one hash over the heads of all chains, so that not even a whole chain can be exchanged unseen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, insert, select

from .local_days import local_day
from .tables.processes import cases, checkpoints


def write_checkpoint(connection: Connection, now: datetime) -> bool:
    """Keep the Merkle root of all chain heads; False when today already has a checkpoint of the same heads."""
    wanted = select(cases.c.id, cases.c.chain_head).order_by(cases.c.id)
    heads = {str(case): head for case, head in connection.execute(wanted)}
    root = merkle_root([f"{case}:{head}" for case, head in heads.items()])
    latest = connection.execute(select(checkpoints).order_by(checkpoints.c.id.desc()).limit(1)).one_or_none()
    if latest is not None and (latest.root == root or local_day(latest.at) == local_day(now)):
        return False
    connection.execute(insert(checkpoints).values(at=now, root=root, heads=heads))
    return True


def merkle_root(leaves: Sequence[str]) -> str:
    """The SHA-256 Merkle root of these texts; a first byte tells leaves from nodes (RFC 6962, section 2.1)."""
    level = [sha256(b"\0" + leaf.encode()).digest() for leaf in leaves] or [sha256(b"").digest()]
    while len(level) > 1:
        pairs = [level[at : at + 2] for at in range(0, len(level), 2)]
        level = [sha256(b"\1" + pair[0] + pair[1]).digest() if len(pair) == 2 else pair[0] for pair in pairs]
    return level[0].hex()
