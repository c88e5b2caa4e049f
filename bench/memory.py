"""How much memory the web process takes under mixed load, and whether it stays so: a real server, seen from outside.

Run: `.venv/bin/python -m bench.memory [--minutes 3] [--database sqlite|postgres|both] [--trace]`. An office with a plan
in force and many on their way is made, `kehoach web` is started on it, and people sign in and work: inbox, pages of
plans, search, forms handed in, PDF, DOCX, XLSX, calendars. The resident memory of the process is read each second. It
is flat if, after the first third, it grows by less than half a megabyte in a thousand requests. `--trace` has Python
say at the end what was allocated since the warm-up and is still there (and takes memory of its own for that).
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path

from bench.environment import environment
from bench.memory_load import Person, Work, works_of
from tests.databases import PostgresServer, private_cluster
from tests.pages.conftest import open_accounts
from tests.pages.served import free_port
from tests.stories.cast import Cast, plan_text
from workflows.engine.calendar import VIETNAM
from workflows.store import directory
from workflows.store.database import Database

PEOPLE = (("can_bo", True), ("thu_truong", True), ("van_thu", False), ("chu_tich", False))
DRAFTS = 30
SIGN_IN_SECONDS = 60
MOST_MEGABYTES = 250
MOST_GROWTH = 0.5  # megabytes in a thousand requests
SERVER = "from service.cli.main import main; main()"
TRACED = f"""import signal, tracemalloc
tracemalloc.start(12)
kept = []
def tell(*_):
    kept.append(tracemalloc.take_snapshot().filter_traces([tracemalloc.Filter(False, tracemalloc.__file__)]))
    for each in kept[-1].compare_to(kept[0], "traceback")[:12] if len(kept) > 1 else ():
        print(f"{{each.size_diff / 1024:.0f}} KB in {{each.count_diff}} pieces")
        print(*each.traceback.format(6), sep="\\n", flush=True)
