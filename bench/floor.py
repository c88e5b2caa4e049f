"""The reference process through `actions.handle` beside the least that could write its rows, on both databases.

Run: `.venv/bin/python -m bench.floor [--rounds 3] [--seconds 4]`. PostgreSQL (a cluster of the bench's own, durable as
it comes) has pgbench for a floor: the same rows, one statement and one committed transaction a step; SQLite the same
rows by hand. Floor and ours take turns, so that the load of the machine meets both alike: only the ratio is compared.
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

from bench import floor_rows
from bench.environment import environment
from bench.reference_process import play_for, prepare
from bench.stored_ratios import judge
from tests.databases import _programs, private_cluster
from workflows.store.database import Database
from workflows.store.health import safe_journal_mode

DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "shared_buffers": "128MB"}
PROCESSES = 2  # as many as there are processors: one has one interpreter lock
WARM = 1.0

Measure = Callable[[int, float], float]  # clients, seconds: instances a second


def main() -> int:
    """Measure floor and ours in turn on each database, with one client and with sixteen."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--only", choices=("postgres", "sqlite"))
    wanted = parser.parse_args()
    print(environment())
    ratios = {}
    for name, pair in (("postgres", _postgres), ("sqlite", _sqlite)):
        if wanted.only in (None, name):
            with pair() as measures:
                for clients in (1, 16):
                    ratio = _compare(name, measures, clients, wanted.rounds, wanted.seconds)
                    ratios[f"floor/{name}/{clients}"] = ratio
    return judge(ratios)


def _compare(name: str, pair: tuple[Measure, Measure], clients: int, rounds: int, seconds: float) -> float:
    (floor, ours), below, above = pair, [], []
    for _ in range(rounds):
        below.append(floor(clients, seconds))
        above.append(ours(clients, seconds))
    ratios = [ours / floor for ours, floor in zip(above, below, strict=True)]
    print(
        f"{name:<9} {clients:>2} clients: floor {statistics.median(below):7.1f}, ours {statistics.median(above):7.1f} "
        f"instances a second; ratio {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
    )
    return statistics.median(ratios)


@contextmanager
def _postgres() -> Iterator[tuple[Measure, Measure]]:
    with private_cluster(**DURABLE) as cluster, tempfile.TemporaryDirectory() as folder:
        url = cluster.url.render_as_string(hide_password=False)
        office, steps = _prepared(url)
        script = Path(folder) / "floor.sql"
        script.write_text(floor_rows.pgbench_script(steps))
        command = [_programs() / "pgbench", "-h", cluster.directory, "-U", "postgres", "-n", "-M", "prepared"]

        def floor(clients: int, seconds: float) -> float:
            floor_rows.checkpoint(url)
            load = ["-c", clients, "-j", min(2, clients), "-T", max(1, round(seconds))]
            numbers = ["-D", "n=0", "-D", f"base={int(time.time() * 10) % 1_000_000_000}", "-f", script]
            words = [str(word) for word in [*command, *load, *numbers, "postgres"]]
            done = subprocess.run(words, capture_output=True, text=True, check=False)
            found = re.search(r"tps = ([\d.]+)", done.stdout)
            if done.returncode or not found:
                raise RuntimeError(done.stdout + done.stderr)
            return float(found.group(1))

        def ours(clients: int, seconds: float) -> float:
            floor_rows.checkpoint(url)
            return measured_in_processes(url, office, clients, seconds)

        yield floor, ours


@contextmanager
def _sqlite() -> Iterator[tuple[Measure, Measure]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "floor.sqlite"
        office, steps = _prepared(f"sqlite:///{path}")

        def floor(clients: int, seconds: float) -> float:
            return floor_rows.write_sqlite_for(path, safe_journal_mode(), steps, clients, seconds)

        def ours(clients: int, seconds: float) -> float:
            return _measured(f"sqlite:///{path}", office, clients, seconds)

        yield floor, ours


def _prepared(url: str) -> tuple[int, list[floor_rows.Step]]:
    database = Database(url)
    database.upgrade()
    office = prepare(database)
    steps = floor_rows.record(database, office)
    database.close()
    return office, steps


def measured_in_processes(url: str, office: int, clients: int, seconds: float) -> float:
    """Instances a second that so many clients play through `actions.handle`, on all processors."""
    processes = min(PROCESSES, clients)
    shares = [(url, office, clients // processes, seconds)] * processes
    with get_context("spawn").Pool(processes) as pool:
        return sum(pool.starmap(_measured, shares))


def _measured(url: str, office: int, clients: int, seconds: float) -> float:
    database = Database(url)
    play_for(database, office, clients, WARM)
    done = play_for(database, office, clients, seconds)
    database.close()
    return done


if __name__ == "__main__":
    raise SystemExit(main())
