"""Whether the web process stays as large as it is: pages of the demo fetched one after the other for a bounded time.

Run: `.venv/bin/python -m bench.memory [--seconds 60]`. The demo is filled by a process of its own; the one that is
measured only serves. Its resident memory is told at each quarter of the time. It fails above 250 MB, and when the
second half added more than a tenth: the first fills caches and threads. Nothing but loopback is addressed.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from itertools import cycle

from bench.pages import BASE, PEOPLE, demo, resident, signed_in

MOST_MB = 250
GROWTH = 0.1


def main() -> int:
    """The exit code: 1 for a process that is too large or grows."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=60)
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory() as folder:
        with demo(folder):
            pass
        with demo(folder) as pid:
            quarters = _under_load(pid, seconds)
    for number, (pages, size) in enumerate(quarters):
        print(f"after {number} quarters and {pages} pages: {size} MB")
    half, end = quarters[2][1], quarters[4][1]
    flat = end <= half * (1 + GROWTH)
    print(f"{'flat' if flat else 'GROWS'}, {'under' if end < MOST_MB else 'OVER'} {MOST_MB} MB")
    return 0 if flat and end < MOST_MB else 1


def _under_load(pid: int, seconds: float) -> list[tuple[int, int]]:
    """How many pages were fetched and how many MB were held at the start and after each quarter."""
    asked = cycle([(signed_in(login), path) for login, paths in PEOPLE.items() for path in paths])
    pages, found, started = 0, [(0, resident(pid))], time.monotonic()
    while len(found) < 5:
        browser, path = next(asked)
        browser.open(BASE + path).read()
        pages += 1
        if time.monotonic() - started >= seconds * len(found) / 4:
            found.append((pages, resident(pid)))
    return found


if __name__ == "__main__":
    raise SystemExit(main())
