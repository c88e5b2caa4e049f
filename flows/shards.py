"""A large sweep in parts: each part has its own offices, its own connection and its own tries."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import Empty, SimpleQueue
from typing import Protocol, TypeAlias

from workflows.actions.desk import Desk, Swept
from workflows.errors import Stale
from workflows.store.database import OUT_OF_REACH
from workflows.store.shard import EVERY_OFFICE, HowMany, Shard

SHARDS = 4
OWN_BESIDE_HELPERS = 2  # parts that this process sweeps at once while others help: one reckons while one waits
SHARDS_A_PROCESS = 6  # so many that a helper that comes late, or a part with more in it, evens out
PAUSES = (1.0, 4.0, 16.0)  # seconds before a part is tried again

Sweep: TypeAlias = Callable[[Desk, Shard], Swept]
_Parts: TypeAlias = "SimpleQueue[Shard]"
_log = logging.getLogger(__name__)


class Helper(Protocol):
    """Another process that sweeps parts; it says None of one that it did not end, and is asked no more."""

    def sweep(self, shard: Shard) -> Swept | None:
        """Sweep this part and return when it is done."""

    def close(self) -> None:
        """Let the process end."""


def in_shards(
    desk: Desk,
    sweep: Sweep,
    how_many: HowMany,
    worth: int,
    *,
    pauses: tuple[float, ...] = PAUSES,
    helpers: Sequence[Callable[[], Helper]] = (),
    worth_help: int = 0,
) -> Swept:
    """Sweep everything that is due; where it is at least `worth`, in several parts at once; what failed, again.

    From `worth_help` due rows on the helpers take parts too. `how_many` counts what is due at an instant, and may stop
    at the number it is given. A part that was cut off has written whole chunks or nothing of a chunk, so that another
    try goes on from there: also by this process, where a helper died with it.
    """
    if desk.database.is_sqlite:  # one writer at a time: parts would only wait for each other
        return tried(desk, sweep, EVERY_OFFICE, pauses)
    with desk.database.read() as connection:
        due = how_many(connection, desk.now, max(worth, worth_help) if helpers else worth)
    if due < worth:
        return tried(desk, sweep, EVERY_OFFICE, pauses)
    if due < worth_help:
        helpers = ()
    own, number = (OWN_BESIDE_HELPERS, SHARDS_A_PROCESS * (len(helpers) + 1)) if helpers else (SHARDS, SHARDS)
    parts: _Parts = SimpleQueue()
    for each in range(number):
        parts.put(Shard(each, number))
    with ThreadPoolExecutor(own + len(helpers)) as threads:
        beside = [threads.submit(_helped, start, parts) for start in helpers]
        mine = [threads.submit(_here, desk, sweep, parts, pauses) for _ in range(own)]
    # What a helper left is there again; by now nobody but this process is left to take it.
    return sum((each.result() for each in (*mine, *beside)), _here(desk, sweep, parts, pauses))


def tried(desk: Desk, sweep: Sweep, shard: Shard, pauses: tuple[float, ...] = PAUSES) -> Swept:
    """Sweep a part, and again after each pause while the database is out of reach or somebody was first."""
    for pause in pauses:
        try:
            return sweep(desk, shard)
        except (Stale, OUT_OF_REACH):
            time.sleep(pause)
    return sweep(desk, shard)


def _here(desk: Desk, sweep: Sweep, parts: _Parts, pauses: tuple[float, ...]) -> Swept:
    swept = Swept()
    while (shard := _next(parts)) is not None:
        swept += tried(desk, sweep, shard, pauses)
    return swept


def _helped(start: Callable[[], Helper], parts: _Parts) -> Swept:
    swept = Swept()
    helper = start()
    try:
        while (shard := _next(parts)) is not None:
            done = helper.sweep(shard)
            if done is None:
                _log.warning("a helper did not end part %d of %d; it is swept here", shard.number, shard.of)
                parts.put(shard)
                break
            swept += done
    finally:
        helper.close()
    return swept


def _next(parts: _Parts) -> Shard | None:
    try:
        return parts.get_nowait()
    except Empty:
        return None
