"""Tasks of a plan and who may do them, as the rows say; and the plain way of doing one, with what must then be so."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from service.simulation.answers import Question, answer_to
from workflows.actions import act_on_task, step_up_for_task
from workflows.actions.act_on_task import Done
from workflows.engine.actor import Actor
from workflows.store import directory, worklist

from .accepted import Fact
from .plan_life import MAIN, NUMBER, SIGN, Plan, Task, local_day, state_of, steps_after, waiting_at

if TYPE_CHECKING:
    from .simulation import Simulation

COLUMNS = "id, case_id, process, element, form, assignee, excluded, due, plan_id"
BOUND = ("kiem_tra", "ky")


def open_tasks(sim: Simulation, plan_id: int, where: str = "") -> list[Task]:
    """The plan's open tasks of people in the order in which they were opened."""
    return tasks_where(sim, f"status = 'open' AND kind = 'user' AND plan_id = ? {where}", plan_id)


def tasks_where(sim: Simulation, where: str, *parameters: Any) -> list[Task]:
    """Tasks with their groups."""
    found = []
    for row in sim.world.look(f"SELECT {COLUMNS} FROM tasks WHERE {where} ORDER BY opened_at, id", *parameters):
        groups = sim.world.look("SELECT group_key FROM task_groups WHERE task_id = ? ORDER BY group_key", row[0])
        id_, case_id, process, element, form, assignee, excluded, due, plan_id = row
        found.append(
            Task(
                id_,
                case_id,
                process,
                element,
                form,
                tuple(each[0] for each in groups),
                assignee,
                tuple(map(str, json.loads(excluded))),
                due,
                plan_id,
            )
        )
    return found


def candidates(sim: Simulation, task: Task) -> list[Actor]:
    """Everybody who may do the task now."""
    found: dict[int, Actor] = {}
    for group in task.groups:
        if not directory.is_group(group):
            continue
        for holder in sim.world.holders(group):
            if str(holder.person_id) not in task.excluded:
                found.setdefault(holder.person_id, sim.world.actor(holder.person_id, holder.name, task.groups))
    if task.assignee is not None:
        mine = found.get(int(task.assignee))
        name = sim.world.one("SELECT name FROM people WHERE id = ?", int(task.assignee))
        return [mine or sim.world.actor(int(task.assignee), str(name), task.groups)]
    return list(found.values())


def content_hash(sim: Simulation, plan_id: int) -> str:
    """The hash of the text that everybody sees now."""
    wanted = "SELECT v.content_hash FROM plans p JOIN plan_versions v ON v.plan_id = p.id AND v.version = p.version"
    return str(sim.world.one(f"{wanted} WHERE p.id = ?", plan_id))


def answer(sim: Simulation, task: Task) -> Mapping[str, str] | None:
    """What somebody would type into the form of this task."""
    with sim.world.without_faults(), sim.world.database.read() as connection:
        row = worklist.task(connection, task.id)
        if row is None:
            return None
        # Who draws a return in the first round only would never see a plan go round twice.
        row = replace(row, round=1) if sim.world.chance.random() < 0.3 else row
        return answer_to(Question(connection, row, sim.world.chance))


def prove(sim: Simulation, task: Task, by: Actor) -> None:
    """The proof that comes before a signature; what fails here is tried again with the act."""
    if task.form in ("ky", "ky_bao_cao", "phat_hanh", "cap_so_bao_cao"):
        with sim.world.without_faults(), sim.world.database.read() as connection:
            row = worklist.task(connection, task.id)
        if row is not None:
            step_up_for_task(sim.world.desk(by), row, "simulated")


def do(sim: Simulation, plan: Plan, task: Task, name: str = "act", by: Actor | None = None) -> str:
    """Somebody who may does the task; how it ended."""
    fields = answer(sim, task)
    able = candidates(sim, task)
    actor = by or (sim.world.chance.choice(able) if able else None)
    if fields is None or actor is None:
        return "nobody"
    seen = content_hash(sim, plan.id)

    def deed() -> Done:
        prove(sim, task, actor)
        return act_on_task(sim.world.desk(actor), task.id, fields, seen_hash=seen)

    facts = done_facts(sim, plan, task, actor, seen)
    ended, value = sim.oracle.attempt(name, state_of(sim.world, plan.id), deed, facts)
    if ended == "done" and value is not None:
        check_where_it_stands(sim, plan, task, value.outcome)
    return str(ended)


def done_facts(sim: Simulation, plan: Plan, task: Task, actor: Actor, seen: str) -> Callable[[Any], Sequence[Fact]]:
    """What is so when the task is done: by whom, once in the log; and what its form writes."""
    day, expected = local_day(sim.world.now), next_number(sim)
    closed = ("SELECT status, closed_by FROM tasks WHERE id = ?", (task.id,), ("completed", actor.person))

    def facts(done: Done | None) -> list[Fact]:
        found = [Fact("I2", *closed), once_in_the_log(sim, task)]
        if task.element == NUMBER:
            line = "SELECT number, year, document_on FROM register WHERE subject = 'plan' AND subject_id = ?"
            found.append(Fact("I3", line, (plan.id,), (expected, int(day[:4]), day)))
        if task.element == SIGN and done is not None and done.outcome == "ky":
            yes = "SELECT count(*) FROM approvals WHERE subject = 'plan' AND subject_id = ? AND role = 'ky'"
            yes += " AND person = ? AND content_hash = ? AND voided_at IS NULL"
            found.append(Fact("I11", yes, (plan.id, actor.person, seen), (1,), forever=False))
        return found

    return facts


def once_in_the_log(sim: Simulation, task: Task) -> Fact:
    """That the task was completed stands in the log exactly once."""
    how = f"coalesce({sim.json_text('data', 'how')}, 'completed')"
    once = f"""SELECT count(*) FROM events WHERE case_id = ? AND type = 'TaskClosed'
        AND {sim.json_text("data", "task_id")} = ? AND {how} = 'completed'"""
    return Fact("I2", once, (task.case_id, task.id.partition("-")[2]), (1,))


def next_number(sim: Simulation) -> int:
    """The number that the next plan of this year must get, counted from the lines that are there."""
    year = int(local_day(sim.world.now)[:4])
    wanted = "SELECT count(*) FROM register WHERE year = ? AND symbol LIKE '%KH-%'"
    return int(sim.world.one(wanted, year)) + 1


def check_where_it_stands(sim: Simulation, plan: Plan, task: Task, outcome: str) -> None:
    """The plan waits where the law's routing has it after this step, and nowhere else."""
    expected = steps_after(task.element, outcome) if task.process == MAIN else None
    waiting = waiting_at(sim.world, plan.id)
    if expected is not None and not set(waiting) <= expected:
        sim.violated("I9", f"after {task.element} ({outcome}) plan {plan.id} waits at {waiting}")
    if len(waiting) > 1:
        sim.violated("I9", f"plan {plan.id} waits at several steps: {waiting}")
