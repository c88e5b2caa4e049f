"""Processor time instead of wall time: what others do on the machine changes it little."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tests.databases import Cluster

Result = TypeVar("Result")
NANOSECONDS = 1e9


@dataclass(frozen=True)
class Spent:
    """Seconds: on the clock, of the processor by this process and its ended children, by all of PostgreSQL."""

    wall: float
    ours: float
    server: float

    @property
    def processor(self) -> float:
        """Of both together."""
        return self.ours + self.server


def measured(cluster: Cluster, work: Callable[[], Result]) -> tuple[Spent, Result]:
    """What a piece of work took; nothing else may ask this server meanwhile."""
    before = _now(cluster)
    done = work()
    after = _now(cluster)
    return Spent(after.wall - before.wall, after.ours - before.ours, after.server - before.server), done


def _now(cluster: Cluster) -> Spent:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    ours = time.process_time() + children.ru_utime + children.ru_stime
    return Spent(time.perf_counter(), ours, _of_server(cluster))


def _of_server(cluster: Cluster) -> float:
    """Of its running processes by the scheduler's own count, of the ended ones as their parent knows it."""
    first = int((cluster.directory / "data" / "postmaster.pid").read_text(encoding="ascii").split()[0])
    children = Path(f"/proc/{first}/task/{first}/children").read_text(encoding="ascii").split()
    running = sum(int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[0]) for pid in children)
    # Of proc_pid_stat(5), counted behind the name: cutime and cstime.
    facts = Path(f"/proc/{first}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return running / NANOSECONDS + (int(facts[13]) + int(facts[14])) / os.sysconf("SC_CLK_TCK")
