"""The yearly report cycle opened for every plan of the country, beside the same rows written as sets.

Run: `.venv/bin/python -m bench.opening [--share 0.03] [--rounds 3] [--duties]`. The floor is the same effect as SQL by
hand, and less than all of it: the rows that the product wrote stand ready in tables beside, also the record of each
event as text; the hash chains are made (a window over `sha256`), and one INSERT a table writes all into the same tables
of another database with the same indexes. Nothing is read of rules and units, nothing is judged there. The hashes must
come out the same. Beside it the same without hashes, the least that any program could do. Only ratios are compared.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date
from functools import partial
from statistics import median

import psycopg
from psycopg.sql import SQL, Identifier

from bench.country import NOW, fill, offices, plans, server
from bench.escalation import copy_of
from bench.processor_time import Spent, measured
from flows.part import PARTS, helpers, open_part
from flows.shards import in_shards
from flows.sweeping import MANY_CYCLES
from tests.databases import Cluster
from workflows.actions import Desk
from workflows.engine.actor import CLOCK
from workflows.store.chain import GENESIS
from workflows.store.database import Database
from workflows.store.reporting import how_many_to_open
from workflows.store.spelling import canonical

# The new rows of each table, as a condition.
NEW = {
    "cases": "process = 'bao_cao'",
    "events": "case_id IN (SELECT id FROM cases WHERE process = 'bao_cao')",
    "tasks": "process = 'bao_cao'",
    "task_groups": "task_id IN (SELECT id FROM tasks WHERE process = 'bao_cao')",
    "timers": "true",
    "submissions": "true",
    "outbox": "true",
}

LINK = f"""
CREATE FUNCTION link(head text, record text) RETURNS text LANGUAGE sql IMMUTABLE STRICT
  AS $$ SELECT encode(sha256(convert_to(head || record, 'UTF8')), 'hex') $$;
CREATE AGGREGATE chain_of(text) (sfunc = link, stype = text, initcond = '{GENESIS}')"""
CHAINED = """
CREATE TEMP TABLE chained AS
  SELECT case_id, seq, chain_of(record) OVER (PARTITION BY case_id ORDER BY seq) AS hash FROM ready_records"""
WITH_HASHES = {
    "cases": """SELECT c.id, c.definition_id, c.process, c.office_id, c.plan_id, c.business_key, c.status, c.suspended,
      c.revision, c.state, h.hash, c.started_at, c.ended_at
      FROM ready_cases c JOIN chained h ON h.case_id = c.id AND h.seq = c.revision""",
    "events": """SELECT e.case_id, e.seq, e.revision, e.at, e.type, e.data, e.actor, e.content_hash, h.hash
      FROM ready_events e JOIN chained h USING (case_id, seq)""",
}


def main() -> None:
    """Fill; in turn open and write the same again."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--share", type=float, default=0.03)
    parser.add_argument("--rounds", type=int, default=3)
    wanted = parser.parse_args()
    found: list[tuple[Spent, Spent, Spent]] = []
    with server() as (cluster, url):
        country = fill(url, wanted.share)
        _rules(url, country.communes)
        print(country)
        for _ in range(wanted.rounds):
            with copy_of(url, "ours") as mine:
                ours, done = measured(cluster, partial(_open, mine))
                with copy_of(url, "by_hand") as other:
                    by_hand = _write_again(cluster, mine, other, hashes=True)
                with copy_of(url, "bare") as other:
                    found.append((ours, by_hand, _write_again(cluster, mine, other, hashes=False)))
    names = (f"open_cycles, {done} cycles", "the same rows and hashes by SQL", "the ready rows by SQL, no hash made")
    for name, some in zip(names, zip(*found, strict=True), strict=True):
        wall, client, backends = (
            median(getattr(each, what) for each in some) / done * 1e3 for what in ("wall", "ours", "server")
        )
        print(f"{name}: {wall:.2f} ms a cycle; processor: {client:.2f} ours, {backends:.2f} PostgreSQL")
    for name, at in (("with hashes", 1), ("without", 2)):
        _say(f"ratio {name}", sorted(each[0].wall / each[at].wall for each in found))
        _say(f"ratio {name}, processor time", sorted(each[0].processor / each[at].processor for each in found))


def _say(name: str, ratios: list[float]) -> None:
    print(f"{name} {median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})")


