"""How a sweep goes through what it found: a transaction each, and one that fails never holds up the others."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from workflows.errors import Refused

from .desk import Desk, Swept, Work

_log = logging.getLogger(__name__)


def one_by_one(desk: Desk, steps: Sequence[Callable[[Work], None]]) -> Swept:
    """Carry out each step; a refusal means that somebody else was first, anything else is counted and logged."""
    done = failed = 0
    for step in steps:
        try:
            with desk.open() as work:
                step(work)
            done += 1
        except Refused as refusal:
            _log.info("sweep step refused: %s", refusal)
        except Exception:
            _log.exception("sweep step failed")
            failed += 1
    return Swept(len(steps), done, failed)
