"""How a child of this program learns that its parent is gone, so that nothing is left running behind."""

from __future__ import annotations

import ctypes
import os
import signal
import threading

PR_SET_PDEATHSIG = 1  # <linux/prctl.h>
GRACE_SECONDS = 15


def die_with_parent(parent: int) -> None:
    """Ask Linux to end this process when the parent ends, even when the parent is killed; at once if it already has."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGTERM)


def stop_at_end_of_input() -> None:
    """Stop this process politely, then firmly, when whoever holds the other end of standard input lets go."""
    threading.Thread(target=_wait_for_the_end, name="lifeline", daemon=True).start()


def _wait_for_the_end() -> None:
    while os.read(0, 4096):
        pass
    threading.Timer(GRACE_SECONDS, os._exit, (1,)).start()
    os.kill(os.getpid(), signal.SIGTERM)
