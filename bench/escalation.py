"""One escalation sweep over the country, a tenth of the open tasks due, beside the same effect as SQL by hand.

Run: `.venv/bin/python -m bench.escalation [--share 0.1] [--rounds 3] [--linear]`. Each round sweeps a copy of the same
database as Prefect's round does it, in a process of its own of which the peak memory is told, and another copy with one
statement written by hand; what both wrote is compared row by row. With `--linear` the same number of due tasks is swept
among 1/8, 1/4, 1/2 and all of the share's open ones, then 1/40 to 1/5 of all of them. Only the ratio is compared.
The whole country is `--share 1.0 --rounds 1`: two million tasks, some 15 GB of disk for the three copies.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from bench.country import DUE_NOW, NOW, Country, fill, levels_of_days, server
from flows.part import PARTS, helpers
from flows.shards import in_shards
from flows.sweeping import MANY_TASKS
from workflows.actions import Desk
from workflows.engine.actor import CLOCK
from workflows.store.database import Database
from workflows.store.due import how_many_escalations

# The instants of the levels, which nothing in SQL can count, are given as a table; everything else is SQL.
BY_HAND = """
WITH due AS MATERIALIZED (
  SELECT t.id, t.case_id, t.element, t.office_id, t.plan_id, t.due, t.escalation, t.opened_at, c.revision, c.chain_head
  FROM tasks t JOIN cases c ON c.id = t.case_id
  WHERE t.next_escalation_at <= %(now)s AND t.status = 'open' AND NOT c.suspended FOR UPDATE OF t, c SKIP LOCKED),
rungs AS MATERIALIZED (
  SELECT d.id, r.days, e.level ->> 1 AS target, r.at
  FROM due d CROSS JOIN LATERAL jsonb_array_elements(d.escalation) AS e (level)
  JOIN rung_days r ON r.due = d.due AND r.days = (e.level ->> 0)::int WHERE r.days > 0 OR r.at > d.opened_at),
reached AS MATERIALIZED (
  SELECT * FROM rungs r WHERE at <= %(now)s AND NOT EXISTS (
    SELECT FROM escalations s WHERE s.task_id = r.id AND s.level = r.days AND s.target = r.target)),
told AS (SELECT DISTINCT ON (id, target) * FROM reached ORDER BY id, target, at DESC, days DESC),
marks AS (INSERT INTO escalations (task_id, level, target, at)
  SELECT id, days, target, %(now)s FROM reached ON CONFLICT DO NOTHING),
sent AS (INSERT INTO outbox (kind, key, at, office_id, plan_id, case_id, task_id, data)
  SELECT CASE WHEN t.days > 0 THEN 'task_late' ELSE 'task_due' END,
    format('late:%%s:%%s:%%s:%%s', d.id, to_char(d.due AT TIME ZONE 'UTC', 'YYYYMMDD'), t.days, t.target),
    %(now)s, d.office_id, d.plan_id, d.case_id, d.id, jsonb_build_object('level', t.days, 'target', t.target)
  FROM told t JOIN due d ON d.id = t.id ON CONFLICT DO NOTHING),
noted AS (SELECT id, string_agg(format('[%%s,"%%s"]', days, target), ',' ORDER BY at, days) AS levels
  FROM reached GROUP BY id),
data AS (SELECT d.*, format('{"element":"%%s","levels":[%%s],"task_id":"%%s"}', d.element, n.levels,
    split_part(d.id, '-', 2)) AS data FROM due d JOIN noted n ON n.id = d.id),
links AS MATERIALIZED (SELECT case_id, revision, data, encode(sha256(convert_to(chain_head || format(
    '{"actor":%%s,"at":"%%s","case":%%s,"content_hash":null,"data":%%s,"seq":%%s,"type":"TaskReminded"}',
    %(actor)s::text, %(at)s::text, case_id, data, revision + 1), 'UTF8')), 'hex') AS hash FROM data),
logged AS (INSERT INTO events (case_id, seq, revision, at, type, data, actor, hash)
  SELECT case_id, revision + 1, revision + 1, %(now)s, 'TaskReminded', data::jsonb, %(actor)s::jsonb, hash FROM links),
heads AS (UPDATE cases c SET revision = l.revision + 1, chain_head = l.hash FROM links l
  WHERE c.id = l.case_id AND c.revision = l.revision),
