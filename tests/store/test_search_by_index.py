"""Every question of the search is answered by an index on both kinds of database: the promise of SRC-05 at any size.

How long that takes at 100,000 documents is measured by `bench/search.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import text

from workflows.store import word_index
from workflows.store.database import Database
from workflows.store.driver import Reading
from workflows.store.file_words import FILE_WORDS
from workflows.store.plan_words import PLAN_WORDS
from workflows.store.screens.search import KINDS
from workflows.store.screens.search_statements import counting, lies_in_plans, reading

OFFICE, SOME_PLANS, MOST = 1, "[1, 2]", 201
WORDS, MATCH, KEYS = ["cai", "16"], 'fold : "cai"', '{"cai cach"}'


def asked(sqlite: bool) -> Iterator[tuple[Reading, list[object]]]:
    """Every statement that a search sends, with parameters."""
    for kind in set(KINDS) - {"person", "file"}:
        for elsewhere in (False, True) if lies_in_plans(kind) else (False,):
            first = [SOME_PLANS if elsewhere else OFFICE, MOST, *WORDS]
            yield counting(kind, "wn", elsewhere=elsewhere, sqlite=sqlite), first
            yield reading(kind, "wn", elsewhere=elsewhere, sqlite=sqlite), first
            yield reading(kind, "wn", elsewhere=elsewhere, sqlite=sqlite, before=True), [*first, 9]
            yield reading(kind, "wn", elsewhere=elsewhere, sqlite=sqlite, marked=True), [*first, *"cCcC"]
    for index in (PLAN_WORDS, FILE_WORDS):
        for is_office in (True, False):
            rest = [MOST, word_index.GREATEST, *([] if is_office else [SOME_PLANS])]
            if sqlite:
                yield word_index.of_sqlite(index, is_office), [MATCH, *rest]
            else:
                yield word_index.of_postgres(index, is_office, "fold", 1), [KEYS, *rest, "cai cach hanh"]


def plan_of(database: Database, query: str, parameters: list[object]) -> list[str]:
    """How the database would answer, with the parameters written into the statement."""
    quoted = [f"'{each}'" if isinstance(each, str) else str(each) for each in parameters]
    whole = re.sub(r"\?(\d+)", lambda found: quoted[int(found[1]) - 1], query)
    with database.read() as connection:
        if database.is_sqlite:
            return [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {whole}")]
        connection.execute(text("SET LOCAL enable_seqscan = off"))  # a small table is read whole, whatever its indexes
        return [row[0] for row in connection.exec_driver_sql(f"EXPLAIN {whole.replace('%', '%%')}")]


def test_no_table_is_read_from_one_end_to_the_other(database: Database) -> None:
    read_whole = re.compile(r"^SCAN (?!json_each |(plan|file)_words_index VIRTUAL TABLE INDEX \d+:.*M)|Seq Scan on ")
    asks = list(asked(database.is_sqlite))
    assert len(asks) > 40
    for statement, parameters in asks:
        steps = plan_of(database, statement.query, parameters)
        assert steps
        assert not [step for step in steps if read_whole.search(step)], (statement.query, steps)
