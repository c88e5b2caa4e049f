"""Asking the index that each kind of database has over words: which rows have these words and phrases.

A table with words has `office_id`, `plan_id`, `fold` (words without marks) and `marked` (with them). SQLite asks its
FTS5 table. PostgreSQL asks for words and pairs of words that follow each other, and reads longer phrases in the words
themselves. Ask the house, and read what was found as the visitor: before whom the wall stands, no index answers.
Decision 0065.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from sqlalchemy import Connection, Integer

from workflows.plans.written_words import folded_words, marked_words

from .driver import Reading, read_rows

GREATEST: Final = (1 << 63) - 1  # no row has a greater id


@dataclass(frozen=True)
class Among:
    """The rows that are asked: those of one office, or those of these plans, as a JSON array of their ids."""

    key: int | str

    @property
    def is_office(self) -> bool:
        """Whether it is an office."""
        return isinstance(self.key, int)


@dataclass(frozen=True)
class WordIndex:
    """The index over one table; `id` is its key, and the words of SQLite lie in `<table>_index`."""

    table: str
    id: str

    def found(
        self,
        connection: Connection,
        among: Among,
        parts: Iterable[str],
        most: int,
        *,
        marked: bool = False,
        before: int = GREATEST,
    ) -> list[int]:
        """The newest rows that have all these words and phrases, at most so many; `marked`: with their marks.

        `before`: only those with a smaller id.
        """
        said = marked_words if marked else folded_words
        phrases = tuple(filter(None, map(said, parts)))
        if not phrases:
            return []
        column = "marked" if marked else "fold"
        if connection.dialect.name == "sqlite":
            return self._of_sqlite(connection, among, phrases, (most, before), column)
        return self._of_postgres(connection, among, phrases, (most, before), column)

    def _of_sqlite(
        self, connection: Connection, among: Among, phrases: Sequence[str], bounds: tuple[int, int], column: str
    ) -> list[int]:
        asked = [f'{column} : "{phrase}"' for phrase in phrases]
        if among.is_office:
            asked.insert(0, f'office_id : "{among.key}"')
        parameters = [" AND ".join(asked), *bounds, *([] if among.is_office else [among.key])]
        return [row[0] for row in read_rows(connection, of_sqlite(self, among.is_office), parameters)]

    def _of_postgres(
        self, connection: Connection, among: Among, phrases: Sequence[str], bounds: tuple[int, int], column: str
    ) -> list[int]:
        keys = [key for phrase in phrases for key in _keys(phrase)]
        if among.is_office:
            keys.append(f"@{among.key}")
        array = "{" + ",".join(f'"{key}"' for key in dict.fromkeys(keys)) + "}"  # of letters, digits and spaces alone
        # A word without marks is a key for all that are written so but for their marks.
        long = [phrase for phrase in phrases if column == "marked" or phrase.count(" ") > 1]
        parameters = [array, *bounds, *([] if among.is_office else [among.key]), *long]
        return [
            row[0] for row in read_rows(connection, of_postgres(self, among.is_office, column, len(long)), parameters)
        ]


def _keys(phrase: str) -> list[str]:
    """What the index has for a phrase: the word, or each pair of words that follow each other."""
    words = phrase.split()
    return [" ".join(pair) for pair in pairwise(words)] or words


@lru_cache(maxsize=16)
def of_sqlite(of: WordIndex, is_office: bool) -> Reading:
    """Takes what is matched, how many rows at most, the id before which, and else the plans."""
    these = ""
    if not is_office:
        these = f" AND rowid IN (SELECT {of.id} FROM {of.table} WHERE plan_id IN (SELECT value FROM json_each(?4)))"  # noqa: S608 - text of our own
    found = f"SELECT rowid FROM {of.table}_index WHERE {of.table}_index MATCH ?1 AND rowid < ?3{these}"  # noqa: S608 - text of our own
    return Reading(f"{found} ORDER BY rowid DESC LIMIT ?2", [Integer()])


@lru_cache(maxsize=64)
def of_postgres(of: WordIndex, is_office: bool, column: str, long: int) -> Reading:
    """Takes the keys, how many rows at most, the id before which, else the plans, then so many `long` phrases.

    The index answers for words and pairs; a longer phrase is then looked for in the newest of what it found.
    """
    asked = f'plan_search_keys(office_id, fold, marked) @> (CAST(?1 AS text[]) COLLATE "C") AND {of.id} < ?3'
    if not is_office:
        asked += (
            " AND plan_id IN (SELECT CAST(each AS bigint) FROM json_array_elements_text(CAST(?4 AS json)) AS t(each))"
        )
    found = f"SELECT {of.id} AS id FROM {of.table} WHERE {asked} ORDER BY {of.id} DESC"  # noqa: S608 - text of our own
    if not long:
        return Reading(f"{found} LIMIT ?2", [Integer()])
    first = 4 if is_office else 5
    says = " AND ".join(f"strpos(' ' || {column} || ' ', ' ' || ?{first + at} || ' ') > 0" for at in range(long))
    read = f"(SELECT {says} FROM {of.table} AS w WHERE w.{of.id} = found.id)"  # noqa: S608 - text of our own
    return Reading(f"WITH found AS MATERIALIZED ({found}) SELECT id FROM found WHERE {read} LIMIT ?2", [Integer()])  # noqa: S608 - text of our own
