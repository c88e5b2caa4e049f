"""What if: an office with many plans on their way is copied and played on for sixty days; how long one looks at that.

Run: `.venv/bin/python -m bench.what_if [--plans 200] [--rounds 3]`. A SQLite in a file; each plan has two duties, a
yearly report and waits at its first step. The floor is copying the same open cases into memory, which whoever plays
on a copy has to do. Processor time of this process, for it waits for nobody; only the ratio is compared.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import TypeVar

from service.simulation.what_if import MOST_CASES, Assumed, what_if
from tests.actions.small_office import founded
from tests.stories.cast import Cast
from workflows.store.copy_of_office import copy_office
from workflows.store.database import Database, open_memory
from workflows.store.local_days import local_day

AHEAD = timedelta(days=60)  # what the page proposes
Result = TypeVar("Result")


def main() -> None:
    """Fill; in turn copy, and copy and play on."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--plans", type=int, default=MOST_CASES)
    parser.add_argument("--rounds", type=int, default=3)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'kehoach.sqlite'}")
        database.upgrade()
        cast = founded(database)
        for _ in range(wanted.plans):
            cast.import_and_start.__wrapped__(cast)
        assumed = Assumed(cast.office.id, local_day(cast.now) + AHEAD)
        floors, all_of_it = [], []
        for _ in range(wanted.rounds):
            floors.append(_spent(lambda: _copy(cast))[0])
            seconds, found = _spent(lambda: what_if(database, assumed, cast.now))
            all_of_it.append(seconds)
        database.close()
    print(f"{found.cases} cases, {found.tasks} tasks looked at, {len(found.late)} late")
    whole, floor = median(all_of_it), median(floors)
    print(f"what if: {whole:.2f} s, {whole / found.tasks * 1e3:.1f} ms a task; copying alone {floor:.2f} s")
    print(f"ratio {median(mine / other for mine, other in zip(all_of_it, floors, strict=True)):.1f}")


def _copy(cast: Cast) -> None:
    copy = open_memory()
    copy.forget_references()
    with cast.database.read() as source, copy.write() as target:
        copy_office(source, target, cast.office.id, MOST_CASES)
    copy.close()


def _spent(work: Callable[[], Result]) -> tuple[float, Result]:
    started = time.process_time()
    done = work()
    return time.process_time() - started, done


if __name__ == "__main__":
    main()
