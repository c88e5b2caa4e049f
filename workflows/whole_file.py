"""Files that are there whole or not at all, and stay, whenever the program or the machine dies.

A new file is written beside its place and reaches the disk before it gets its name; then the name reaches the disk.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import get_ident

ONLY_MINE = 0o600


def put_whole(place: Path, content: bytes, *, mode: int = ONLY_MINE) -> None:
    """Write this file, or write it anew; whoever reads it meanwhile sees the one or the other."""
    _written(place, content, mode, lambda fresh: fresh.replace(place))


def keep_first(place: Path, content: bytes) -> bytes:
    """Write this file, which only this user may read, unless it is there already; what it holds then.

    Of two that come at once, both get what the first one wrote.
    """
    try:
        _written(place, content, ONLY_MINE, lambda fresh: os.link(fresh, place))
    except FileExistsError:
        return place.read_bytes()
    return content


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """A file beside `target` to write into, which only this user may read; it gets its name when the block is done.

    FileExistsError when there is one of that name. After a failure nothing is left, after a crash a `.part` file, which
    the next try for the same name takes away.
    """
    if target.exists():
        raise FileExistsError(17, None, str(target))
    fresh = target.with_name(f"{target.name}.part")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=ONLY_MINE, exist_ok=False)
    try:
        yield fresh
        to_disk(fresh)
        os.link(fresh, target)  # unlike a renaming it overwrites nothing
        to_disk(target.parent)
    finally:
        fresh.unlink(missing_ok=True)


def to_disk(place: Path) -> None:
    """Wait until what is written there, or which names a folder holds, has reached the disk."""
    opened = os.open(place, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _written(place: Path, content: bytes, mode: int, give_name: Callable[[Path], object]) -> None:
    fresh = place.with_name(f"{place.name}.{os.getpid()}.{get_ident()}.part")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        give_name(fresh)
        to_disk(place.parent)
    finally:
        fresh.unlink(missing_ok=True)
