"""The clock stood still while a case was suspended: its open due dates move by the working days that it stood."""

from __future__ import annotations

from workflows.actions.desk import Work
from workflows.actions.duties.move_due import note_moved
from workflows.actions.handle import handle
from workflows.engine import state_from_json
from workflows.engine.calendar import Calendar
from workflows.engine.commands import Reschedule
from workflows.plans.plan_time import SUSPENDED
from workflows.store import cases, clockwork, consultation, stops, worklist
from workflows.store.duties import EXTENDED
from workflows.store.worklist import TaskRow

STOOD_STILL = "Quy trình tạm dừng nên thời hạn được tính lùi"


def move_what_stood_still(work: Work, case_id: int) -> int:
    """Move what is open in a case that was just resumed; by how many working days.

    A timer at the border of a task that was to fire with its due date moves along; the round of a plan moves whole.
    """
    case = cases.load_case(work.connection, case_id, lock=True)
    since = cases.last_time(work.connection, case_id, "CaseSuspended")
    if since is None or case.office_id is None or SUSPENDED not in stops.stops_of(work.connection, case.office_id):
        return 0
    calendar = clockwork.calendar_of(work.connection, case.office_id)
    days = calendar.count(since, work.now)
    tasks = [task for task in worklist.open_tasks_of(work.connection, case_id=case_id) if task.due is not None]
    if days == 0 or not tasks:
        return 0
    state = state_from_json(case.state)
    moved = {task.task_id: calendar.add_working_days(task.due, days) for task in tasks if task.due is not None}
    dues = {task.due for task in tasks}
    places = {task.task_id for task in tasks} | {state.instances[task.task_id].parent for task in tasks}
    border = {
        timer.id: calendar.add_working_days(timer.due, days)
        for timer in state.timers.values()
        if timer.instance in places and timer.due in dues and timer.cycle is None
    }
    handle(work, case_id, Reschedule(moved, border, STOOD_STILL, _move_round(work, tasks, calendar, days)))
    for task in tasks:
        note_moved(work, task, moved[task.task_id], EXTENDED, STOOD_STILL)
    return days


def _move_round(work: Work, tasks: list[TaskRow], calendar: Calendar, days: int) -> dict[str, str]:
    """The open round among these tasks, and the variable of the process that holds its deadline."""
    asking = next((task for task in tasks if task.form == "gop_y" and task.plan_id is not None), None)
    round_ = consultation.latest_round(work.connection, asking.plan_id or 0) if asking else None
    if round_ is None or round_.closed_at is not None:
        return {}
    deadline = calendar.add_working_days(round_.deadline, days)
    consultation.change_round(work.connection, round_.id, deadline=deadline, working_days=None)
    for opinion in consultation.opinions_of(work.connection, round_.id):
        if opinion.deadline is not None and not opinion.answered:
            own = calendar.add_working_days(opinion.deadline, days)
            consultation.change_opinion(work.connection, opinion.id, deadline=own)
    return {"han_gop_y": deadline.isoformat()}
