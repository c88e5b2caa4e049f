"""A request for a later day as somebody may see it, and in which capacity they would decide; for pages and programs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflows.actions.deadlines.deciders import deciders_of
from workflows.engine.actor import Actor
from workflows.errors import NotFound
from workflows.plans.authority import Matter
from workflows.store import due_requests, worklist
from workflows.store.database import Database
from workflows.store.due_requests import DueRequest
from workflows.store.screens import sight
from workflows.store.screens.task import TaskSeen, task_seen

from .auth.actor import Standing, standing_for


@dataclass(frozen=True)
class DueRequestSeen:
    """The request, its task, and the capacity in which whoever looks could decide; `decides` says whether any can."""

    request: DueRequest
    task: TaskSeen
    standing: Standing
    decides: bool


def see_due_request(
    database: Database, actor: Actor, request_id: int, now: datetime, capacity: str = ""
) -> DueRequestSeen:
    """For who asked, who decides, and whoever may look at its plan; NotFound for everybody else."""
    with database.read() as connection:
        request = due_requests.request(connection, request_id)
        task = worklist.task(connection, request.task_id)
        seen = task_seen(connection, request.task_id)
        assert task is not None, "task_seen found it"
        deciders = deciders_of(connection, task)
        standing = standing_for(connection, actor, Matter(tuple(deciders), task.plan_id), now, capacity)
        own = sight.sight_of(connection, standing.actor.groups)
        known = seen.plan is not None and sight.sees(connection, own, seen.plan.id)
        decides = bool(set(deciders) & standing.actor.groups)
        if not known and not decides and request.asked_by != actor.person:
            raise NotFound("due_request", id=request_id)
    return DueRequestSeen(request, seen, standing, decides)
