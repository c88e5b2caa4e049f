"""Whoever watches a plan hears of each step that begins and ends, in the house; one occasion a command."""

from __future__ import annotations

from collections.abc import Sequence

from workflows.engine.events import CaseEnded, Event, TaskClosed, TaskOpened
from workflows.store import own_marks, telling, worklist
from workflows.store.case_row import CaseRow

from .desk import Work


def tell_watchers(work: Work, case: CaseRow, happened: Sequence[Event]) -> None:
    """Note what moved, if somebody watches; what one more person is asked inside a task is no step."""
    if case.plan_id is None:
        return
    begun = [event.task_id for event in happened if isinstance(event, TaskOpened) and _is_step(event)]
    done = [event.task_id for event in happened if isinstance(event, TaskClosed) and event.how == "completed"]
    over = any(isinstance(event, CaseEnded) for event in happened) and case.process == "ke_hoach"
    if not (begun or done or over) or not own_marks.watchers_of(work.connection, case.plan_id):
        return
    names = {"begun": _names(work, case, begun), "done": _names(work, case, done)}
    if not (names["begun"] or names["done"] or over):
        return
    telling.tell(
        work.connection,
        "plan_moved",
        f"moved:{case.id}:{case.revision}",
        work.now,
        office_id=case.office_id,
        plan_id=case.plan_id,
        case_id=case.id,
        data={**names, "over": over, "by": work.by.name},
    )


def _is_step(event: TaskOpened) -> bool:
    return event.kind == "user" and event.inside is None


def _names(work: Work, case: CaseRow, task_ids: Sequence[str]) -> list[str]:
    """The names of these steps of people, each once."""
    found = [worklist.task(work.connection, f"{case.id}-{task_id}") for task_id in task_ids]
    steps = [task.name for task in found if task is not None and task.kind == "user" and task.asked_in is None]
    return list(dict.fromkeys(steps))