signal.signal(signal.SIGUSR1, tell)
{SERVER}"""


@dataclass
class Course:
    """The resident memory (MB) by time and by how many requests were answered."""

    began: float = field(default_factory=time.perf_counter)
    samples: list[tuple[float, int, float]] = field(default_factory=list)

    def note(self, answered: int, megabytes: float) -> None:
        """One more sample."""
        self.samples.append((time.perf_counter() - self.began, answered, megabytes))

    def growth(self, since: float) -> float:
        """Megabytes in a thousand requests after this time (seconds): the slope of the line of least squares."""
        points = [(answered / 1000, megabytes) for at, answered, megabytes in self.samples if at >= since]
        middle = [sum(each) / len(points) for each in zip(*points, strict=True)]
        spread = sum((x - middle[0]) ** 2 for x, _ in points)
        return sum((x - middle[0]) * (y - middle[1]) for x, y in points) / spread if spread else 0.0

    def is_good(self, since: float) -> bool:
        """Whether it stayed small, and flat after this time (seconds)."""
        return max(megabytes for *_, megabytes in self.samples) < MOST_MEGABYTES and self.growth(since) < MOST_GROWTH

    def at(self, since: float) -> tuple[int, float]:
        """Requests answered and memory at this time."""
        return next((answered, megabytes) for at, answered, megabytes in self.samples if at >= since)


def main() -> int:
    """Measure on each kind of database; 1 when one of them is not flat or too large."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=3)
    parser.add_argument("--database", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument("--trace", action="store_true", help="say at the end what was allocated and is still there")
    wanted = parser.parse_args()
    kinds = ("sqlite", "postgres") if wanted.database == "both" else (wanted.database,)
    print(environment())
    good = [_measure(kind, wanted.minutes * 60, wanted.trace) for kind in kinds]
    return 0 if all(good) else 1


def _measure(kind: str, seconds: float, traced: bool) -> bool:
    with tempfile.TemporaryDirectory() as folder, _database(kind, Path(folder)) as url:
        people = _office(url)
        with _server(url, Path(folder), traced) as (address, pid):
            course, work = _load(address, pid, people, seconds, traced)
    return _say(kind, course, work, seconds)


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[str]:
    # The pages refuse a server that may lose what it has committed.
    durable = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
    with private_cluster(**durable) if kind == "postgres" else nullcontext() as cluster:
        if cluster is None:
            yield f"sqlite:///{folder / 'bench.sqlite'}"
        else:
            with PostgresServer(cluster.url).new_database() as url:
                yield url


def _office(url: str) -> list[Person]:
    """An office with a plan in force and many at their first step; who works there."""
    database = Database(url)
    database.upgrade()
    cast = Cast.for_plan(database, plan_text("000_duc_phong.txt"), datetime.now(VIETNAM))
    open_accounts(cast)
    cast.import_and_start()
    cast.pass_to_force()
    in_force = cast.plan_id
    for number in range(DRAFTS):
        cast.text = cast.text.replace("KẾ HOẠCH\n", f"KẾ HOẠCH\nĐợt {number}, ", 1)
        cast.import_and_start()
    people = []
    for role, of_unit in PEOPLE:
        body = cast.office.drafting_unit_id if of_unit else cast.office.id
        with database.read() as connection:
            holder = directory.holders_of(connection, directory.group(role, body), cast.now.date())[0]
        people.append(Person(f"u{holder.person_id}", role, in_force, cast.plan_id))
    database.close()
    return people


@contextmanager
def _server(url: str, folder: Path, traced: bool) -> Iterator[tuple[str, int]]:
    """`kehoach web` on this database: its address and its process."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KEHOACH_")}
    told = {"DATABASE_URL": url, "DATA_DIR": str(folder), "BASE_URL": address}
    environ = {**kept, **{f"KEHOACH_{name}": value for name, value in told.items()}}
    command = [sys.executable, "-c", TRACED if traced else SERVER, "web", "--port", str(port)]
    process = subprocess.Popen(command, env=environ, stdout=None if traced else subprocess.DEVNULL, stderr=sys.stderr)
    try:
        yield address, process.pid
    finally:
        process.terminate()
        process.wait(30)


def _load(address: str, pid: int, people: list[Person], seconds: float, traced: bool) -> tuple[Course, Work]:
    """People work until the time is over, and the memory is read each second."""
    work, number = Work(address), count()
    work.await_answer()
    at_start = resident(pid)
    over = threading.Event()
    threads = [threading.Thread(target=work.go_on, args=(each, works_of(each), next(number), over)) for each in people]
    for each in threads:
        each.start()
    for _ in people:
        work.signed_in.acquire(timeout=SIGN_IN_SECONDS)
    course, warm = Course(), False
    course.note(0, at_start)
    while course.samples[-1][0] < seconds and not work.failures:
        over.wait(1)
        course.note(work.answered, resident(pid))
        if traced and not warm and course.samples[-1][0] > seconds / 3:
            warm = True
            os.kill(pid, signal.SIGUSR1)
    over.set()
    for each in threads:
        each.join()
    if traced:
        os.kill(pid, signal.SIGUSR1)
        time.sleep(20)
    return course, work


def _say(kind: str, course: Course, work: Work, seconds: float) -> bool:
    if work.failures:
        print(f"{kind}: {work.failures[0]}")
        return False
    warm_up = seconds / 3
    start, (warm_at, warm), (_, answered, end) = course.samples[0][2], course.at(warm_up), course.samples[-1]
    most, growth = max(megabytes for *_, megabytes in course.samples), course.growth(warm_up)
    good = course.is_good(warm_up)
    print(f"{kind}: {answered} requests in {seconds / 60:.1f} min ({dict(sorted(work.kinds.items()))})")
    print(f"  {start:.0f} MB at the start, {warm:.0f} after warm-up ({warm_at} requests), {end:.0f} at the end")
    print(f"  at most {most:.0f} MB (wanted under {MOST_MEGABYTES}); {growth:+.2f} MB in 1,000 requests after warm-up")
    print(f"  {'flat and small enough' if good else 'NOT flat or too large'} (flat: under {MOST_GROWTH})")
    return good


def resident(pid: int) -> float:
    """What the process holds of the machine's memory now, in megabytes."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024 / 1024


if __name__ == "__main__":
    raise SystemExit(main())
