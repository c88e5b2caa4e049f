"""The peers' ways beside the sweep: a job a timer in procrastinate, a task run a timer in Prefect.

procrastinate is installed for this bench alone, into an environment that is thrown away:
`python -m venv /tmp/peers && /tmp/peers/bin/pip install procrastinate "psycopg[binary,pool]"`, then
`.venv/bin/python -m bench.peers --python /tmp/peers/bin/python [--tasks 1000]`.

Each peer finds its due rows in a table of its own, and for each writes in one transaction a mark, an audit row without
any hash and an outbox row: less than the sweep writes. Its workers and ours use the same server. Only the ratio of the
microseconds a task is compared; ours is measured on a hundredth of the country.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from bench.country import fill, server
from bench.escalation import copy_of, sweep_apart

SCHEMA = """
CREATE TABLE peer_tasks (id bigint PRIMARY KEY, due timestamptz NOT NULL, escalated boolean NOT NULL DEFAULT false);
CREATE TABLE peer_audit (id bigserial PRIMARY KEY, task_id bigint NOT NULL, event text NOT NULL,
  at timestamptz NOT NULL);
CREATE TABLE peer_outbox (id bigserial PRIMARY KEY, task_id bigint NOT NULL, kind text NOT NULL, data jsonb NOT NULL);
"""
FILL = "INSERT INTO peer_tasks (id, due) SELECT n, now() - interval '1 day' FROM generate_series(1, %s) n"
# What one job does, the same for both.
EFFECT = """
WITH marked AS (UPDATE peer_tasks SET escalated = true WHERE id = %(id)s AND NOT escalated RETURNING id),
audited AS (INSERT INTO peer_audit (task_id, event, at) SELECT id, 'escalated', now() FROM marked)
INSERT INTO peer_outbox (task_id, kind, data) SELECT id, 'task_late', '{"level": 1}' FROM marked
"""
PROCRASTINATE = """
import asyncio, os, time, procrastinate, psycopg_pool
url, effect = os.environ["PEER_URL"], os.environ["PEER_EFFECT"]
app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=url))
pool = psycopg_pool.AsyncConnectionPool(url, min_size=4, max_size=16, open=False)

@app.task(name="escalate")
async def escalate(id):
    async with pool.connection() as connection:
        await connection.execute(effect, {"id": id})

async def main():
    await pool.open()
    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        async with pool.connection() as connection:
            due = [row[0] for row in await (await connection.execute("SELECT id FROM peer_tasks")).fetchall()]
        started = time.perf_counter()
        await escalate.batch_defer_async(*({"id": id} for id in due))
        await app.run_worker_async(wait=False, concurrency=16, install_signal_handlers=False)
        print("SECONDS", time.perf_counter() - started)
    await pool.close()

asyncio.run(main())
"""
PREFECT = """
import os, time, psycopg
from prefect import flow, task
from prefect.task_runners import ThreadPoolTaskRunner
url, effect = os.environ["PEER_URL"], os.environ["PEER_EFFECT"]

@task(log_prints=False)
def escalate(id):
    with psycopg.connect(url) as connection:
        connection.execute(effect, {"id": id})

@flow(task_runner=ThreadPoolTaskRunner(max_workers=4))
def sweep():
    with psycopg.connect(url) as connection:
        due = [row[0] for row in connection.execute("SELECT id FROM peer_tasks")]
    started = time.perf_counter()
    escalate.map(due).wait()
    print("SECONDS", time.perf_counter() - started, flush=True)

sweep()
"""


def main() -> None:
    """Ours on a copy of the country, then each peer on as many rows as it is given."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--python", type=Path, required=True, help="the Python that procrastinate is installed in")
    parser.add_argument("--tasks", type=int, default=1000)
    parser.add_argument("--prefect-tasks", type=int, default=60)
    wanted = parser.parse_args()
    with server() as (cluster, url):
        print(fill(url, 0.02))
        with copy_of(url, "ours") as mine:
            ours = sweep_apart(mine)
        each = ours.seconds / ours.done
        print(f"actions.escalate: {each * 1e6:.0f} µs a task")
        for name, python, script, tasks in (
            ("procrastinate, a job a task", wanted.python, PROCRASTINATE, wanted.tasks),
            ("Prefect, a task run a task", Path(sys.executable), PREFECT, wanted.prefect_tasks),
        ):
            peer = cluster.url.set(database=f"peer_{tasks}").render_as_string(hide_password=False)
            seconds = _measure(peer, python, script, tasks)
            print(f"{name}: {seconds / tasks * 1e6:.0f} µs a task, {seconds / tasks / each:.0f} times as much")


def _measure(url: str, python: Path, script: str, tasks: int) -> float:
    target = make_url(url)
    with psycopg.connect(target.set(database="postgres").render_as_string(), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {target.database}".encode())
    with psycopg.connect(url) as connection:
        connection.execute(SCHEMA.encode())
        connection.execute(FILL, (tasks,))
    facts = {"PEER_URL": url, "PEER_EFFECT": EFFECT, "DO_NOT_TRACK": "1", "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}
    facts["PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS"] = "180"
    started = time.perf_counter()
    done = subprocess.run(
        [python, "-c", script], env=os.environ | facts, capture_output=True, text=True, timeout=1200, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    with psycopg.connect(url) as connection:
        told = connection.execute("SELECT count(*) FROM peer_outbox").fetchone()
    assert told == (tasks,), f"{told} of {tasks} were told"
    (seconds,) = [float(line.split()[1]) for line in done.stdout.splitlines() if line.startswith("SECONDS")]
    print(json.dumps({"whole_process_seconds": round(time.perf_counter() - started, 1)}))
    return seconds


if __name__ == "__main__":
    main()
