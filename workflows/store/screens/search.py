"""One box over plans, duties, opinions, reports, documents in and out, files, people and units, within one's sight.

What is typed becomes words and phrases without marks that are looked for as they are: it is never handed to a query
language of the database. Every word must occur; a number with a symbol (`16/KH-UBND`, `16 kh ubnd`) is looked for in
both columns. A plan is also found by the words of its text, a file by those that stand in it, whole words, all of them
there: the house finds which (`texts_with`), and what is shown of them is read as the visitor.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection

from workflows.letters import composed
from workflows.plans.names import fold
from workflows.plans.written_words import PASSAGE, best_place, countable
from workflows.store.directory import people_of_office
from workflows.store.driver import read_rows
from workflows.store.file_words import FILE_WORDS
from workflows.store.plan_words import PLAN_WORDS
from workflows.store.plans import current_text
from workflows.store.word_index import Among, WordIndex

from .file_hits import file_texts, files_found
from .hit import Hit
from .search_statements import counting, lies_in_plans, marked_ways, reading, shape_of
from .sight import Sight, seen_elsewhere

KINDS: Final = ("plan", "duty", "opinion", "report", "document", "incoming", "file", "person", "unit")
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
class Question:
    """What is looked for, in which kinds of things (none named: all), and which page of how many hits is shown."""

    wanted: Wanted
    kinds: Sequence[str] = ()
    page: int = 1
    size: int = 20

    @property
    def most(self) -> int:
        """How many of a kind are read: to the end of the page and one more, at least as many as are counted."""
        return max(self.page * self.size, MOST_COUNTED) + 1


@dataclass(frozen=True)
class Texts:
    """The newest plans or files whose text has what is wanted, and those of them that have it with its very marks."""

    ids: Sequence[int] = ()
    as_typed: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Within:
    """Where it is looked, and the plans and files there whose text has what is wanted."""

    places: Sequence[Among]
    plans: Texts = Texts()
    files: Texts = Texts()


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


def places_of(connection: Connection, sight: Sight) -> list[Among]:
    """The own offices, each read from one index, and the plans elsewhere that concern the person."""
    others = seen_elsewhere(connection, sight)
    return [*map(Among, sorted(sight.office_ids)), *([Among(json.dumps(others))] if others else [])]


def texts_with(connection: Connection, places: Sequence[Among], question: Question) -> Within:
    """The newest plans and files at these places whose text has what is wanted; read for the house (`word_index`)."""
    return Within(places, *(_texts(connection, index, places, question) for index in (PLAN_WORDS, FILE_WORDS)))


def search(connection: Connection, sight: Sight, within: Within, question: Question, today: date) -> Found:
    """The hits, those with the very marks that were typed first, then newest first.

    What is of kinds that are not shown is only counted.
    """
    wanted = question.wanted
    if wanted.is_empty:
        return Found([], dict.fromkeys(KINDS, 0), more=False)
    first, last = (question.page - 1) * question.size, question.page * question.size
    hits: list[Hit] = []
    counts: dict[str, int] = {}
    for kind in KINDS:
        is_shown = not question.kinds or kind in question.kinds
        if kind == "person":
            found = people_found(connection, sight, wanted, today)
        elif kind == "plan":
            found = plans_found(connection, within, wanted, question.most)
        elif kind == "file":
            found = files_found(connection, within.files.ids)
        elif is_shown:
            found = newest(connection, within.places, kind, wanted, question.most)
        else:
            counts[kind] = _count(connection, within.places, kind, wanted)
            continue
        counts[kind] = min(len(found), MOST_COUNTED + 1)
        hits += found if is_shown else []
    hits.sort(key=lambda hit: not _is_as_typed(hit, within, wanted))
    shown = with_passages(connection, hits[first:last], wanted)
    return Found(shown, counts, more=len(hits) > last)


def _texts(connection: Connection, index: WordIndex, places: Sequence[Among], question: Question) -> Texts:
    wanted, most = question.wanted, question.most
    newest = {each for place in places for each in index.found(connection, place, wanted.parts, most)}
    as_typed: set[int] = set()
    for place in places if wanted.has_marks else ():
        as_typed.update(index.found(connection, place, [wanted.typed], most, marked=True))
    return Texts(sorted(newest | as_typed), frozenset(as_typed))


def plans_found(
    connection: Connection, within: Within, wanted: Wanted, most: int, before: int | None = None
) -> list[Hit]:
    """The plans that are called or numbered so and those whose text has the words, newest first."""
    named = newest(connection, within.places, "plan", wanted, most, before)
    known = {hit.id for hit in named}
    further = [each for each in within.plans.ids if each not in known]
    rows = _rows(connection, "plan", Among(json.dumps(further)), (), len(further)) if further else []
    written = [replace(Hit("plan", *row), in_text=True) for row in rows]
    return sorted([*named, *written], key=lambda hit: hit.id, reverse=True)


def newest(  # noqa: PLR0917 - what is sought where
    connection: Connection,
    places: Sequence[Among],
    kind: str,
    wanted: Wanted,
    most: int,
    before: int | None = None,
) -> list[Hit]:
    """The newest of a kind; where there are more than `most`, those with the very marks too.

    `before`: only those with a smaller id, whatever their marks.
    """
    parts = _parts_for(kind, wanted)
    rows: dict[int, tuple[Any, ...]] = {}
    for place in _places_for(kind, places):
        found = _rows(connection, kind, place, parts, most, before=before)
        if before is None and wanted.has_marks and len(found) == most:
            found += _rows(connection, kind, place, parts, most, wanted.typed)
        rows |= {row[0]: row for row in found}
    return [Hit(kind, *rows[at]) for at in sorted(rows, reverse=True)]


def _rows(  # noqa: PLR0917 - what is read where
    connection: Connection,
    kind: str,
    place: Among,
    parts: tuple[str, ...],
    most: int,
    typed: str = "",
    before: int | None = None,
) -> list[tuple[Any, ...]]:
    """The newest rows at one place; with `typed` those that have it with its very marks."""
    sqlite, ways = _is_sqlite(connection), marked_ways(typed) if typed else ()
    elsewhere, further = not place.is_office, before is not None
    asked = reading(kind, shape_of(parts), elsewhere=elsewhere, sqlite=sqlite, marked=bool(typed), before=further)
    return read_rows(connection, asked, [place.key, most, *parts, *([before] if further else ways)])


def _count(connection: Connection, places: Sequence[Among], kind: str, wanted: Wanted) -> int:
    parts, most = _parts_for(kind, wanted), MOST_COUNTED + 1
    shape, sqlite = shape_of(parts), _is_sqlite(connection)
    found = 0
    for place in _places_for(kind, places):
        asked = counting(kind, shape, elsewhere=not place.is_office, sqlite=sqlite)
        found += len(read_rows(connection, asked, [place.key, most, *parts]))
    return min(found, most)


def _places_for(kind: str, places: Sequence[Among]) -> list[Among]:
    return [place for place in places if place.is_office or lies_in_plans(kind)]


def _parts_for(kind: str, wanted: Wanted) -> tuple[str, ...]:
    return wanted.without(_NAMES.get(kind, ())).parts


def _is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def people_found(connection: Connection, sight: Sight, wanted: Wanted, today: date) -> list[Hit]:
    """The people in a post of the own offices; they are few, and their names are folded here."""
    found = {
        each.id: Hit("person", each.id, each.name, each.name, None, None, "", None, None, office)
        for office in sorted(sight.office_ids)
        for each in people_of_office(connection, office, today)
        if all(part in fold(each.name) for part in wanted.parts)
    }
    return list(found.values())


def _is_as_typed(hit: Hit, within: Within, wanted: Wanted) -> bool:
    if hit.in_text and hit.id in (within.files if hit.kind == "file" else within.plans).as_typed:
        return True
    return wanted.typed.lower() in composed(f"{hit.title} {hit.text}").lower()


def with_passages(connection: Connection, hits: Sequence[Hit], wanted: Wanted) -> list[Hit]:
    """The hits, those that were found in a text with what it says where the words stand."""
    texts = file_texts(connection, [hit.id for hit in hits if hit.kind == "file"])
    return [
        hit
        if not hit.in_text
        else _with_passage(hit, texts[hit.id] if hit.kind == "file" else current_text(connection, hit.id), wanted)
        for hit in hits
    ]


def _with_passage(hit: Hit, text: str, wanted: Wanted) -> Hit:
    whole = countable(text)
    place = best_place(whole, wanted.parts, wanted.typed)
    if place is None:
        return hit
    first = whole.rfind("\n", max(0, place - PASSAGE // 3), place) + 1 or max(0, place - PASSAGE // 3)
    return replace(hit, text=whole[first : place + PASSAGE])


def _words(token: str) -> list[str]:
    """`16/KH-UBND` as 16, kh, ubnd; a word without signs as itself."""
    return fold(re.sub(r"[^\w]+|_", " ", token)).split()
