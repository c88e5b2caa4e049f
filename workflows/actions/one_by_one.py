"""How a sweep goes through what it found: a transaction each, and one that fails never holds up the others."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from workflows.errors import Refused

from .desk import Desk, Swept, Work

Found = TypeVar("Found")
SOMEBODY_WAS_FIRST = frozenset({"STALE", "NOT_WAITING", "NOT_DUE"})
_log = logging.getLogger(__name__)


def many_at_once(
    desk: Desk,
    found: Sequence[Found],
    all_of: Callable[[Work, Sequence[Found]], int],
    one: Callable[[Work, Found], None],
) -> Swept:
    """Carry out everything that was found in one transaction; `all_of` says how much somebody else had not done.

    Where that fails nothing of it is written, and each is carried out alone.
    """
    if len(found) > 1:
        try:
            with desk.open() as work:
                return Swept(len(found), all_of(work, found))
        except Exception:
            _log.exception("%d steps together failed; each is tried alone", len(found))
    return one_by_one(desk, [partial(_carry_out, one=one, each=each) for each in found])


def _carry_out(work: Work, *, one: Callable[[Work, Found], None], each: Found) -> None:
    one(work, each)


def one_by_one(desk: Desk, steps: Sequence[Callable[[Work], None]]) -> Swept:
    """Carry out each step; where somebody was first nothing is left to do, any other failure is counted and logged."""
    done = failed = 0
    for step in steps:
        try:
            desk.carry_out(step)
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
