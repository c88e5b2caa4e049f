"""How a sweep goes through what it found: a transaction each, and one that fails never holds up the others."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from workflows.errors import Refused

from .desk import Desk, Swept, Work

SOMEBODY_WAS_FIRST = frozenset({"STALE", "NOT_WAITING", "NOT_DUE"})
_log = logging.getLogger(__name__)


def one_by_one(desk: Desk, steps: Sequence[Callable[[Work], None]]) -> Swept:
    """Carry out each step; where somebody was first nothing is left to do, any other failure is counted and logged."""
    done = failed = 0
    for step in steps:
        try:
            with desk.open() as work:
                step(work)
            done += 1
        except Refused as refusal:
            if refusal.code in SOMEBODY_WAS_FIRST:
                _log.info("sweep step not needed any more: %s", refusal)
            else:
                _log.warning("sweep step refused: %s", refusal)
                failed += 1
        except Exception:
            _log.exception("sweep step failed")
            failed += 1
    return Swept(len(steps), done, failed)
