"""`python -m tests.simulation --seed 7`: one world again, step by step; with `--steps` as many worlds as it takes."""

from __future__ import annotations

import argparse
import time

from .accepted import Report
from .run import run, run_world


def main() -> int:
    """Exit code 1 when an invariant was violated."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=0, help="worlds one after the other until so many steps")
    chosen = parser.parse_args()
    began, report = time.monotonic(), Report()
    if chosen.steps:
        report, found = run(chosen.steps, chosen.seed)
    else:
        found = run_world(chosen.seed, report)
    print(f"{report.steps} steps, {report.checks} checks, {time.monotonic() - began:.1f} s")  # noqa: T201 - a command
    if found is not None:
        print(found)  # noqa: T201 - a command
    return int(found is not None)


raise SystemExit(main())
