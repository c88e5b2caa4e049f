"""A task goes from hand to hand: the command, its link of the chain, and the letter to whoever has it now."""

from __future__ import annotations

from workflows.engine.commands import ClaimTask, DelegateTask, HandBackTask, ReassignTask, ReleaseTask
from workflows.engine.events import TaskAssigned
from workflows.store import handovers, links, telling
from workflows.store.remembered import Known
from workflows.store.worklist import TaskRow

from .desk import Work
from .handle import handle

# Whoever did it knows; everybody else who has the task now is told.
UNTOLD = frozenset({"claimed", "released"})


def pass_task(
    work: Work,
    task: TaskRow,
    known: Known,
    command: ClaimTask | ReleaseTask | ReassignTask | DelegateTask | HandBackTask,
) -> None:
    """Carry the command out and keep who had the task, who has it now, and why; letters of the last holder end."""
    by = (work.by.person, work.by.name)
    handled = handle(work, known, command)
    for event in handled.events:
        if not isinstance(event, TaskAssigned):
            continue
        kept = handovers.add_handover(
            work.connection, task.id, event.how, task.assignee, event.assignee, by, event.reason or None, work.now
        )
        if event.how in UNTOLD:
            continue
        links.revoke_links(work.connection, work.now, task_id=task.id)
        telling.tell(
            work.connection,
            "task_passed",
            f"passed:{kept}",
            work.now,
            office_id=task.office_id,
            plan_id=task.plan_id,
            case_id=task.case_id,
            task_id=task.id,
            data={"how": event.how, "by": work.by.name, "reason": event.reason},
        )
