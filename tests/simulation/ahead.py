"""Offices whose first plan has come some way already, made once a process, so that late states are met often."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from .accepted import Oracle, Report
from .drain import come_round, everybody_acts, on_to_what_is_due
from .office import Founded, founded
from .plan_life import CLOSE, MISSING, ROUND, state_of
from .simulation import Simulation
from .world import World

REPORTED = "reported"  # in force, and a unit has sent a report that is not signed from yet
# Where the first plan of a world stands when it begins, by its seed.
BEGINNINGS = (None, "in_force", CLOSE, MISSING, REPORTED)
MOST_ROUNDS = 300


@cache
def office_at(state: str | None) -> Founded:
    """The office when its plan has come to this state, all in good time and without any fault; None: no plan yet."""
    if state is None:
        return founded()
    world = World(0)
    sim = Simulation(world, Oracle(world, Report()), faulty=0.0)
    with world.running():
        sim.import_one()
        sim.somebody_acts()
        for _ in range(MOST_ROUNDS):
            if _has_come_to(world, sim.plans[0].id, state):
                break
            if not everybody_acts(sim, but=ROUND if state == MISSING else ""):
                on_to_what_is_due(sim)
            come_round(sim)
        assert _has_come_to(world, sim.plans[0].id, state)
        return replace(
            founded(),
            content=world.raw.serialize(),
            start=world.now,
            plans=tuple(sim.plans),
            taken=tuple(world.server.taken),
            signed=tuple(world.signed),
            tokens=frozenset(world.tokens),
        )


def _has_come_to(world: World, plan_id: int, state: str) -> bool:
    sent = "SELECT count(*) FROM submissions s JOIN cycles c ON c.id = s.cycle_id WHERE s.status = 'da_gui'"
    if state == REPORTED:
        return bool(world.one(f"{sent} AND c.closed_at IS NULL AND c.number IS NULL AND c.plan_id = ?", plan_id))
    return state_of(world, plan_id) == state


def beginning(seed: int) -> Founded:
    """The office with which the world of this seed begins."""
    return office_at(BEGINNINGS[seed % len(BEGINNINGS)])
