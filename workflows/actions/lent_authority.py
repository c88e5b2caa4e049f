"""Whoever acts for another must hold the other's authority at the instant of the act, not when a page was opened."""

from __future__ import annotations

from workflows.errors import Refused
from workflows.plans.authority import Entrusted
from workflows.store import directory

from .desk import Work


def require_lent_authority(work: Work, task: Entrusted) -> None:
    """The second barrier behind the page: DELEGATION_OVER when nothing in force lends the actor the right to the task.

    In the own right, and with groups that are not those of the task, there is nothing to look at: the policy function
    judges that from the groups alone.
    """
    by = work.by
    if by.on_behalf_of is None or not (by.groups & frozenset(task.groups) or task.assignee == by.on_behalf_of):
        return
    person = int(by.person) if by.person and by.person.isdecimal() else 0
    for lent in directory.lent_to(work.connection, person, work.now):
        named = by.delegation in (None, lent.id)
        if named and str(lent.from_person_id) == by.on_behalf_of and lent.reaches(task):
            return
    raise Refused("DELEGATION_OVER", principal=by.principal)
