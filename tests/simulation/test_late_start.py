"""The machine was off for an hour, a month, a year: what fell due meanwhile happens once, in order, and nobody is
flooded (G15)."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from tests.simulation.accepted import FINGERPRINT, Oracle, Report
from tests.simulation.ahead import office_at
from tests.simulation.drain import come_round
from tests.simulation.plan_life import ROUND, state_of
from tests.simulation.simulation import Simulation
from tests.simulation.tasks import do, open_tasks
from tests.simulation.world import World


@pytest.mark.parametrize("off", [timedelta(hours=1), timedelta(days=30), timedelta(days=370)], ids=str)
def test_what_fell_due_while_the_machine_was_off_happens_once(off: timedelta) -> None:
    world = World(5, office_at("in_force"))
    sim = Simulation(world, Oracle(world, Report()), faulty=0.0)
    sim.plans.extend(office_at("in_force").plans)
    sim.nth = len(sim.plans)
    with world.running():
        sim.import_one()
        sim.plans, old = sim.plans[-1:], sim.plans[:-1]
        sim.somebody_acts()
        for _ in range(12):
            if state_of(world, sim.plans[0].id) == ROUND:
                break
            do(sim, sim.plans[0], open_tasks(sim, sim.plans[0].id)[0])
        assert state_of(world, sim.plans[0].id) == ROUND
        sim.plans = old + sim.plans
        come_round(sim)
        letters, back = len(world.server.taken), world.now + off
        due = [row[0] for row in world.look("SELECT due FROM timers WHERE due <= ? ORDER BY due", world.at(back))]
        world.now = back
        come_round(sim)
        late = "SELECT task_id, person_id FROM notices WHERE reason IN ('task_due', 'task_late') AND at >= ?"
        told = Counter(world.look(late, world.at(back)))
        assert max(told.values(), default=0) <= 1, told
        fired = world.look(
            "SELECT at, seq FROM events WHERE type = 'TimerDisarmed' AND at = ? ORDER BY case_id, seq", world.at(back)
        )
        assert len(fired) >= len(due)
        come_round(sim)
        before, sent = world.look(FINGERPRINT), len(world.server.taken)
        for _ in range(3):
            come_round(sim)
        assert world.look(FINGERPRINT) == before
        assert len(world.server.taken) == sent
        people = Counter(letter.recipient for letter in world.server.taken[letters:])
        assert max(people.values(), default=0) <= 8, people
        sim.check()
