"""What stands around the form of a decision page: who holds the task, whom one may ask, what is said about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.auth.actor import Standing
from service.auth.visit import Visit
from workflows.actions.desk import Work
from workflows.actions.reassign_task import is_master
from workflows.engine.rights import may_act
from workflows.store.local_days import local_day
from workflows.store.screens.people_choice import Choice, may_be_asked, may_receive
from workflows.store.screens.task import TaskSeen
from workflows.store.screens.task_people import TaskPeople, task_people


@dataclass(frozen=True)
class Around:
    """The people around the task, and what this person may do besides deciding."""

    people: TaskPeople
    receivers: Sequence[Choice]
    askable: Sequence[Choice]
    may: bool
    is_master: bool
    is_owner: bool
    alive: bool

    @property
    def may_reassign(self) -> bool:
        """Whether the person may give the task to another."""
        return (self.may or self.is_master) and bool(self.receivers)

    @property
    def may_finish(self) -> bool:
        """Whether nothing but the form itself stands between the person and the decision."""
        return self.may and not self.people.owners and not self.people.waits_for


def around(visit: Visit, seen: TaskSeen, standing: Standing) -> Around:
    """Read everything at once; who came by a link without signing in only sees."""
    actor, on = standing.actor, local_day(visit.now)
    may = not may_act(seen.task, actor)
    signed_in = visit.session is not None
    with visit.web.database.read() as connection:
        people = task_people(connection, seen.task, actor.person if signed_in else None, on)
        master = signed_in and is_master(Work(connection, visit.now, actor), seen.task)
        receivers = may_receive(connection, seen.task, on) if signed_in and (may or master) else []
        own = (actor.person, actor.on_behalf_of)
        askable = may_be_asked(connection, seen.task, on, own) if signed_in and may and seen.plan else []
    return Around(
        people,
        receivers,
        askable,
        may,
        master,
        bool({actor.person, actor.on_behalf_of} & set(people.owners)),
        seen.plan is not None and seen.plan.status not in ("closed", "stopped"),
    )
