"""The peers' ways beside the sweep: a job a timer in procrastinate, a task run a timer in Prefect.

procrastinate is installed for this bench alone, into an environment that is thrown away:
`python -m venv /tmp/peers && /tmp/peers/bin/pip install procrastinate "psycopg[binary,pool]"`, then
`.venv/bin/python -m bench.peers --python /tmp/peers/bin/python [--tasks 1000]`.

Each peer works on the very rows of the sweep, in a copy of the same country, and for each task that is due does in one
transaction what the sweep does: the level's mark, the event in the chain of its case with its hash, the occasion in the
outbox, the next instant. One prepared statement of hand-written SQL does it; the job is told its level and judges
nothing. procrastinate's timer is a job that is deferred when the task opens, so each is deferred by itself, 16 at once,
and run by a worker with 16 at once; both are counted. A timer of ours is a column of the task's row. Ours sweeps in the
four parts of Prefect's round. Only the ratio of the microseconds a task is compared.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from bench.country import NOW, fill, server
from bench.escalation import ACTOR, copy_of, sweep_apart

DUE = (
    f"""SELECT id FROM tasks WHERE next_escalation_at <= '{NOW.isoformat()}' AND status = 'open' ORDER BY id LIMIT %s"""
)
# What one job does, the same for both.
EFFECT = f"""
WITH due AS MATERIALIZED (
  SELECT t.id, t.case_id, t.element, t.office_id, t.plan_id, t.due, c.revision, c.chain_head
  FROM tasks t JOIN cases c ON c.id = t.case_id
  WHERE t.id = %(id)s AND t.status = 'open' AND t.next_escalation_at <= '{NOW.isoformat()}' FOR UPDATE OF t, c),
data AS (SELECT *, format('{{"element":"%%s","levels":[[9,"thu_truong"]],"task_id":"%%s"}}', element,
  split_part(id, '-', 2)) AS data FROM due),
links AS MATERIALIZED (SELECT *, encode(sha256(convert_to(chain_head || format(
    '{{"actor":%%s,"at":"%%s","case":%%s,"content_hash":null,"data":%%s,"seq":%%s,"type":"TaskReminded"}}',
    '{ACTOR}'::text, '{NOW.isoformat(timespec="microseconds")}', case_id, data, revision + 1), 'UTF8')), 'hex') AS hash
  FROM data),
marks AS (INSERT INTO escalations (task_id, level, target, at) SELECT id, 9, 'thu_truong', '{NOW.isoformat()}' FROM due
  ON CONFLICT DO NOTHING),
logged AS (INSERT INTO events (case_id, seq, revision, at, type, data, actor, hash)
  SELECT case_id, revision + 1, revision + 1, '{NOW.isoformat()}', 'TaskReminded', data::jsonb, '{ACTOR}', hash
  FROM links),
heads AS (UPDATE cases c SET revision = l.revision + 1, chain_head = l.hash FROM links l WHERE c.id = l.case_id),
sent AS (INSERT INTO outbox (kind, key, at, office_id, plan_id, case_id, task_id, data)
  SELECT 'task_late', format('late:%%s:%%s:9:thu_truong', id, to_char(due AT TIME ZONE 'UTC', 'YYYYMMDD')),
    '{NOW.isoformat()}', office_id, plan_id, case_id, id, '{{"level": 9, "target": "thu_truong"}}' FROM due
  ON CONFLICT DO NOTHING)
UPDATE tasks t SET next_escalation_at = NULL FROM due d WHERE t.id = d.id
"""
PROCRASTINATE = """
import asyncio, datetime, os, time, procrastinate, psycopg_pool
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
            due = [row[0] for row in await (await connection.execute(os.environ["PEER_DUE"])).fetchall()]
        started = time.perf_counter()
        free = asyncio.Semaphore(16)
        at = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)
        async def arm(id):
            async with free:
                await escalate.configure(schedule_at=at).defer_async(id=id)
        await asyncio.gather(*map(arm, due))
        print("ARMED", time.perf_counter() - started)
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
        due = [row[0] for row in connection.execute(os.environ["PEER_DUE"])]
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
    with server() as (_, url):
        print(fill(url, 0.06))  # more than ten thousand due: the round sweeps in parts
        with copy_of(url, "ours") as mine:
            ours = sweep_apart(mine)
        each = ours.seconds / ours.done
        print(f"actions.escalate: {each * 1e6:.0f} µs a task")
        for name, python, script, tasks in (
            ("procrastinate, a job a timer", wanted.python, PROCRASTINATE, wanted.tasks),
            ("Prefect, a task run a timer", Path(sys.executable), PREFECT, wanted.prefect_tasks),
        ):
            with copy_of(url, "peer") as peer:
                seconds = _measure(peer, python, script, tasks)
            print(f"{name}: {seconds / tasks * 1e6:.0f} µs a task, {seconds / tasks / each:.0f} times as much")


def _measure(url: str, python: Path, script: str, tasks: int) -> float:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    facts = {"PEER_URL": plain, "PEER_EFFECT": EFFECT, "PEER_DUE": DUE % tasks}
    facts |= {"DO_NOT_TRACK": "1", "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}
    facts["PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS"] = "180"
    done = subprocess.run(
        [python, "-c", script], env=os.environ | facts, capture_output=True, text=True, timeout=1200, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    with psycopg.connect(plain) as connection:
        for table in ("outbox", "escalations WHERE level = 9 AND at = %s"):
            told = connection.execute(f"SELECT count(*) FROM {table}".encode(), (NOW,) if "%s" in table else ())
            assert told.fetchone() == (tasks,), f"{table}: not {tasks}"
    (seconds,) = [float(line.split()[1]) for line in done.stdout.splitlines() if line.startswith("SECONDS")]
    print("\n".join(line for line in done.stdout.splitlines() if line.startswith("ARMED")), end=" ")
    return seconds


if __name__ == "__main__":
    main()
