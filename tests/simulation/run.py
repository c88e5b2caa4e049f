"""Worlds one after the other until so many steps are done; whatever is violated names the seed that shows it again."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from time import monotonic

from .accepted import Oracle, Report
from .ahead import BEGINNINGS, beginning
from .coverage import thin_pairs
from .drain import drain
from .planted import all_planted
from .simulation import CHECKED_EVERY, Simulation
from .world import Violation, World

STEPS_OF_A_WORLD, STEPS_OF_A_SHORT_WORLD = 300, 60
LAST_OF_TRACE = 25


@dataclass(frozen=True)
class Found:
    """A violation, with the seed and the step of its world."""

    invariant: str
    what: str
    seed: int
    step: int
    length: int
    trace: tuple[str, ...]

    def __str__(self) -> str:
        again = f"python -m tests.simulation --seed {self.seed} --length {self.length}"
        told = "\n  ".join(self.trace[-LAST_OF_TRACE:])
        return f"  {told}\n{self.invariant}: {self.what}\nseed {self.seed}, step {self.step}; again: {again}"


def run_world(seed: int, report: Report, steps: int = STEPS_OF_A_WORLD, told: list[str] | None = None) -> Found | None:
    """One world from its beginning to its rest; what was violated, if anything was. `told` is given its trace."""
    made, own = beginning(seed), Report()  # what was tried in other worlds must not change what this seed does
    world = World(seed, made)
    sim = Simulation(world, Oracle(world, own))
    sim.plans.extend(made.plans)
    sim.nth = len(sim.plans)
    with world.running():
        try:
            checked = 0
            while own.steps < steps:
                sim.step()
                if own.steps - checked >= CHECKED_EVERY:
                    checked = own.steps
                    sim.check()
            drain(sim, finished=int(seed % 3 == 0))
        except Violation as violation:
            return Found(violation.invariant, violation.what, seed, own.steps, steps, tuple(sim.oracle.trace))
        finally:
            report.add(own)
            if told is not None:
                told.extend(sim.oracle.trace)
    return None


def hunt(name: str, most: int, first_seed: int = 1) -> tuple[int, Found | None]:
    """The steps until a planted fault was found, at most so many; and how it showed itself."""
    report, seed, found = Report(), first_seed, None
    while found is None and report.steps < most:
        beginning(seed)  # before anything is planted, for it is kept
        with all_planted()[name]():
            found = run_world(seed, report)
        seed += 1
    return report.steps, found


def seek_thin(report: Report, floor: int, most: int, first_seed: int = 100_001) -> Found | None:
    """Short worlds that begin where something was tried too seldom, until nothing is thin or so many steps are done.

    A plan does not stand long in some states, and each world chooses by what it has tried itself: more of the long
    worlds would try the frequent pairs a thousand times before the rare ones twenty times.
    """
    seed, ends = first_seed, report.steps + most
    while (thin := thin_pairs(report, floor)) and report.steps < ends:
        begins = BEGINNINGS[seed % len(BEGINNINGS)]
        if begins in {state for state, _ in thin} or not {state for state, _ in thin} & set(BEGINNINGS):
            found = run_world(seed, report, STEPS_OF_A_SHORT_WORLD)
            if found is not None:
                return found
        seed += 1
    return None


def run(steps: int, first_seed: int = 1, minutes: float = inf) -> tuple[Report, Found | None]:
    """Worlds with seeds from `first_seed` on, until so many steps are done, time is over, or something is violated."""
    report, seed, ends = Report(), first_seed, monotonic() + minutes * 60
    while report.steps < steps and monotonic() < ends:
        found = run_world(seed, report)
        if found is not None:
            return report, found
        seed += 1
    return report, None
