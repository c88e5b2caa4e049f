"""A new file that is there whole or not at all, whenever the program or the machine dies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """A file beside `target` to write into, which only this user may read; it gets its name when the block is done.

    FileExistsError when there is one of that name. After a failure nothing is left, after a crash a `.part` file, which
    the next try for the same name takes away.
    """
    if target.exists():
        raise FileExistsError(17, None, str(target))
    fresh = target.with_name(f"{target.name}.part")
    for left in (fresh, *(fresh.with_name(fresh.name + end) for end in ("-journal", "-wal", "-shm"))):
        left.unlink(missing_ok=True)
    fresh.touch(mode=0o600, exist_ok=False)
    try:
        yield fresh
        _to_disk(fresh)
        os.link(fresh, target)  # unlike a renaming it overwrites nothing
        _to_disk(target.parent)
    finally:
        fresh.unlink(missing_ok=True)


def _to_disk(place: Path) -> None:
    """Wait until what is written there has reached the disk."""
    opened = os.open(place, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
