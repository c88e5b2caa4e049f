"""A simulation that finds nothing proves something only if it finds what is planted (G7): each fault, by which
invariant, after how many steps. The small size hunts those that show themselves soonest."""

from __future__ import annotations

import pytest

from tests.nightly import NIGHTLY
from tests.simulation.planted import all_planted
from tests.simulation.run import hunt

MOST = 3_000  # steps, as of every commit's gate
# Fault: the invariants that may show it. What is lost is seen by several, the first of them differs by the seed.
SHOWN_BY: dict[str, set[str]] = {}
SOON: tuple[str, ...] = ()


def test_each_planted_fault_has_its_invariant() -> None:
    assert set(SHOWN_BY) == set(all_planted())
    assert len(SHOWN_BY) >= 20
    assert set(SOON) <= set(SHOWN_BY)


@pytest.mark.parametrize("name", sorted(SHOWN_BY) if NIGHTLY else SOON)
def test_a_planted_fault_is_found(name: str) -> None:
    steps, found = hunt(name, MOST)
    assert found is not None, f"{name} was not found in {steps} steps"
    print(f"{name:42} {found.invariant:4} {steps:5} steps  {found.what[:80]}")  # noqa: T201 - the table of the night
    assert found.invariant in SHOWN_BY[name], found
