"""How people hold a work item: claim and release, reassign, delegate and hand back, ask one more person."""

from __future__ import annotations

from typing import Any

from workflows.errors import Reason, Refused

from . import commands as cmd
from .events import TaskAssigned
from .rights import may_act, may_claim
from .rules.asked import ASKED, ask, unanswered
from .run import Run
from .state import Task


def open_task(run: Run, task_id: str) -> Task:
    """The open work item, or NOT_WAITING."""
    task = run.state.tasks.get(task_id)
    if task is None:
        raise Refused("NOT_WAITING", task=task_id)
    return task


def require(reasons: tuple[Reason, ...]) -> None:
    """Refuse with all of these reasons, if there are any."""
    if reasons:
        raise Refused.because(reasons)


def may_complete(run: Run, task: Task) -> tuple[Reason, ...]:
    """Every reason why whoever acts may not finish this work item now."""
    reasons = may_act(task, run.by)
    if run.by.is_system:
        return reasons
    return (*reasons, *_delegated(task), *unanswered(run.state, task.id))


def claim_task(run: Run, command: cmd.ClaimTask) -> None:
    """Take a task into one's own hands; in another's place into theirs, who keep it when the delegation ends.

    Pressed again by its holder it changes nothing.
    """
    task = open_task(run, command.task_id)
    require(may_claim(task, run.by))
    holder = run.by.on_behalf_of or run.by.person
    if task.assignee != holder:
        run.emit(TaskAssigned(task.id, task.element, holder, "claimed"))


def release_task(run: Run, command: cmd.ReleaseTask) -> None:
    """Give a task back to its candidates; one that has none would be open to everybody."""
    task = open_task(run, command.task_id)
    reasons = (*may_act(task, run.by), *_delegated(task))
    if task.assignee is None:
        reasons = (*reasons, Reason("NOT_CLAIMED", {"task": task.id}))
    require((*reasons, *_without_candidates(task)))
    run.emit(TaskAssigned(task.id, task.element, None, "released"))


def reassign_task(run: Run, command: cmd.ReassignTask) -> None:
    """Hand a task to another person; who may do that is the caller's to judge, who may receive it is judged here.

    Whatever was delegated before is over: the new holder finishes it.
    """
    task = open_task(run, command.task_id)
    if command.assignee is None:
        require(_without_candidates(task))
    else:
        require(_may_receive(task, command.assignee))
    run.emit(TaskAssigned(task.id, task.element, command.assignee, "reassigned", command.reason))


def delegate_task(run: Run, command: cmd.DelegateTask) -> None:
    """Let another person work on it; whoever delegates becomes its owner. It may be delegated on and on."""
    task = open_task(run, command.task_id)
    owner = task.assignee or run.by.person
    reasons = (*may_claim(task, run.by), *_may_receive(task, command.person))
    if command.person in (*task.owners, owner):
        reasons = (*reasons, Reason("ALREADY_OWNER", {"person": command.person}))
    require(reasons)
    run.emit(TaskAssigned(task.id, task.element, command.person, "delegated", command.reason, owner))


def hand_back_task(run: Run, command: cmd.HandBackTask) -> None:
    """The delegate gives it back to the last owner, or an owner takes it back."""
    task = open_task(run, command.task_id)
    if not task.owners:
        raise Refused("NOT_DELEGATED", task=task.id)
    persons = {run.by.person, run.by.on_behalf_of}
    owner = next((each for each in task.owners if each in persons), None)
    if owner is None:
        require(may_act(task, run.by))
        owner = task.owners[-1]
    run.emit(TaskAssigned(task.id, task.element, owner, "handed_back", command.reason))


def ask_person(run: Run, command: cmd.AskPerson, variables: dict[str, Any]) -> None:
    """Whoever may do the task asks one more person; nobody is asked by the task that is their own."""
    task = open_task(run, command.task_id)
    reasons = may_claim(task, run.by)
    if task.kind != "user":
        reasons = (*reasons, Reason("NOT_WAITING", {"task": task.id}))
    if command.person in (run.by.person, run.by.on_behalf_of, task.assignee):
        reasons = (*reasons, Reason("ASKS_ONESELF", {"person": command.person}))
    require(reasons)
    place = run.state.instances[task.id]
    ask(run, place, run.step(place), command, variables)


def withdraw_request(run: Run, command: cmd.WithdrawRequest) -> None:
    """Whoever may do the task around it takes the request back, with all that was asked inside it."""
    task = open_task(run, command.task_id)
    place = run.state.instances[task.id]
    if place.role != ASKED or place.parent is None:
        raise Refused("NOT_A_REQUEST", task=task.id)
    require(may_act(run.state.tasks[place.parent], run.by))
    run.clear(place.id)
    run.close(place, "cancelled", body=True)


def close_requests(run: Run, task: Task) -> None:
    """The work item is over: what was only asked by the way needs no answer any more."""
    if task.id in run.state.children:
        run.clear(task.id)


def answered(run: Run, task: Task) -> bool:
    """Close the instance of a request that was just completed; False for every other work item."""
    place = run.state.instances[task.id]
    if place.role != ASKED:
        return False
    run.close(place, kind=run.step(place).kind, body=True)
    return True


def _delegated(task: Task) -> tuple[Reason, ...]:
    return (Reason("DELEGATED", {"owner": task.owners[-1]}),) if task.owners else ()


def _without_candidates(task: Task) -> tuple[Reason, ...]:
    if task.candidate_groups or task.candidate_users:
        return ()
    return (Reason("NO_CANDIDATES", {"task": task.id}),)


def _may_receive(task: Task, person: str) -> tuple[Reason, ...]:
    reasons: tuple[Reason, ...] = (Reason("EXCLUDED", {"person": person}),) if person in task.excluded else ()
    return (*reasons, Reason("ALREADY_HOLDS", {"person": person})) if person == task.assignee else reasons
