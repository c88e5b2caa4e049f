"""The pairs of deeds that meet in an office, each with the state in which they meet and what may come of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from workflows.store.database import Database
from workflows.store.remembered import known_now, remember

from .orders import Deed

# What a loser may be told, and whether that must name who was faster.
Told = Mapping[str, bool]


@dataclass(frozen=True)
class Meeting:
    """The two deeds, and the case that both processes remember, where they decide on what they remember."""

    first: Deed
    second: Deed
    remembered: int | None = None

    def warm(self, database: Database) -> None:
        """Let this process know the case as it is now."""
        if self.remembered is not None:
            with database.write() as connection:
                remember(connection, known_now(connection, self.remembered))


@dataclass(frozen=True)
class Pair:
    """Two deeds: how they come to meet in a new office in memory, how many may win, and what the loser hears."""

    prepare: Callable[[Database], Meeting]
    winners: frozenset[int]
    told: Told

    @property
    def name(self) -> str:
        """What meets."""
        return self.prepare.__name__


PAIRS: list[Pair] = []


def pair(winners: set[int], **told: bool) -> Callable[[Callable[[Database], Meeting]], Callable[[Database], Meeting]]:
    """Enter what prepares a meeting in the list."""

    def entered(prepare: Callable[[Database], Meeting]) -> Callable[[Database], Meeting]:
        PAIRS.append(Pair(prepare, frozenset(winners), told))
        return prepare

    return entered
