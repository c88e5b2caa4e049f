"""A simulation that finds nothing proves something only if it finds what is planted (G7): each fault, by which
invariant, after how many steps. The small size hunts those that show themselves soonest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.nightly import size
from tests.simulation.planted import all_planted
from tests.simulation.run import hunt

MOST = 3_000  # steps, as of every commit's gate
HOWTO = Path(__file__).parents[2] / "docs/howto/simulate-faults.md"
_ROW = re.compile(r"^\| `(\w+)` \| ([I0-9, ]+) \| (\d+) \| (\d+) \|", re.MULTILINE)
SOON = (
    "another_message_id_each_time",
    "event_skipped",
    "number_is_the_last_plus_one",
    "receipt_written_over",
    "rows_of_closed_tasks_forgotten",
    "told_again_under_a_new_key",
)


@dataclass(frozen=True)
class Shown:
    """The invariants that may show a fault (what is lost is seen by several), the seed that does, and after how many
    steps it did."""

    by: frozenset[str]
    seed: int
    steps: int


SHOWN = {
    name: Shown(frozenset(by.split(", ")), int(seed), int(steps))
    for name, by, seed, steps in _ROW.findall(HOWTO.read_text("utf-8"))
}


def test_each_planted_fault_has_its_line_in_the_how_to() -> None:
    assert set(SHOWN) == set(all_planted())
    assert len(SHOWN) >= 30
    assert max(shown.steps for shown in SHOWN.values()) <= MOST


@pytest.mark.parametrize("name", size(SOON, tuple(sorted(SHOWN))))
def test_a_planted_fault_is_found(name: str) -> None:
    """From its seed on: where the product has changed since, another world may be the first that shows it."""
    shown = SHOWN[name]
    steps, found = hunt(name, MOST, shown.seed)
    assert found is not None, f"{name} was not found in {steps} steps"
    print(f"{name:42} {found.invariant:4} seed {found.seed} {steps:5} steps  {found.what[:80]}")  # noqa: T201 - the night's table
    assert found.invariant in shown.by, found
