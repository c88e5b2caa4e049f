"""After a decision: what was decided, what now happens and with whom, and the next item that waits."""

from __future__ import annotations

from starlette.responses import Response

from service.auth.visit import Visit
from workflows.actions.withdraw_task import may_withdraw, undo_until
from workflows.store.local_days import local_day
from workflows.store.screens import result as screen

from .late_opinion import asked_body, late_bodies


def result_page(visit: Visit, task_id: str, status: int = 200, late_comer: bool = False, **more: object) -> Response:
    """The result page; a reload shows the same, because it is read from what was kept."""
    groups = visit.actor.groups if visit.actor else frozenset()
    person = visit.session.person_id if visit.session else None
    with visit.web.database.read() as connection:
        result = screen.result_of(connection, task_id, local_day(visit.now))
        waiting = screen.next_for(connection, person, groups, visit.now) if person is not None else None
        asked, plan_id = asked_body(result.task), result.task.plan_id
        late = person is not None and plan_id is not None and asked in late_bodies(visit, connection, plan_id)
    taken_back = visit.actor is not None and may_withdraw(visit.desk(), task_id)
    until = undo_until(result.task.closed_at) if taken_back and result.task.closed_at else None
    return visit.page(
        "result.html",
        status=status,
        result=result,
        waiting=waiting,
        late_comer=late_comer,
        late_body=asked if late else None,
        withdrawable=taken_back,
        undo_until=until if until is not None and visit.now <= until else None,
        **({"link": "", "wrong": [], "typed": {}} | more),
    )
