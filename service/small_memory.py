"""A server's memory: what it frees goes back to the machine, and what lives as long as it does is not looked at again.

Measured by `python -m bench.memory`; without this glibc keeps an arena for each thread that has ever made a paper.
"""

from __future__ import annotations

import ctypes
import gc

# malloc.h of glibc: parameter and value. Thresholds that are set stay; by themselves they grow with what was freed.
_ARENA_MAX, _TRIM_THRESHOLD, _MMAP_THRESHOLD = -8, -1, -3
_MEASURES = {_ARENA_MAX: 2, _TRIM_THRESHOLD: 256 * 1024, _MMAP_THRESHOLD: 256 * 1024}


def keep_memory_small() -> None:
    """Call once when everything is loaded and before the first request."""
    tune = getattr(ctypes.CDLL(None), "mallopt", None)  # other C libraries have none, and none of its arenas
    if tune is not None:
        for parameter, value in _MEASURES.items():
            tune(parameter, value)
    gc.collect()
    gc.freeze()
