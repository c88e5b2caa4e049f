"""A deed in a process of its own that has everything loaded already: a fork takes milliseconds, a start two seconds."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# How a child ends that died where it was told to die; any other code is a failure of the program.
DEAD = 9
PATIENCE = 300  # seconds until a child is taken for stuck


@dataclass(frozen=True)
class Ended:
    """How a child ended: its exit code (negative: the signal), and what its deed returned, or how it failed."""

    code: int
    result: Any = None

    @property
    def died(self) -> bool:
        """Whether it was killed where it was told to die."""
        return self.code in (DEAD, -signal.SIGKILL)

    def checked(self) -> Any:
        """What the deed returned; a deed that failed fails here."""
        assert self.code == 0, f"the child ended with {self.code}: {self.result}"
        return self.result


def in_child(deed: Callable[[], Any], meanwhile: Callable[[int], None] | None = None) -> Ended:
    """Fork, do the deed there, and end; `meanwhile` is called here with the child's pid and returns when it has ended.

    Only a process with one thread may fork: what another thread holds would be held for ever in the child.
    """
    assert len(list(Path("/proc/self/task").iterdir())) == 1, "a library has left threads behind"
    reads, writes = os.pipe()
    sys.stdout.flush()
    pid = os.fork()
    if not pid:
        os.close(reads)
        _child(deed, writes)
    os.close(writes)
    if meanwhile is not None:
        meanwhile(pid)
    with os.fdopen(reads, "rb") as told:
        content = told.read()
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return Ended(code, pickle.loads(content) if content else None)


def _child(deed: Callable[[], Any], writes: int) -> None:
    code = 1
    try:
        signal.alarm(PATIENCE)
        try:
            content = pickle.dumps(deed())
            code = 0
        except BaseException:
            content = pickle.dumps(traceback.format_exc())
        with os.fdopen(writes, "wb") as told:
            told.write(content)
    finally:
        os._exit(code)
