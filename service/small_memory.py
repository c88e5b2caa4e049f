"""A server's memory: what it frees goes back to the machine, and what lives as long as it does is not looked at again.

Measured by `python -m bench.memory`; without this glibc keeps an arena for each thread that has ever made a paper, and
each heap stays as large as it was when the most papers were made at once.
"""

from __future__ import annotations

import ctypes
import gc
import threading

# malloc.h of glibc: parameter and value. Thresholds that are set stay; by themselves they grow with what was freed.
_ARENA_MAX, _TRIM_THRESHOLD, _MMAP_THRESHOLD = -8, -1, -3
_MEASURES = {_ARENA_MAX: 1, _TRIM_THRESHOLD: 128 * 1024, _MMAP_THRESHOLD: 64 * 1024}
PAUSE_SECONDS = 10.0


def keep_to_one_heap() -> None:
    """Call once before the first thread begins, for a thread that has an arena keeps it."""
    tune = getattr(ctypes.CDLL(None), "mallopt", None)  # other C libraries have none, and none of its arenas
    if tune is not None:
        for parameter, value in _MEASURES.items():
            tune(parameter, value)


def keep_what_is_loaded() -> None:
    """Call once when everything is loaded and before the first request."""
    gc.collect()
    gc.freeze()


def give_back() -> None:
    """Give the machine every free page, also between two that are in use: by itself glibc gives back only the ends."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(ctypes.c_size_t(0))


class GivingBack:
    """A thread beside the pages that gives back what is free, again and again."""

    def __init__(self, pause: float = PAUSE_SECONDS) -> None:
        self._pause = pause
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="giving back", daemon=True)

    def start(self) -> None:
        """Begin, after the first pause."""
        self._thread.start()

    def stop(self) -> None:
        """Give back no more."""
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopped.wait(self._pause):
            give_back()
