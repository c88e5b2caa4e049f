"""One search over 100,000 plans and documents, beside hand-written SQL on the same rows, on SQLite and PostgreSQL.

Run: `.venv/bin/python -m bench.search [--documents 100000] [--rounds 20]`. It makes databases of its own, fills them,
and prints median and 95th percentile of both for several questions. The promise is a p95 of at most 300 ms (SRC-05).

A plan has a text of a dozen paragraphs taken by a seed from the five real plans; who searches by hand asks the same
index for the plans of an office whose text has the first word or phrase. Filling takes some minutes.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from random import Random

from sqlalchemy import Connection, insert, text

from tests.databases import postgres_server
from workflows.plans.names import fold
from workflows.plans.written_words import folded_words, marked_words
from workflows.store import directory
from workflows.store.database import Database
from workflows.store.screens.search import Question, places_of, search, texts_with, wanted_of
from workflows.store.screens.sight import Sight
from workflows.store.tables.issuing import register
from workflows.store.tables.plan_words import plan_words
from workflows.store.tables.plans import duties, plan_versions, plans

NOW = datetime(2026, 11, 27, 3, tzinfo=UTC)
FIELDS = ("cải cách hành chính", "chuyển đổi số", "phòng cháy, chữa cháy", "văn hóa, thể thao", "Đức Tân sạch đẹp")
QUESTIONS = (
    "ke hoach", "chuyển đổi số", "16/KH-UBND", '"phong chay"', "duc tan 2025", "khong co gi the nay",
    "thủ tục rườm rà", '"chi nhanh van phong dang ky"', "trang thiết bị", '"dan nhan ban uy"',
)  # fmt: skip
INDEX = "ix_plan_words_keys"
BY_HAND = """
SELECT (SELECT count(*) FROM (SELECT 1 FROM plans WHERE office_id = :office AND fold LIKE :word LIMIT 1001) a),
  (SELECT count(*) FROM (SELECT 1 FROM register WHERE office_id = :office AND fold LIKE :word LIMIT 1001) b),
  (SELECT count(*) FROM (SELECT 1 FROM duties d JOIN plans p ON p.id = d.plan_id
    WHERE p.office_id = :office AND d.fold LIKE :word LIMIT 1001) c)"""
BY_HAND_PAGE = """
SELECT id, title FROM plans WHERE office_id = :office AND fold LIKE :word ORDER BY id DESC LIMIT 21"""
TEXTS_BY_HAND = {
    True: """
SELECT p.id, p.title FROM plan_words_index i JOIN plans p ON p.id = i.rowid
WHERE plan_words_index MATCH 'office_id : "' || :office || '" AND fold : "' || :part || '"'
ORDER BY i.rowid DESC LIMIT 201""",
    False: """
SELECT p.id, p.title FROM plan_words w JOIN plans p ON p.id = w.plan_id
WHERE plan_search_keys(w.office_id, w.fold, w.marked) @> (ARRAY['@' || :office, :key] COLLATE "C")
ORDER BY w.plan_id DESC LIMIT 201""",
}


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
            asked = Question(wanted_of(question))
            ours += _timed(rounds, lambda asked=asked: _search(connection, sight, asked))
            part = asked.wanted.parts[0]
            theirs += _timed(rounds, lambda part=part: _by_hand(connection, office, part, database.is_sqlite))
            medians = (statistics.median(times[-rounds:]) for times in (ours, theirs))
            print(f"  {question}: median {' ms, by hand '.join(f'{each:.1f}' for each in medians)} ms")
    for what, times in (("search", ours), ("by hand", theirs)):
        p95 = statistics.quantiles(times, n=20)[-1]
        print(f"{name}, {documents} documents, {what}: median {statistics.median(times):.1f} ms, p95 {p95:.1f} ms")
    print(f"{name}: ratio of the medians {statistics.median(ours) / statistics.median(theirs):.2f}")
    database.close()


def _search(connection: Connection, sight: Sight, question: Question) -> None:
    within = texts_with(connection, places_of(connection, sight), question)
    search(connection, sight, within, question, date(2026, 11, 27))


def _by_hand(connection: Connection, office: int, part: str, sqlite: bool) -> None:
    for query in (BY_HAND, BY_HAND_PAGE):
        connection.execute(text(query), {"office": office, "word": f"%{part}%"}).all()
    key = " ".join(part.split()[:2])
    connection.execute(text(TEXTS_BY_HAND[sqlite]), {"office": str(office), "part": part, "key": key}).all()


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
        index = (
            "" if database.is_sqlite else str(connection.scalar(text(f"SELECT pg_get_indexdef('{INDEX}'::regclass)")))
        )
        if index:  # a table is filled sooner without
            connection.execute(text(f"DROP INDEX {INDEX}"))
        office = directory.add_body(connection, kind="office", name="Ủy ban nhân dân xã Đức Tân")
        for first in range(0, documents // 2, 5000):
            numbers = range(first, min(first + 5000, documents // 2))
            connection.execute(insert(plans), list(_plans(numbers, office)))
            versions = list(_versions(numbers))
            connection.execute(insert(plan_versions), versions)
            connection.execute(insert(plan_words), list(_words(versions, office)))
            connection.execute(insert(register), list(_lines(numbers, office)))
            connection.execute(insert(duties), list(_duties(numbers)))
        if index:
            connection.execute(text(index))
            connection.execute(text(f"ALTER INDEX {INDEX} ALTER COLUMN 1 SET STATISTICS 0"))
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


def _versions(numbers: range) -> Iterator[dict[str, object]]:
    """Texts of some 4,000 letters."""
    paragraphs = [
        line
        for plan in sorted(files("service.demo").joinpath("plans").iterdir(), key=lambda plan: plan.name)
        for line in plan.read_text(encoding="utf-8").splitlines()
        if len(line) > 100
    ]
    for number in numbers:
        chosen = Random(number).sample(paragraphs, 12)
        whole = "\n".join(["KẾ HOẠCH", _title(number), *chosen])
        yield {
            "plan_id": number + 1, "version": 1, "content_hash": "", "text": whole, "document": {}, "made_at": NOW,
        }  # fmt: skip


def _words(versions: list[dict[str, object]], office: int) -> Iterator[dict[str, object]]:
    for each in versions:
        whole = str(each["text"])
        yield {
            "plan_id": each["plan_id"], "office_id": office, "fold": folded_words(whole),
            "marked": marked_words(whole),
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