def _rules(url: str, communes: int) -> None:
    units = {office: units for office, _, units in offices(communes)}
    days = {"opens_on": date(2026, 11, 27), "unit_due": date(2026, 12, 14), "office_due": date(2026, 12, 20)}

    def rules() -> Iterator[tuple[object, ...]]:
        for plan, office, unit, province in plans(communes):
            yield plan, plan, "year", json.dumps(units[office]), unit, province, False

    def cycles() -> Iterator[tuple[object, ...]]:
        for plan, office, _, _ in plans(communes):
            yield plan, plan, plan, office, "2026", date(2025, 12, 15), date(2026, 12, 14), *days.values(), False

    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        for into, rows in (
            ("report_rules (id, plan_id, every, units, focal_body_id, parent_body_id, assumed)", rules()),
            (
                "cycles (id, rule_id, plan_id, office_id, key, window_from, window_to, "
                "opens_on, unit_due, office_due, last)",
                cycles(),
            ),
        ):
            with cursor.copy(f"COPY {into} FROM STDIN".encode()) as copy:
                for row in rows:
                    copy.write_row(row)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _open(url: str) -> int:
    with closing(Database(url)) as database:
        desk, worth = Desk(database, NOW, CLOCK), PARTS["open_cycles"].worth_help
        beside = helpers("open_cycles", NOW, {**os.environ, "KEHOACH_DATABASE_URL": url})
        return in_shards(desk, open_part, how_many_to_open, MANY_CYCLES, helpers=beside, worth_help=worth).done


def _write_again(cluster: Cluster, source: str, target: str, *, hashes: bool) -> Spent:
    """Bring the new rows over, then measure how long it takes to write them where they belong."""
    with psycopg.connect(source) as theirs, psycopg.connect(target) as ours:
        for table, new in NEW.items():
            made = SQL("CREATE TABLE {} AS SELECT * FROM {} WHERE false")
            ours.execute(made.format(Identifier(f"ready_{table}"), Identifier(table)))
            taken = SQL("COPY (SELECT * FROM {} WHERE ").format(Identifier(table)) + SQL(new) + SQL(") TO STDOUT")
            into = SQL("COPY {} FROM STDIN").format(Identifier(f"ready_{table}"))
            with theirs.cursor().copy(taken) as out, ours.cursor().copy(into) as copy:
                for block in out:
                    copy.write(block)
        _ready_records(ours)
        ours.commit()
        spent, _ = measured(cluster, partial(_by_hand, ours, hashes=hashes))
        wrong = ours.execute(
            "SELECT count(*) FROM events e JOIN ready_events r USING (case_id, seq) WHERE e.hash <> r.hash"
        )
        assert wrong.fetchone() == (0,), "other hashes"
        return spent


def _by_hand(ours: psycopg.Connection, *, hashes: bool) -> None:
    if hashes:
        ours.execute(CHAINED)
        ours.execute("ANALYZE chained")
    for table in NEW:
        rows = WITH_HASHES.get(table, "SELECT * FROM ready_{table}") if hashes else "SELECT * FROM ready_{table}"
        ours.execute(f"INSERT INTO {table} {rows.format(table=table)}".encode())
    ours.execute(
        "UPDATE cycles y SET opened_at = %s, case_id = c.id FROM ready_cases c WHERE c.plan_id = y.plan_id", (NOW,)
    )
    ours.commit()


def _ready_records(connection: psycopg.Connection) -> None:
    """The record of each event that its hash is over."""
    connection.execute(LINK.encode())
    connection.execute("CREATE TABLE ready_records (case_id bigint, seq int, record text)")
    columns = "case_id, seq, type, data, actor, content_hash, at"
    found = connection.execute(f"SELECT {columns} FROM ready_events".encode()).fetchall()
    with connection.cursor().copy("COPY ready_records FROM STDIN") as copy:
        for case, seq, kind, data, actor, content, at in found:
            instant = at.astimezone(UTC).isoformat(timespec="microseconds")
            facts = {"seq": seq, "type": kind, "data": data, "actor": actor, "content_hash": content}
            copy.write_row((case, seq, canonical({**facts, "case": case, "at": instant})))
    connection.execute("ANALYZE ready_records")


if __name__ == "__main__":
    main()