ahead AS (SELECT d.id, min(r.at) AS at FROM due d LEFT JOIN rungs r ON r.id = d.id AND r.at > %(now)s GROUP BY d.id)
UPDATE tasks t SET next_escalation_at = a.at FROM ahead a WHERE t.id = a.id"""
ACTOR = '{"capacity":null,"channel":"clock","name":"Hệ thống","on_behalf_of":null,"person":null,"post":null}'
# Everything that a sweep writes, as one hash a table.
WRITTEN = {
    "escalations": "SELECT task_id, level, target, at FROM escalations",
    "outbox": "SELECT kind, key, at, office_id, plan_id, case_id, task_id, data FROM outbox",
    "events": "SELECT case_id, seq, revision, at, type, data, actor, content_hash, hash FROM events",
    "cases": "SELECT id, revision, chain_head FROM cases",
    "tasks": "SELECT id, next_escalation_at FROM tasks",
}


@dataclass(frozen=True)
class Measured:
    """One sweep: how many tasks, in how long, and what the process and the largest of its helpers held at most."""

    done: int
    seconds: float
    peak_mb: float = 0.0
    helpers_peak_mb: float = 0.0


def main() -> None:
    """Fill, sweep in turn, compare."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--share", type=float, default=0.1)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--linear", action="store_true")
    parser.add_argument("--sweep", help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.sweep:
        print(json.dumps(asdict(_sweep(wanted.sweep))))
    elif wanted.linear:
        _linear(wanted.share, wanted.rounds)
    else:
        country, ours, theirs = _measure(wanted.share, wanted.rounds, DUE_NOW)
        _say(country, ours, theirs)


def _linear(share: float, rounds: int) -> None:
    """As many due among ever more open tasks, then ever more due among as many: time must follow what is due."""
    most = 8
    print(f"open tasks grow to {most} times, as many due")
    for times in (1, 2, 4, most):
        _say_row(*_measure(share * times / most, rounds, 5 * times))
    print("what is due grows, as many open tasks")
    for one_in in (40, 20, 10, 5):
        _say_row(*_measure(share, rounds, one_in))


def _measure(share: float, rounds: int, one_due_in: int) -> tuple[Country, list[Measured], list[Measured]]:
    with server() as (_, url):
        country = fill(url, share, one_due_in)
        return country, *_compare(url, rounds)


def _say_row(country: Country, ours: list[Measured], theirs: list[Measured]) -> None:
    mine, other = _median(ours), _median(theirs)
    each = mine / country.due * 1e6
    print(f"{country.tasks:>9,} open {country.due:>7,} due: {mine:6.2f} s, {each:5.0f} µs a task due, "
          f"{mine / other:.2f} of by hand, peak {max(each.peak_mb for each in ours):.0f} MB", flush=True)  # fmt: skip


def _compare(url: str, rounds: int) -> tuple[list[Measured], list[Measured]]:
    ours, theirs = [], []
    for _ in range(rounds):
        with copy_of(url, "ours") as mine, copy_of(url, "by_hand") as other:
            ours.append(sweep_apart(mine))
            theirs.append(_by_hand(other))
            _same(mine, other)
    return ours, theirs


def sweep_apart(url: str) -> Measured:
    """One sweep in a process of its own, as Prefect's round does it: in parts where much is due."""
    command = [sys.executable, "-m", "bench.escalation", "--sweep", url]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Measured(**json.loads(done.stdout))


def _say(country: Country, ours: list[Measured], theirs: list[Measured]) -> None:
    for name, found in (("actions.escalate", ours), ("by hand", theirs)):
        seconds = _median(found)
        print(f"{name}: {found[0].done} of {country.tasks} open tasks in {seconds:.2f} s, "
              f"{seconds / found[0].done * 1e6:.0f} µs a task")  # fmt: skip
    ratios = sorted(mine.seconds / other.seconds for mine, other in zip(ours, theirs, strict=True))
    print(f"ratio {statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f}), "
          f"peak of the sweeping process {max(each.peak_mb for each in ours):.0f} MB, "
          f"of a helper {max(each.helpers_peak_mb for each in ours):.0f} MB")  # fmt: skip


def _median(found: list[Measured]) -> float:
    return statistics.median(each.seconds for each in found)


def _sweep(url: str) -> Measured:
    database = Database(url)
    with database.read():
        pass
    started = time.perf_counter()
    desk = Desk(database, NOW, CLOCK)
    beside = helpers("escalate", NOW, {**os.environ, "KEHOACH_DATABASE_URL": url})
    part = PARTS["escalate"]
    swept = in_shards(desk, part.sweep, how_many_escalations, MANY_TASKS, helpers=beside, worth_help=part.worth_help)
    seconds = time.perf_counter() - started
    database.close()
    return Measured(swept.done, seconds, _peak_mb(), _helpers_peak_mb())


def _peak_mb() -> float:
    """What this process held at most; `ru_maxrss` would begin with what the process that started it held."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _helpers_peak_mb() -> float:
    """What the largest helper held at most, or this process when it started it, whichever is more."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def _by_hand(url: str) -> Measured:
    facts = {"now": NOW, "at": NOW.isoformat(timespec="microseconds"), "actor": ACTOR}
    with psycopg.connect(url) as connection:
        connection.execute("SET random_page_cost = 1.1")
        started = time.perf_counter()
        connection.execute("CREATE TEMP TABLE rung_days (due timestamptz, days int, at timestamptz) ON COMMIT DROP")
        with connection.cursor().copy("COPY rung_days FROM STDIN") as copy:
            for row in levels_of_days():
                copy.write_row(row)
        connection.execute("ANALYZE rung_days")
        done = connection.execute(BY_HAND, facts).rowcount
        connection.commit()
        return Measured(done, time.perf_counter() - started)


def _same(one: str, other: str) -> None:
    """Whether both wrote the same; what differs ends the bench."""
    for table, rows in WRITTEN.items():
        summed = f"SELECT count(*), sum(('x' || substr(md5(w::text), 1, 15))::bit(60)::bigint) FROM ({rows}) w".encode()
        found = []
        for url in (one, other):
            with psycopg.connect(url) as connection:
                found.append(connection.execute(summed).fetchone())
        if found[0] != found[1]:
            raise SystemExit(f"{table} differs: {found}")


@contextmanager
def copy_of(url: str, name: str) -> Iterator[str]:
    """A copy of a database under this name, gone afterwards; its URL."""
    source = make_url(url)
    made = source.set(database=name).render_as_string(hide_password=False)
    admin = source.set(database="postgres").render_as_string(hide_password=False)
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {source.database}".encode())
    # It is read once, so that nobody pays for a cold start.
    with psycopg.connect(made, autocommit=True) as connection:
        connection.execute("SELECT sum(length(chain_head)) FROM cases")
        connection.execute("SELECT sum(length(id)) FROM tasks")
    yield made
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


if __name__ == "__main__":
    main()
