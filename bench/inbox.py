"""The inbox of somebody in many groups over a million open tasks, beside hand-written SQL on the same rows.

Run: `.venv/bin/python -m bench.inbox [--tasks 1000000] [--rounds 100]`. It starts a PostgreSQL of its own, fills it
with set-based statements, and prints median and 95th percentile of both. Only the ratio is compared.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import Connection, text

from tests.databases import postgres_server
from workflows.store.database import Database
from workflows.store.inbox import inbox

NOW = datetime(2026, 11, 27, 3, tzinfo=UTC)
KEYS, MINE = 10_000, 40  # groups in all, and of this person: each open task is offered to two groups
PERSON = 77

CASES = """
INSERT INTO cases (id, definition_id, process, state, revision, status, chain_head, started_at, suspended)
SELECT n, :definition, 'p', '{}', 1, 'active', '', CAST(:now AS timestamptz), false
FROM generate_series(1, :tasks / 10 + 1) n"""
TASKS = """
INSERT INTO tasks (id, case_id, process, element, name, kind, status, assignee, due, priority, variables, escalation,
                   excluded, round, opened_at)
SELECT (1 + n / 10) || '-' || n, 1 + n / 10, 'p', 'duyet', 'Duyệt', 'user', 'open',
       CASE WHEN n % 50 = 0 THEN (n % 5000)::text END,
       CASE WHEN n % 7 > 0 THEN CAST(:now AS timestamptz) + ((n * 7919) % 60 - 20) * interval '1 day' END,
       50, '{}', '[]',
       CASE WHEN n % 20 = 0 THEN jsonb_build_array((n % 100)::text) ELSE '[]'::jsonb END, 1,
       CAST(:now AS timestamptz) - (n % 1000000) * interval '1 second'
FROM generate_series(CAST(0 AS bigint), :tasks - 1) n"""
GROUPS = """
INSERT INTO task_groups (task_id, group_key, offered, due, priority, opened_at, excludes)
SELECT t.id, 'can_bo@' || key, t.assignee IS NULL, t.due, t.priority, t.opened_at, t.excluded <> '[]'
FROM tasks t CROSS JOIN LATERAL (SELECT split_part(t.id, '-', 2)::bigint) AS numbered (n) CROSS JOIN LATERAL (
  SELECT DISTINCT key FROM (VALUES ((n * 31) % :keys), ((n * 17 + 5) % :keys)) AS both_keys (key)) AS offered"""

# The first two hundred are counted, fifty are shown.
BY_HAND_FIRST = """
WITH mine AS (
  SELECT t.id, t.due, t.priority, t.opened_at FROM tasks t
  WHERE t.assignee = :person AND t.status = 'open' AND t.kind = 'user'
  UNION SELECT g.task_id, g.due, g.priority, g.opened_at FROM task_groups g
  WHERE g.group_key = ANY(:groups) AND g.offered IS true AND NOT (g.excludes AND EXISTS (
    SELECT FROM tasks t WHERE t.id = g.task_id AND t.excluded @> CAST(:excluded AS jsonb))))
SELECT id FROM mine ORDER BY due NULLS LAST, priority DESC, opened_at, id LIMIT 201"""
BY_HAND_PAGE = """
SELECT t.*, (SELECT array_agg(group_key) FROM task_groups g WHERE g.task_id = t.id)
FROM tasks t WHERE t.id = ANY(:ids)"""


def main() -> None:
    """Fill, warm up, measure both in turn."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--tasks", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=100)
    wanted = parser.parse_args()
    with postgres_server() as server, server.new_database() as url:
        database = Database(url)
        database.upgrade()
        _fill(database, wanted.tasks)
        groups = [f"can_bo@{number * (KEYS // MINE)}" for number in range(MINE)]
        with database.read() as connection:
            found = inbox(connection, PERSON, groups, NOW)
            print(
                f"{wanted.tasks} open tasks, over {found.total} of them this person's, {len(found.tasks)} on the page"
            )
        ours, theirs = _measure(database, groups, wanted.rounds)
        for name, times in (("store.inbox", ours), ("by hand", theirs)):
            p95 = statistics.quantiles(times, n=20)[-1]
            print(f"{name}: median {statistics.median(times):.1f} ms, p95 {p95:.1f} ms")
        print(f"ratio of the medians: {statistics.median(ours) / statistics.median(theirs):.2f}")
        database.close()


def _fill(database: Database, tasks: int) -> None:
    with database.write() as connection:
        definition = connection.execute(
            text(
                "INSERT INTO definitions (key, version, name, xml, sha256, deployment, deployed_at) "
                "VALUES ('p', 1, 'p', '<x/>', 'x', 'x', :now) RETURNING id"
            ),
            {"now": NOW},
        ).scalar_one()
        facts = {"tasks": tasks, "now": NOW, "keys": KEYS, "definition": definition}
        for statement in (CASES, TASKS, GROUPS):
            connection.execute(text(statement), facts)
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def _measure(database: Database, groups: list[str], rounds: int) -> tuple[list[float], list[float]]:
    facts = {
        "person": str(PERSON),
        "excluded": f'["{PERSON}"]',
        "groups": [*groups, f"nguoi@{PERSON}"],
    }

    def ours(connection: Connection) -> None:
        inbox(connection, PERSON, groups, NOW)

    def by_hand(connection: Connection) -> None:
        ids = list(connection.scalars(text(BY_HAND_FIRST), facts))
        connection.execute(text(BY_HAND_PAGE), {"ids": ids[:50]}).all()

    taken: tuple[list[float], list[float]] = ([], [])
    for at in range(rounds + 5):
        for act, times in zip((ours, by_hand), taken, strict=True):
            spent = _timed(database, act)
            if at >= 5:
                times.append(spent)
    return taken


def _timed(database: Database, act: Callable[[Connection], None]) -> float:
    with database.read() as connection:
        started = time.perf_counter()
        act(connection)
        return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
