"""`python -m tests.simulation --seed 7`: one world again, step by step; with `--steps` as many worlds as it takes."""

from __future__ import annotations

import argparse
import math
import time

from .accepted import Report
from .coverage import table
from .planted import all_planted
from .run import STEPS_OF_A_WORLD, hunt, run, run_world


def main() -> int:
    """Exit code 1 when an invariant was violated."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=0, help="worlds one after the other until so many steps")
    parser.add_argument("--minutes", type=float, default=math.inf, help="begin no world after so many of them")
    parser.add_argument("--length", type=int, default=STEPS_OF_A_WORLD, help="steps of the world before its rest")
    parser.add_argument("--plant", default="", help="switch one protection off first (planted.py), or `all` in turn")
    chosen = parser.parse_args()
    began, report = time.monotonic(), Report()
    if chosen.plant:
        return _hunt(chosen.plant, chosen.steps or 3_000, chosen.seed)
    if chosen.steps:
        report, found = run(chosen.steps, chosen.seed, chosen.minutes)
    else:
        found = run_world(chosen.seed, report, chosen.length)
    print(f"{report.steps} steps, {report.checks} checks, {time.monotonic() - began:.1f} s")  # noqa: T201 - a command
    if chosen.steps:
        print(table(report))  # noqa: T201 - a command
    if found is not None:
        print(found)  # noqa: T201 - a command
    return int(found is not None)


def _hunt(which: str, most: int, seed: int) -> int:
    """One line a planted fault: found by which invariant after how many steps; exit code 1 when one was not."""
    missed = 0
    for name in all_planted() if which == "all" else [which]:
        began = time.monotonic()
        steps, found = hunt(name, most, seed)
        missed += found is None
        told = f"seed {found.seed} {found.invariant}: {found.what[:90]}" if found else "NOT FOUND"
        print(f"{name:40} {steps:6} steps {time.monotonic() - began:6.1f} s  {told}", flush=True)  # noqa: T201 - a command
    return int(missed > 0)


raise SystemExit(main())
