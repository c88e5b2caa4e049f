"""A part of the offices: what a large sweep is cut into, so that several connections share it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, or_, true

# What is due at an instant, counted; counting may stop at the number.
HowMany: TypeAlias = Callable[[Connection, datetime, int], int]

_GOLDEN = 40_503  # 2 ** 16 / 1.618…


@dataclass(frozen=True)
class Shard:
    """One part of the offices, of so many parts; the rows of no office are in the first.

    Offices founded alike have ids at one distance, so not the ids but their multiples of the golden ratio are counted
    off: whatever the distance, the parts are alike.
    """

    number: int = 0
    of: int = 1

    def holds(self, office_id: ColumnElement[Any]) -> ColumnElement[bool]:
        """Whether an office is in this part, as a condition on rows."""
        if self.of == 1:
            return true()
        mine = office_id * _GOLDEN // 2**16 % self.of == self.number
        return or_(office_id.is_(None), mine) if self.number == 0 else mine


EVERY_OFFICE = Shard()
