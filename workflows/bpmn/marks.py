"""What a picture of a running case shows besides the process itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

HOTTEST: Final = 4


@dataclass(frozen=True)
class Heat:
    """How much time cases spend at an element: a level from 1 (little) to HOTTEST, and the same in words."""

    level: int
    words: str


@dataclass(frozen=True)
class Marks:
    """Live tokens, the path and troubles of a case, or the heat of many, by element id; empty: the bare process."""

    tokens: Mapping[str, int] = field(default_factory=dict)  # where the case is now, and how many times at once
    passes: Mapping[str, int] = field(default_factory=dict)  # how often each node was left and each flow was taken
    errors: frozenset[str] = frozenset()  # elements with an open incident
    heat: Mapping[str, Heat] = field(default_factory=dict)  # where the time goes, over many cases
    changes: Mapping[str, str] = field(default_factory=dict)  # added, changed or removed between two versions

    def state(self, element: str) -> str:
        """`error`, `live`, a change, `done` or `idle`, the most urgent first."""
        if element in self.errors:
            return "error"
        if self.tokens.get(element, 0) > 0:
            return "live"
        if element in self.changes:
            return self.changes[element]
        return "done" if self.passes.get(element, 0) > 0 else "idle"
