"""A checkpoint over the ends of all chains that changed, so that a later change of any event can be shown."""

from __future__ import annotations

from workflows.store.checkpoints import Sign, write_checkpoint

from .desk import Desk, Swept


def checkpoint_log(desk: Desk, limit: int = 500, sign: Sign | None = None) -> Swept:
    """Seal what changed since the last checkpoint, signed where a key is given; a second one on a day is left out."""
    del limit
    with desk.as_clock().open() as work:
        written = write_checkpoint(work.connection, work.now, sign)
        return Swept(1, int(written))
