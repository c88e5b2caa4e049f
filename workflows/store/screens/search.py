"""One box over plans, duties, opinions, reports, documents in and out, people and units, within one's sight.

What is typed becomes words and phrases without marks that are looked for as they are: it is never handed to a query
language of the database. Every word must occur; a number with a symbol (`16/KH-UBND`, `16 kh ubnd`) is looked for in
both columns.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection

from workflows.letters import composed
from workflows.plans.names import fold
from workflows.store.directory import people_of_office
from workflows.store.driver import read_rows

from .search_statements import counting, lies_in_plans, marked_ways, reading, shape_of
from .sight import Sight, seen_elsewhere

KINDS: Final = ("plan", "duty", "opinion", "report", "document", "incoming", "person", "unit")
MOST_COUNTED: Final = 200  # a chip that says "trên 200" is as good as a number
MOST_WORDS: Final = 12
# What things of a kind are called, which their titles need not say again.
_NAMES: Final[Mapping[str, Collection[str]]] = {
    "plan": ("ke", "hoach", "ke hoach"),
    "report": ("bao", "cao", "bao cao"),
}
_PARTS = re.compile(r'"([^"]+)"|“([^”]+)”|(\S+)')


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for: each part folded, phrases whole, and the words as they were typed, in NFC."""

    parts: tuple[str, ...]
    typed: str

    @property
    def has_marks(self) -> bool:
        """Whether what was typed says more than its folded words."""
        return fold(self.typed) != self.typed.lower()

    def without(self, kind: Collection[str]) -> Wanted:
        """The same without the words that name a kind of things, which a title of that kind need not say again."""
        return Wanted(tuple(part for part in self.parts if part not in kind), self.typed)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not self.parts


@dataclass(frozen=True)
class Hit:
    """One thing that was found; `text` is where the words stand, with its marks, `state` a code of its kind."""

    kind: str
    id: int
    title: str
    text: str
    number: int | None
    symbol: str | None
    state: str
    on: date | None
    plan_id: int | None
    office_id: int | None


@dataclass(frozen=True)
class Found:
    """A page of hits, how many there are of each kind (at most MOST_COUNTED + 1), and whether more follow."""

    hits: list[Hit]
    counts: Mapping[str, int]
    more: bool


def wanted_of(typed: str) -> Wanted:
    """Words and “phrases” in what was typed; signs between words do not matter."""
    whole = composed(typed.replace("\0", " "))[:200]
    parts = []
    for found in _PARTS.finditer(whole):
        phrase = found[1] or found[2]
        parts += [fold(phrase)] if phrase else _words(found[3])
    return Wanted(tuple(dict.fromkeys(filter(None, parts)))[:MOST_WORDS], whole.strip().strip('"“”'))


def search(  # noqa: PLR0917 - what is looked for, by whom, where
    connection: Connection, sight: Sight, wanted: Wanted, kinds: Sequence[str], today: date, page: int, size: int
) -> Found:
    """The hits of these kinds (none named: all), those with the very marks that were typed first, newest first.

    What is of kinds that are not shown is only counted.
    """
    if wanted.is_empty:
        return Found([], dict.fromkeys(KINDS, 0), more=False)
    first, last = (page - 1) * size, page * size
    places = _places(connection, sight)
    hits: list[Hit] = []
    counts: dict[str, int] = {}
    for kind in KINDS:
        is_shown = not kinds or kind in kinds
        if kind == "person":
            found = _people(connection, sight, wanted, today)
        elif is_shown:
            found = _newest(connection, places, kind, wanted, last + 1)
        else:
            counts[kind] = _count(connection, places, kind, wanted)
            continue
        counts[kind] = min(len(found), MOST_COUNTED + 1)
        hits += found if is_shown else []
    hits.sort(key=lambda hit: not _as_typed(f"{hit.title} {hit.text}", wanted))
    return Found(hits[first:last], counts, more=len(hits) > last)


@dataclass(frozen=True)
class _Place:
    """One own office, or the plans of other offices that the person sees as a JSON array."""

    key: int | str
    elsewhere: bool


def _places(connection: Connection, sight: Sight) -> list[_Place]:
    """The own offices, each read from one index, and what elsewhere concerns the person."""
    others = seen_elsewhere(connection, sight)
    own = [_Place(office, elsewhere=False) for office in sorted(sight.office_ids)]
    return [*own, *([_Place(json.dumps(others), elsewhere=True)] if others else [])]


def _newest(connection: Connection, places: Sequence[_Place], kind: str, wanted: Wanted, most: int) -> list[Hit]:
    """The newest of a kind, at least as many as are counted; where there are more, those with the very marks too."""
    most = max(most, MOST_COUNTED + 1)
    parts = _parts_for(kind, wanted)
    rows: dict[int, tuple[Any, ...]] = {}
    for place in _places_of(kind, places):
        found = _rows(connection, kind, place, parts, most)
        if wanted.has_marks and len(found) == most:
            found += _rows(connection, kind, place, parts, most, wanted.typed)
        rows |= {row[0]: row for row in found}
    return [Hit(kind, *rows[at]) for at in sorted(rows, reverse=True)]


def _rows(  # noqa: PLR0917 - what is read where
    connection: Connection, kind: str, place: _Place, parts: tuple[str, ...], most: int, typed: str = ""
) -> list[tuple[Any, ...]]:
    """The newest rows at one place; with `typed` those that have it with its very marks."""
    sqlite, ways = _is_sqlite(connection), marked_ways(typed) if typed else ()
    asked = reading(kind, shape_of(parts), elsewhere=place.elsewhere, sqlite=sqlite, marked=bool(typed))
    return read_rows(connection, asked, [place.key, most, *parts, *ways])


def _count(connection: Connection, places: Sequence[_Place], kind: str, wanted: Wanted) -> int:
    parts, most = _parts_for(kind, wanted), MOST_COUNTED + 1
    shape, sqlite = shape_of(parts), _is_sqlite(connection)
    found = 0
    for place in _places_of(kind, places):
        asked = counting(kind, shape, elsewhere=place.elsewhere, sqlite=sqlite)
        found += len(read_rows(connection, asked, [place.key, most, *parts]))
    return min(found, most)


def _places_of(kind: str, places: Sequence[_Place]) -> list[_Place]:
    return [place for place in places if not place.elsewhere or lies_in_plans(kind)]


def _parts_for(kind: str, wanted: Wanted) -> tuple[str, ...]:
    return wanted.without(_NAMES.get(kind, ())).parts


def _is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def _people(connection: Connection, sight: Sight, wanted: Wanted, today: date) -> list[Hit]:
    """The people in a post of the own offices; they are few, and their names are folded here."""
    found = {
        each.id: Hit("person", each.id, each.name, each.name, None, None, "", None, None, office)
        for office in sorted(sight.office_ids)
        for each in people_of_office(connection, office, today)
        if all(part in fold(each.name) for part in wanted.parts)
    }
    return list(found.values())


def _as_typed(text: str, wanted: Wanted) -> bool:
    return wanted.typed.lower() in composed(text).lower()


def _words(token: str) -> list[str]:
    """`16/KH-UBND` as 16, kh, ubnd; a word without signs as itself."""
    return fold(re.sub(r"[^\w]+|_", " ", token)).split()
