"""Who looks: what the database is told of a visitor at the beginning of a transaction that shows something (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# Before the names of the settings of a transaction.
PREFIX = "kehoach."
# Stands among the offices of whoever came in for rows that belong to no office, or to every one.
NO_OFFICE = 0


@dataclass(frozen=True)
class Visitor:
    """The offices whose rows are shown whole, and what shows single plans and tasks of others.

    `bodies` are those that the visitor speaks for, `groups` the keys held or lent, `people` the person and those who
    lent authority, `plans` what limited delegations cover. Without anything nothing is shown.
    """

    offices: frozenset[int] = frozenset()
    bodies: frozenset[int] = frozenset()
    groups: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    plans: frozenset[int] = frozenset()

    def settings(self) -> Iterator[tuple[str, str]]:
        """Each setting of the transaction with its value: what it names, with commas between."""
        for name, values in vars(self).items():
            yield f"{PREFIX}{name}", _listed(values)


NOBODY = Visitor()


def _listed(values: Iterable[object]) -> str:
    """In a fixed order, without what a comma would break in two."""
    return ",".join(sorted(text for text in map(str, values) if "," not in text))
