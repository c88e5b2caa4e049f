"""The program that calls, with its token and the actor that it is here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import Connection

from service.auth.actor import require_choice, standing_for, standings
from service.web import Web
from workflows.actions.demands import Demands
from workflows.actions.desk import Desk
from workflows.engine.actor import Actor
from workflows.errors import NotFound
from workflows.store import worklist
from workflows.store.api_tokens import ApiToken
from workflows.store.worklist import TaskRow


@dataclass(frozen=True)
class Caller:
    """The machine that calls: its token, the actor that it is here, the instant, and what it demands of the call."""

    web: Web
    token: ApiToken
    actor: Actor
    now: datetime
    demands: Demands | None = None

    @property
    def desk(self) -> Desk:
        """The desk at which a verb is done by this machine, now."""
        return Desk(self.web.database, self.now, self.actor, self.web.functions, self.demands)

    def desk_for(self, task_id: str, capacity: str = "") -> Desk:
        """The desk in the capacity chosen for this task; a person who may do it in several has to choose.

        Refused: CAPACITY_NEEDED, CAPACITY_GONE. Whoever may not do it at all acts in the own right, and the verb says
        what it thinks of that.
        """
        if self.actor.person is None:
            return self.desk
        with self.web.database.read() as connection:
            task = _task_of_people(connection, task_id)
            possible = standings(connection, self.actor, task, self.now)
            standing = standing_for(connection, self.actor, task, self.now, capacity if possible else "")
            require_choice(standing, capacity)
        return replace(self.desk, by=standing.actor)

    def desk_to_look(self, task_id: str) -> Desk:
        """The desk in the first capacity that may do this task, for what only shows it."""
        if self.actor.person is None:
            return self.desk
        with self.web.database.read() as connection:
            task = _task_of_people(connection, task_id)
            return replace(self.desk, by=standing_for(connection, self.actor, task, self.now).actor)

    def worker(self, name: str) -> str:
        """The worker's name with its token's, so that nobody reports on a job of another token's worker."""
        return f"{self.token.name}/{name}"


def called(request: Request) -> Caller:
    """The caller whom the policy of the route let through."""
    caller = request.state.caller
    assert isinstance(caller, Caller)
    return caller


def _task_of_people(connection: Connection, task_id: str) -> TaskRow:
    task = worklist.task(connection, task_id)
    if task is None or task.kind != "user":
        raise NotFound("task", id=task_id)
    return task


Call = Annotated[Caller, Depends(called)]
