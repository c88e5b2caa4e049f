"""A process with no room on its disk, or that may only read: a child of this one, so that the tests keep theirs."""

from __future__ import annotations

import os
import resource
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65534


@contextmanager
def full_disk() -> Iterator[None]:
    """No file of this process may grow or be written, as on a disk without room (EFBIG instead of ENOSPC)."""
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


@contextmanager
def read_only(file: Path) -> Iterator[None]:
    """This process may read the file and its folder and write neither; root becomes somebody else for it."""
    modes = [(each, each.stat().st_mode) for each in (file, file.parent)]
    file.chmod(0o444)
    file.parent.chmod(0o555)
    was_root = os.geteuid() == 0
    if was_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if was_root:
            os.seteuid(0)
        for each, mode in modes:
            each.chmod(mode)


def in_a_child(told: Callable[[], None]) -> None:
    """Carry out these claims in a child; what fails there fails here, with its own words."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            told()
        except BaseException:
            os.write(writes, traceback.format_exc()[-60_000:].encode())
        finally:
            os._exit(0)
    os.close(writes)
    with os.fdopen(reads, "rb") as said:
        failed = said.read().decode()
    os.waitpid(child, 0)
    assert not failed, failed
