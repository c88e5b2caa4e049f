"""Which plans have some words in their current text: kept with the text in one transaction, asked by index.

One row a plan, written by whoever writes its text, title or number; older versions are not searched. SQLite asks its
FTS5 table. PostgreSQL asks for words and pairs of words that follow each other, and reads longer phrases in the words
themselves. The visitors' role may not read any of it: ask the house, and read what was found as the visitor.
Decision 0065.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from sqlalchemy import Connection, Integer, select

from workflows.plans.written_words import folded_words, marked_words

from .driver import Reading, read_rows
from .tables.plan_words import plan_words
from .tables.plans import plan_versions, plans
from .upsert import insert_or_change


@dataclass(frozen=True)
class Among:
    """The plans that are asked: those of one office, or these, as a JSON array of their ids."""

    key: int | str

    @property
    def is_office(self) -> bool:
        """Whether it is an office."""
        return isinstance(self.key, int)


def keep_words(connection: Connection, plan_id: int) -> None:
    """Write down the words of this plan as its number, title and current text have them now; none without a text."""
    current = (plan_versions.c.plan_id == plans.c.id) & (plan_versions.c.version == plans.c.version)
    columns = (plans.c.office_id, plans.c.number, plans.c.symbol, plans.c.title, plan_versions.c.text)
    row = connection.execute(select(*columns).join(plan_versions, current).where(plans.c.id == plan_id)).one_or_none()
    if row is None:
        return
    whole = f"{row.number or ''} {row.symbol or ''}\n{row.title}\n{row.text}"
    kept = {"office_id": row.office_id, "fold": folded_words(whole), "marked": marked_words(whole)}
    connection.execute(insert_or_change(connection, plan_words, ["plan_id"], [*kept]).values(plan_id=plan_id, **kept))


def plans_with(
    connection: Connection, among: Among, parts: Iterable[str], most: int, *, marked: bool = False
) -> list[int]:
    """The newest plans whose words have all these words and phrases, at most so many; `marked`: with their marks."""
    said = marked_words if marked else folded_words
    phrases = tuple(filter(None, map(said, parts)))
    if not phrases:
        return []
    column = "marked" if marked else "fold"
    if connection.dialect.name == "sqlite":
        return _of_sqlite(connection, among, phrases, most, column)
    return _of_postgres(connection, among, phrases, most, column)


def _of_sqlite(connection: Connection, among: Among, phrases: Sequence[str], most: int, column: str) -> list[int]:
    asked = [f'{column} : "{phrase}"' for phrase in phrases]
    if among.is_office:
        asked.insert(0, f'office_id : "{among.key}"')
    parameters = [" AND ".join(asked), most, *([] if among.is_office else [among.key])]
    return [row[0] for row in read_rows(connection, _SQLITE[among.is_office], parameters)]


def _of_postgres(connection: Connection, among: Among, phrases: Sequence[str], most: int, column: str) -> list[int]:
    keys = [key for phrase in phrases for key in _keys(phrase)]
    if among.is_office:
        keys.append(f"@{among.key}")
    array = "{" + ",".join(f'"{key}"' for key in dict.fromkeys(keys)) + "}"  # of letters, digits and spaces alone
    # A word without marks is a key for all that are written so but for their marks.
    long = [phrase for phrase in phrases if column == "marked" or phrase.count(" ") > 1]
    parameters = [array, most, *([] if among.is_office else [among.key]), *long]
    return [row[0] for row in read_rows(connection, _postgres(among.is_office, column, len(long)), parameters)]


def _keys(phrase: str) -> list[str]:
    """What the index has for a phrase: the word, or each pair of words that follow each other."""
    words = phrase.split()
    return [" ".join(pair) for pair in pairwise(words)] or words


def _sqlite(is_office: bool) -> Reading:
    these = "" if is_office else " AND rowid IN (SELECT value FROM json_each(?3))"
    found = f"SELECT rowid FROM plan_words_index WHERE plan_words_index MATCH ?1{these}"  # noqa: S608 - text of our own
    return Reading(f"{found} ORDER BY rowid DESC LIMIT ?2", [Integer()])


_SQLITE = {each: _sqlite(each) for each in (True, False)}


@lru_cache(maxsize=64)
def _postgres(is_office: bool, column: str, long: int) -> Reading:
    """The index answers for words and pairs; a longer phrase is then looked for in the newest of what it found."""
    asked = 'plan_search_keys(office_id, fold, marked) @> (CAST(?1 AS text[]) COLLATE "C")'
    if not is_office:
        asked += (
            " AND plan_id IN (SELECT CAST(each AS bigint) FROM json_array_elements_text(CAST(?3 AS json)) AS t(each))"
        )
    found = f"SELECT plan_id FROM plan_words WHERE {asked} ORDER BY plan_id DESC"  # noqa: S608 - text of our own
    if not long:
        return Reading(f"{found} LIMIT ?2", [Integer()])
    first = 3 if is_office else 4
    says = " AND ".join(f"strpos(' ' || {column} || ' ', ' ' || ?{first + at} || ' ') > 0" for at in range(long))
    read = f"(SELECT {says} FROM plan_words AS w WHERE w.plan_id = found.plan_id)"  # noqa: S608 - text of our own
    return Reading(f"WITH found AS MATERIALIZED ({found}) SELECT plan_id FROM found WHERE {read} LIMIT ?2", [Integer()])  # noqa: S608 - text of our own
