"""One search over 100,000 plans and documents, beside hand-written SQL on the same rows, on SQLite and PostgreSQL.

Run: `.venv/bin/python -m bench.search [--documents 100000] [--rounds 20]`. It makes databases of its own, fills them,
and prints median and 95th percentile of both for several questions. The promise is a p95 of at most 300 ms (SRC-05).
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Connection, insert, text

from tests.databases import postgres_server
from workflows.plans.names import fold
from workflows.store import directory
from workflows.store.database import Database
from workflows.store.screens.search import search, wanted_of
from workflows.store.screens.sight import Sight
from workflows.store.tables.issuing import register
from workflows.store.tables.plans import duties, plans

NOW = datetime(2026, 11, 27, 3, tzinfo=UTC)
FIELDS = ("cải cách hành chính", "chuyển đổi số", "phòng cháy, chữa cháy", "văn hóa, thể thao", "Đức Tân sạch đẹp")
QUESTIONS = ("ke hoach", "chuyển đổi số", "16/KH-UBND", '"phong chay"', "duc tan 2025", "khong co gi the nay")
BY_HAND = """
SELECT (SELECT count(*) FROM (SELECT 1 FROM plans WHERE office_id = :office AND fold LIKE :word LIMIT 1001) a),
  (SELECT count(*) FROM (SELECT 1 FROM register WHERE office_id = :office AND fold LIKE :word LIMIT 1001) b),
  (SELECT count(*) FROM (SELECT 1 FROM duties d JOIN plans p ON p.id = d.plan_id
    WHERE p.office_id = :office AND d.fold LIKE :word LIMIT 1001) c)"""
BY_HAND_PAGE = """
SELECT id, title FROM plans WHERE office_id = :office AND fold LIKE :word ORDER BY id DESC LIMIT 21"""


def main() -> None:
    """Both kinds of database in turn."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=20)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _measure("SQLite", f"sqlite:///{Path(folder) / 'search.sqlite'}", wanted.documents, wanted.rounds)
    with postgres_server() as server, server.new_database() as url:
        _measure("PostgreSQL", url, wanted.documents, wanted.rounds)


def _measure(name: str, url: str, documents: int, rounds: int) -> None:
    database = Database(url)
    database.upgrade()
    office = _fill(database, documents)
    sight = Sight(frozenset({office}), frozenset({office}), frozenset({f"van_thu@{office}"}), "1")
    ours, theirs = [], []
    with database.read() as connection:
        for question in QUESTIONS:
            asked = wanted_of(question)
            ours += _timed(rounds, lambda asked=asked: search(connection, sight, asked, (), date(2026, 11, 27), 1, 20))
            word = f"%{asked.parts[0]}%"
            theirs += _timed(rounds, lambda word=word: _by_hand(connection, office, word))
    for what, times in (("search", ours), ("by hand", theirs)):
        p95 = statistics.quantiles(times, n=20)[-1]
        print(f"{name}, {documents} documents, {what}: median {statistics.median(times):.1f} ms, p95 {p95:.1f} ms")
    print(f"{name}: ratio of the medians {statistics.median(ours) / statistics.median(theirs):.2f}")
    database.close()


def _by_hand(connection: Connection, office: int, word: str) -> None:
    for query in (BY_HAND, BY_HAND_PAGE):
        connection.execute(text(query), {"office": office, "word": word}).all()


def _timed(rounds: int, ask: Callable[[], object]) -> list[float]:
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        ask()
        times.append((time.perf_counter() - began) * 1000)
    return times


def _fill(database: Database, documents: int) -> int:
    """Half of the documents are plans with a line of the register, and each fifth of these has a duty."""
    with database.write() as connection:
        office = directory.add_body(connection, kind="office", name="Ủy ban nhân dân xã Đức Tân")
        for first in range(0, documents // 2, 5000):
            numbers = range(first, min(first + 5000, documents // 2))
            connection.execute(insert(plans), list(_plans(numbers, office)))
            connection.execute(insert(register), list(_lines(numbers, office)))
            connection.execute(insert(duties), list(_duties(numbers)))
    if not database.is_sqlite:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))
    return office


def _title(number: int) -> str:
    return f"{FIELDS[number % len(FIELDS)]} năm {2015 + number % 12} trên địa bàn thôn {number}"


def _plans(numbers: range, office: int) -> Iterator[dict[str, object]]:
    for number in numbers:
        yield {
            "id": number + 1, "office_id": office, "drafting_unit_id": office, "title": _title(number),
            "fold": fold(_title(number)), "status": "in_force", "version": 1, "signer_role": "chu_tich",
            "consulted": [], "added_recipients": [], "number": number % 400 + 1, "symbol": "KH-UBND",
            "created_at": NOW,
        }  # fmt: skip


def _lines(numbers: range, office: int) -> Iterator[dict[str, object]]:
    for number in numbers:
        yield {
            "office_id": office, "series": "KH", "year": number // 400, "number": number % 400 + 1,
            "symbol": "KH-UBND", "subject": "plan", "subject_id": number + 1, "title": _title(number),
            "document_on": date(2026, 1, 5), "status": "issued", "entered_at": NOW,
            "fold": fold(f"{number % 400 + 1}/KH-UBND {_title(number)}"),
        }  # fmt: skip


def _duties(numbers: range) -> Iterator[dict[str, object]]:
    for number in numbers[::5]:
        title = f"Tuyên truyền {_title(number)}"
        yield {
            "plan_id": number + 1, "no": "1", "title": title, "fold": fold(title), "leads": [], "coop": [],
            "products": [],
        }  # fmt: skip


if __name__ == "__main__":
    main()
