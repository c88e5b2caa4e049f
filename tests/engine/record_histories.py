"""Record what happened in every scenario, as one released version of the engine wrote it, for ever to be replayed.

Run once for a release: `python -m tests.engine.record_histories 0.1.0`. A file that is there is never written again.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from service.process_tests.driver import Driver
from service.process_tests.scenario import play, read_scenario

HISTORIES = Path(__file__).parent / "histories"
SCENARIOS = (
    *sorted((Path(__file__).parents[1] / "conformance" / "cases").glob("*.json")),
    Path(__file__).parents[2] / "docs" / "howto" / "examples" / "ke_hoach.json",
)


def main() -> None:
    """Write the file of the version that the command names."""
    (version,) = sys.argv[1:]
    with (HISTORIES / f"{version}.json").open("x", encoding="utf-8") as file:
        lines = (json.dumps(case, ensure_ascii=False, separators=(",", ":")) for case in telling(recorded()))
        file.write("[\n" + ",\n".join(lines) + "\n]\n")


def telling(cases: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The cases that hold what none before them did: a kind of event with these fields, or two kinds in a row."""
    seen: set[tuple[Any, ...]] = set()
    for case in cases:
        events = case["events"]
        shapes = {(event["event"], *sorted(event)) for event in events} | {("state", *sorted(case["state"]))}
        shapes |= {(one["event"], next_one["event"]) for one, next_one in pairwise(events)}
        if not shapes <= seen:
            seen |= shapes
            yield case


def recorded() -> Iterator[dict[str, Any]]:
    """Each case of each scenario: its events in order, and the snapshot after the last of them."""
    for path in SCENARIOS:
        driver = Driver()
        for told in play(read_scenario(path), driver, restarting=False):
            assert not told.wrong, (path.stem, told)
        for case in driver.store.cases:
            yield {
                "scenario": path.stem,
                "events": driver.store.history(case),
                "state": json.loads(driver.store.cases[case]),
            }


if __name__ == "__main__":
    main()
