"""What people do, rightly and wrongly, with a plan on its way to its signature."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workflows.actions import (
    act_on_task,
    claim_task,
    comment,
    delegate_task,
    hand_back_task,
    reassign_task,
    release_task,
    return_task,
    revise_plan,
    start_plan,
    stop_plan,
    undo_decision,
    withdraw_task,
)
from workflows.actions.amend_document import recall_document
from workflows.actions.give_late_opinion import give_late_opinion

from .accepted import Fact
from .commands_in_force import REASON, open_link
from .plan_life import DRAFT, FORMAT, SIGN, Plan, Task
from .tasks import BOUND, answer, candidates, content_hash, do, open_tasks, prove, tasks_where

if TYPE_CHECKING:
    from .simulation import Simulation


def act(sim: Simulation, plan: Plan, state: str) -> bool:
    """Somebody does what is next."""
    found = open_tasks(sim, plan.id)
    return bool(found) and do(sim, plan, sim.world.chance.choice(found)) != "nobody"


def act_twice(sim: Simulation, plan: Plan, state: str) -> bool:
    """A form that was handed in already comes once more (a second press, an old page)."""
    done = tasks_where(sim, "plan_id = ? AND kind = 'user' AND status <> 'open'", plan.id)
    task = _one(sim, done)
    able = candidates(sim, task) if task is not None else []
    if task is None or not able:
        return False
    by, seen = sim.world.chance.choice(able), content_hash(sim, plan.id)
    codes = ("ALREADY_DONE", "TASK_CANCELLED", "NOT_FOUND", "STALE", "STEP_UP_NEEDED")
    sim.oracle.attempt(
        "act_twice",
        state,
        lambda: act_on_task(sim.world.desk(by), task.id, {"ket_qua": "dat"}, seen_hash=seen),
        must="refused",
        codes=codes,
    )
    return True


def act_by_stranger(sim: Simulation, plan: Plan, state: str) -> bool:
    """Somebody who is not asked hands the form in."""
    task = _one(sim, open_tasks(sim, plan.id))
    people = [row[0] for row in sim.world.look("SELECT id FROM people ORDER BY id")]
    able = {actor.person for actor in candidates(sim, task)} if task else set()
    strangers = [each for each in people if str(each) not in able and task and str(each) != task.assignee]
    fields = answer(sim, task) if task else None
    if task is None or not strangers or fields is None:
        return False
    person = sim.world.chance.choice(strangers)
    by, seen = sim.world.actor(person, f"người {person}", ("can_bo@0",)), content_hash(sim, plan.id)
    sim.oracle.attempt(
        "act_by_stranger",
        state,
        lambda: act_on_task(sim.world.desk(by), task.id, fields, seen_hash=seen),
        must="refused",
    )
    return True


def act_by_excluded(sim: Simulation, plan: Plan, state: str) -> bool:
    """Who drafted checks or signs the own draft, though the post would give the right (four eyes)."""
    found = [task for task in open_tasks(sim, plan.id) if task.excluded and task.element in (FORMAT, SIGN)]
    task = _one(sim, found)
    fields = answer(sim, task) if task else None
    if task is None or fields is None:
        return False
    own = sim.world.actor(int(task.excluded[0]), "người soạn", task.groups)
    by, seen = replace(own, groups=own.groups | set(task.groups)), content_hash(sim, plan.id)

    def deed() -> object:
        prove(sim, task, by)
        return act_on_task(sim.world.desk(by), task.id, fields, seen_hash=seen)

    sim.oracle.attempt("act_by_excluded", state, deed, must="refused")
    return True


def act_on_old_text(sim: Simulation, plan: Plan, state: str) -> bool:
    """A yes to a text that is not the one in force."""
    task = _one(sim, [each for each in open_tasks(sim, plan.id) if each.form in BOUND])
    fields = answer(sim, task) if task else None
    able = candidates(sim, task) if task else []
    if task is None or not able or fields is None:
        return False
    by = sim.world.chance.choice(able)

    def deed() -> object:
        prove(sim, task, by)
        return act_on_task(sim.world.desk(by), task.id, fields, seen_hash="0" * 64)

    sim.oracle.attempt("act_on_old_text", state, deed, must="refused")
    return True


def sign_without_proof(sim: Simulation, plan: Plan, state: str) -> bool:
    """A signature by whoever has the session, without the proof that it is the person."""
    task = _one(sim, [each for each in open_tasks(sim, plan.id) if each.element == SIGN])
    able = candidates(sim, task) if task else []
    if task is None or not able:
        return False
    by, seen = sim.world.chance.choice(able), content_hash(sim, plan.id)
    proofs = "SELECT count(*) FROM confirmations WHERE person_id = ? AND used_at IS NULL AND expires_at > ?"
    if sim.world.one(proofs, int(by.person or 0), sim.world.at(sim.world.now)):
        return False
    sim.oracle.attempt(
        "sign_without_proof",
        state,
        lambda: act_on_task(sim.world.desk(by), task.id, {"ket_qua": "ky"}, seen_hash=seen),
        must="refused",
    )
    return True


def return_to(sim: Simulation, plan: Plan, state: str) -> bool:
    """The task goes back to an earlier step, or to one that it may not go back to."""
    task = _one(sim, open_tasks(sim, plan.id))
    able = candidates(sim, task) if task else []
    if task is None or not able:
        return False
    by, target = sim.world.chance.choice(able), sim.world.chance.choice((DRAFT, FORMAT, "kiem_tra_noi_dung", SIGN))
    sim.oracle.attempt(
        "return",
        state,
        lambda: return_task(sim.world.desk(by), task.id, target, REASON),
        lambda _: [Fact("I2", "SELECT count(*) FROM tasks WHERE id = ? AND status = 'open'", (task.id,), (0,))],
    )
    return True


def take_back(sim: Simulation, plan: Plan, state: str) -> bool:
    """Who did the last step takes it back, with or without a reason."""
    done = tasks_where(sim, "plan_id = ? AND kind = 'user' AND status = 'completed' AND closed_by IS NOT NULL", plan.id)
    if not done:
        return False
    task = done[-1] if sim.world.chance.random() < 0.7 else sim.world.chance.choice(done)
    person = sim.world.one("SELECT closed_by FROM tasks WHERE id = ?", task.id)
    by = sim.world.actor(
        int(person), str(sim.world.one("SELECT name FROM people WHERE id = ?", int(person))), task.groups
    )
    verb = sim.world.chance.choice((undo_decision, withdraw_task))
    sim.oracle.attempt(
        "take_back",
        state,
        lambda: verb(sim.world.desk(by), task.id, REASON),
        lambda _: [Fact("I2", "SELECT outcome FROM tasks WHERE id = ?", (task.id,), ("thu_hoi",))],
    )
    return True


def _holder(task: Task, person: str | None) -> list[Fact]:
    return [Fact("I2", "SELECT assignee FROM tasks WHERE id = ?", (task.id,), (person,), forever=False)]


def claim(sim: Simulation, plan: Plan, state: str) -> bool:
    """Somebody takes the task into the own hands."""
    task = _one(sim, [each for each in open_tasks(sim, plan.id) if each.assignee is None])
    able = candidates(sim, task) if task else []
    if task is None or not able:
        return False
    by = sim.world.chance.choice(able)
    held = lambda _: _holder(task, by.person)  # noqa: E731 - said where it is used
    sim.oracle.attempt("claim", state, lambda: claim_task(sim.world.desk(by), task.id), held, must="done")
    return True


def release(sim: Simulation, plan: Plan, state: str) -> bool:
    """Who holds the task gives it back to the group, or the owner gets back what was delegated."""
    held = [each for each in open_tasks(sim, plan.id) if each.assignee is not None]
    if not held and claim(sim, plan, state):
        held = [each for each in open_tasks(sim, plan.id) if each.assignee is not None]
        sim.arm()
    task = _one(sim, held)
    if task is None:
        return False
    (by,) = candidates(sim, task)
    verb = sim.world.chance.choice((release_task, hand_back_task))
    sim.oracle.attempt("release", state, lambda: verb(sim.world.desk(by), task.id))
    return True


def pass_on(sim: Simulation, plan: Plan, state: str) -> bool:
    """The task is delegated or given to another of the same unit."""
    task = _one(sim, open_tasks(sim, plan.id))
    able = candidates(sim, task) if task else []
    if task is None or not able:
        return False
    by = sim.world.chance.choice(able)
    others = [holder.person_id for group in task.groups if "@" in group for holder in sim.world.holders(group)]
    to = sim.world.chance.choice(sorted(set(others)))
    if sim.world.chance.random() < 0.5:
        deed = lambda: delegate_task(sim.world.desk(by), task.id, to)  # noqa: E731 - one of two
    else:
        deed = lambda: reassign_task(sim.world.desk(by), task.id, to, REASON)  # noqa: E731 - the other
    sim.oracle.attempt("pass_on", state, deed, lambda _: _holder(task, str(to)))
    return True


def amend(sim: Simulation, plan: Plan, state: str) -> bool:
    """The drafting unit changes the text; one in four times over a version that is not the newest any more."""
    by = sim.world.by_role("thu_truong", sim.world.office.drafting_unit_id)
    version = int(sim.world.one("SELECT version FROM plans WHERE id = ?", plan.id))
    changed = plan.text.replace("người dân.", f"người dân, lần {version}.", 1)
    stale = sim.world.chance.random() < 0.25
    seen = version - 1 if stale else version
    standing = "SELECT count(*) FROM approvals WHERE subject = 'plan' AND subject_id = ? AND voided_at IS NULL"
    sim.oracle.attempt(
        "amend_old_version" if stale else "amend",
        state,
        lambda: revise_plan(sim.world.desk(by), plan.id, changed, "sửa", seen_version=seen),
        lambda _: [
            Fact("I11", "SELECT version FROM plans WHERE id = ?", (plan.id,), (version + 1,), forever=False),
            Fact("I11", standing, (plan.id,), (0,), forever=False),
        ],
        must="refused" if stale else "either",
    )
    return True


def amend_under_a_letter(sim: Simulation, plan: Plan, state: str) -> bool:
    """Whoever is asked about the text has the letter already; the text changes, and then the link is opened."""
    if not any(each.form in (*BOUND, "gop_y") for each in open_tasks(sim, plan.id)):
        return False
    sim.letters_leave()
    amend(sim, plan, state)
    return open_link(sim, plan, state)


def say(sim: Simulation, plan: Plan, state: str) -> bool:
    """Somebody of the drafting unit says something about the plan."""
    by = sim.world.by_role("thu_truong", sim.world.office.drafting_unit_id)
    before = int(sim.world.one("SELECT count(*) FROM comments WHERE plan_id = ?", plan.id))
    sim.oracle.attempt(
        "comment",
        state,
        lambda: comment(sim.world.desk(by), plan.id, "Đề nghị xem lại mục II."),
        lambda _: [
            Fact("I1", "SELECT count(*) FROM comments WHERE plan_id = ?", (plan.id,), (before + 1,), forever=False)
        ],
        must="refused" if state in ("closed", "stopped") else "done",
    )
    return True


def late_opinion(sim: Simulation, plan: Plan, state: str) -> bool:
    """A body answers outside its round."""
    bodies = [row[0] for row in sim.world.look("SELECT DISTINCT body_id FROM opinions ORDER BY body_id")]
    bodies = bodies or [sim.world.office.front_id]
    body = sim.world.chance.choice(bodies)
    by = sim.world.by_role("thu_truong", body)
    sim.oracle.attempt(
        "late_opinion",
        state,
        lambda: give_late_opinion(sim.world.desk(by), plan.id, body, "nhat_tri_co_y_kien", "Đề nghị làm rõ nguồn lực."),
        must="refused" if state in ("draft", "in_force", "closed", "stopped", "phat_hanh", "cap_so") else "either",
    )
    return True


def stop(sim: Simulation, plan: Plan, state: str) -> bool:
    """The chairman stops the plan, or recalls what was issued."""
    by = sim.world.by_role("chu_tich")
    verb = sim.world.chance.choice((stop_plan, recall_document))
    sim.oracle.attempt(
        "stop",
        state,
        lambda: verb(sim.world.desk(by), plan.id, REASON),
        lambda _: (
            []
            if state in ("closed", "stopped")
            else [Fact("I2", "SELECT status FROM plans WHERE id = ?", (plan.id,), ("stopped",))]
        ),
        must="refused" if state == "draft" else "either",
    )
    return True


def start(sim: Simulation, plan: Plan, state: str) -> bool:
    """The plan begins its life; a second time it is refused."""
    by = sim.world.by_role("thu_truong", sim.world.office.drafting_unit_id)
    sim.oracle.attempt(
        "start",
        state,
        lambda: start_plan(sim.world.desk(by), plan.id, sim.routing(plan)),
        lambda _: [
            Fact("I1", "SELECT count(*) FROM cases WHERE plan_id = ? AND process = 'ke_hoach'", (plan.id,), (1,))
        ],
        must="done" if state == "draft" else "refused",
    )
    return True


def _one(sim: Simulation, found: list[Task]) -> Task | None:
    return sim.world.chance.choice(found) if found else None
