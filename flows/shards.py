"""A large sweep in parts: each part has its own offices, its own connection and its own tries."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from workflows.actions.desk import Desk, Swept
from workflows.errors import Stale
from workflows.store.database import OUT_OF_REACH
from workflows.store.shard import EVERY_OFFICE, HowMany, Shard

SHARDS = 4
PAUSES = (1.0, 4.0, 16.0)  # seconds before a part is tried again


def in_shards(
    desk: Desk,
    sweep: Callable[[Desk, Shard], Swept],
    how_many: HowMany,
    worth: int,
    *,
    pauses: tuple[float, ...] = PAUSES,
) -> Swept:
    """Sweep everything that is due; where it is at least `worth`, in several parts at once; what failed, again.

    `how_many` counts what is due at an instant, and may stop at the number it is given. A part that was cut off has
    written whole chunks or nothing of a chunk, so that another try goes on from there.
    """
    if desk.database.is_sqlite:  # one writer at a time: parts would only wait for each other
        return _tried(desk, sweep, EVERY_OFFICE, pauses)
    with desk.database.read() as connection:
        due = how_many(connection, desk.now, worth)
    if due < worth:
        return _tried(desk, sweep, EVERY_OFFICE, pauses)
    with ThreadPoolExecutor(SHARDS) as threads:
        parts = [threads.submit(_tried, desk, sweep, Shard(number, SHARDS), pauses) for number in range(SHARDS)]
    return sum((each.result() for each in parts), Swept())


def _tried(desk: Desk, sweep: Callable[[Desk, Shard], Swept], shard: Shard, pauses: tuple[float, ...]) -> Swept:
    for pause in pauses:
        try:
            return sweep(desk, shard)
        except (Stale, OUT_OF_REACH):
            time.sleep(pause)
    return sweep(desk, shard)
