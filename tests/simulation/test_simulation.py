"""The whole office from seeds, with faults everywhere: every invariant holds, and everything comes to its end.

`KEHOACH_NIGHTLY=1` makes the nightly size of it (docs/howto/simulate-faults.md).
"""

from __future__ import annotations

from tests.nightly import NIGHTLY, size
from tests.simulation.accepted import Report
from tests.simulation.coverage import pairs, table, thin_faults, thin_pairs
from tests.simulation.run import run, run_world, seek_thin

STEPS = size(600, 50_000)
EACH_PAIR, STATES_OF_A_FAULT = 20, 5  # of the nightly size
MOST_UNTRIED, FEWEST_FAULTS = 0.75, 10  # of the pairs and of the faults, in the small size


def test_every_invariant_holds_whatever_fails() -> None:
    report, found = run(STEPS)
    if NIGHTLY and found is None:
        found = seek_thin(report, EACH_PAIR, most=STEPS)
    assert found is None, f"{found}\n{table(report)}"
    print(f"{report.steps} steps, {report.checks} checks\n{table(report)}")  # noqa: T201 - the figures of the night
    assert report.steps >= STEPS
    if NIGHTLY:
        assert thin_pairs(report, EACH_PAIR) == {}, table(report)
        assert thin_faults(report, STATES_OF_A_FAULT) == {}, table(report)
    assert len(thin_pairs(report, 1)) <= MOST_UNTRIED * len(pairs()), table(report)
    assert len({fault for fault, _ in report.struck}) >= FEWEST_FAULTS, table(report)


def test_a_seed_shows_the_same_world_again() -> None:
    first: list[str] = []
    again: list[str] = []
    assert run_world(3, Report(), 40, first) is None
    assert run_world(3, Report(), 40, again) is None
    assert len(first) > 40
    assert first == again
