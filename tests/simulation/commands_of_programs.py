"""A process without a plan, as a program drives it: what is remembered of its cases decides before anything is read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workflows.actions import complete_task, start_process
from workflows.engine.actor import Actor

from .accepted import Fact
from .office import KEY
from .tasks import Task, once_in_the_log, tasks_where

if TYPE_CHECKING:
    from .simulation import Simulation

MOST_CASES = 4


def drive(sim: Simulation) -> None:
    """A program starts a case, completes one of its tasks, or completes one a second time."""
    chance = sim.world.chance
    running = sim.world.one("SELECT count(*) FROM cases WHERE process = ? AND ended_at IS NULL", KEY)
    by = worker(sim)
    sim.arm()
    if running == 0 or (running < MOST_CASES and chance.random() < 0.2):
        started = "SELECT count(*) FROM cases WHERE process = ?"
        before = int(sim.world.one(started, KEY))
        office = sim.world.office.id
        sim.oracle.attempt(
            "start_process",
            "program",
            lambda: start_process(sim.world.desk(by), KEY, {}, None, office_id=office),
            lambda _: [Fact("I1", started, (KEY,), (before + 1,), forever=False)],
            must="done",
        )
        return
    again = chance.random() < 0.25
    found = tasks_where(sim, "process = ? AND kind = 'user' AND status = ?", KEY, "completed" if again else "open")
    if found:
        complete(sim, chance.choice(found), by, again=again)


def complete(sim: Simulation, task: Task, by: Actor, *, again: bool = False) -> None:
    """The task is completed; a second time it is refused and says by whom."""
    closed = Fact("I2", "SELECT status, closed_by FROM tasks WHERE id = ?", (task.id,), ("completed", by.person))
    sim.oracle.attempt(
        "complete_again" if again else "complete",
        "program",
        lambda: complete_task(sim.world.desk(by), task.id),
        lambda _: [closed, once_in_the_log(sim, task)],
        must="refused" if again else "done",
    )


def worker(sim: Simulation) -> Actor:
    """The person as whom the program acts, who may start processes as well."""
    by = sim.world.by_role("thu_truong", sim.world.office.drafting_unit_id)
    return replace(by, groups=by.groups | {f"quan_tri@{sim.world.office.id}"})
