"""Liveness: when nothing fails any more, everything that was begun comes to its end by the means that people have."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from service.simulation.instants import next_due
from workflows.actions import hand_back_task, return_task, stop_plan

from .commands_in_force import REASON
from .commands_of_programs import complete, worker
from .office import KEY
from .plan_life import ANSWER, FORMAT, SIGN, Task, local_day, state_of
from .simulation import DAILY, MINUTE
from .tasks import candidates, do, open_tasks, tasks_where

if TYPE_CHECKING:
    from .simulation import Simulation

MOST_ROUNDS = 150


def drain(sim: Simulation, finished: int = 1) -> None:
    """Faults end; up to `finished` plans live to their end, the others are stopped; then all must be quiet."""
    sim.faulty = 0.0
    sim.world.faults.disarm()
    sim.world.server.disarm()
    sim.world.signer_fails = 0
    sim.world.restart()
    come_round(sim)
    for plan in sim.living()[finished:]:
        by = sim.world.by_role("chu_tich")
        if state_of(sim.world, plan.id) == "draft":
            continue
        sim.oracle.attempt(
            "stop",
            state_of(sim.world, plan.id),
            partial(stop_plan, sim.world.desk(by), plan.id, REASON),
            must="done",
        )
    for _ in range(MOST_ROUNDS):
        if not [plan for plan in sim.living() if state_of(sim.world, plan.id) != "draft"]:
            break
        if not everybody_acts(sim):
            on_to_what_is_due(sim)
        come_round(sim)
    else:
        left = {plan.id: state_of(sim.world, plan.id) for plan in sim.living()}
        sim.violated("I8", f"these plans never come to their end: {left}")
    while found := tasks_where(sim, "process = ? AND kind = 'user' AND status = 'open'", KEY):
        complete(sim, found[0], worker(sim))
    _letters_end(sim)
    sim.check(at_rest=True)


def come_round(sim: Simulation) -> None:
    """What comes round each minute, and on a new day what comes round once a day."""
    today = local_day(sim.world.now)
    daily = DAILY if today != sim.swept_on else ()
    sim.swept_on = today
    for kind in (*daily, *MINUTE):
        sim.oracle.attempt(f"sweep_{kind}", "drain", partial(sim.world.sweep, kind), must="done")
    sim.oracle.attempt("deliver", "drain", sim.world.deliver, must="done")


def everybody_acts(sim: Simulation, but: str = "") -> int:
    """Each open task is done by somebody who may, but those of this step; how many were."""
    done = 0
    for plan in sim.living():
        for task in open_tasks(sim, plan.id, f"AND element <> '{but}'"):
            ended = do(sim, plan, task)
            done += (
                ended == "done"
                or (task.assignee is not None and hand_back(sim, task))
                or (task.element == SIGN and send_back(sim, task))
            )
            sim.world.wait(minutes=1)
    return done


def hand_back(sim: Simulation, task: Task) -> bool:
    """Who works on it for another gives it back, to be finished by its owner."""
    (by,) = candidates(sim, task)
    ended, _ = sim.oracle.attempt("release", "drain", lambda: hand_back_task(sim.world.desk(by), task.id))
    return ended == "done"


def send_back(sim: Simulation, task: Task) -> bool:
    """What cannot be signed (an opinion without an answer, a change that nobody checked) goes back to where that is
    put right."""
    by = candidates(sim, task)[0]
    for step in (ANSWER, FORMAT):
        deed = partial(return_task, sim.world.desk(by), task.id, step, REASON)
        if sim.oracle.attempt("return", "drain", deed)[0] == "done":
            return True
    return False


def on_to_what_is_due(sim: Simulation) -> None:
    """The clock moves to the next instant at which something is due."""
    with sim.world.database.read() as connection:
        ahead = next_due(connection, sim.world.now)
    sim.world.now = max(sim.world.now + timedelta(minutes=1), ahead) if ahead else sim.world.now + timedelta(days=1)


def _letters_end(sim: Simulation) -> None:
    """Every letter and signature that waits gets its time, longer than the longest pause between two tries."""
    for _ in range(40):
        come_round(sim)
        waiting = "SELECT count(*) FROM deliveries WHERE status IN ('pending', 'sending', 'retry')"
        waiting = f"SELECT ({waiting}) + (SELECT count(*) FROM notices WHERE fate = 'waiting')"
        waiting += " + (SELECT count(*) FROM signing_orders WHERE state IN ('waiting', 'signing'))"
        if not sim.world.one(waiting):
            return
        sim.world.wait(hours=2)
    sim.violated("I8", "letters or signatures still wait after eighty hours without any fault")
