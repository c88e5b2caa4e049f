"""Whether the grounds on which a link was made still hold: asked when it is opened, never only noted when they go."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from workflows.actions.content_bound import BOUND_TO_CONTENT
from workflows.store import directory, plans, worklist
from workflows.store.directory.groups import PERSON, is_group, parse_group
from workflows.store.links import Link
from workflows.store.local_days import local_day
from workflows.store.suspending import suspended_bodies, suspension_of, suspension_of_person
from workflows.store.worklist import TaskRow


def why_dead(connection: Connection, link: Link, now: datetime) -> str | None:
    """Why a link to an open task counts no more: suspended | left | held | authority | body | draft; None else.

    `held`: somebody else has the task now. `authority`: the post or the delegation that the link rests on has ended.
    """
    task = worklist.task(connection, link.task_id) if link.task_id is not None else None
    if _is_suspended(connection, link, task, now):
        return "suspended"
    if task is None or task.status != "open":
        return None
    if link.person_id is not None:
        why = _of_person(connection, link, link.person_id, task, now)
    else:
        why = None if _asks_body(connection, link, task, now) else "body"
    return why or ("draft" if _is_other_draft(connection, link, task) else None)


def _is_suspended(connection: Connection, link: Link, task: TaskRow | None, now: datetime) -> bool:
    """Whether the office of the task, or everything that the link was made for, is suspended."""
    if task is not None and suspension_of(connection, task.office_id) is not None:
        return True
    if link.person_id is not None:
        return suspension_of_person(connection, link.person_id, local_day(now)) is not None
    return link.body_id is not None and bool(suspended_bodies(connection, [link.body_id]))


def borrowed(connection: Connection, task_id: str, person_id: int, now: datetime) -> int | None:
    """The delegation on which this person would act on the task now; None in the own right or in none."""
    task = worklist.task(connection, task_id)
    if task is None or _is_own(connection, person_id, task, now):
        return None
    lent = (each for each in directory.lent_to(connection, person_id, now) if each.reaches(task))
    return next((each.id for each in lent), None)


def _of_person(connection: Connection, link: Link, person_id: int, task: TaskRow, now: datetime) -> str | None:
    left_on = directory.person(connection, person_id).left_on
    if left_on is not None and left_on <= local_day(now):
        return "left"
    if link.delegation_id is None:
        stands_for, holds = {str(person_id)}, _is_own(connection, person_id, task, now)
    else:
        lent = [each for each in directory.lent_to(connection, person_id, now) if each.id == link.delegation_id]
        stands_for = {str(person_id), *(str(each.from_person_id) for each in lent)}
        holds = any(each.reaches(task) for each in lent)
    if task.assignee is not None and task.assignee not in stands_for:
        return "held"
    return None if holds and not stands_for & set(task.excluded) else "authority"


def _is_own(connection: Connection, person_id: int, task: TaskRow, now: datetime) -> bool:
    """Whether the person may do the task by posts of the own, by name, or because it was given to them."""
    if task.assignee == str(person_id) or not task.groups:
        return True
    own = directory.groups_of(connection, person_id, now) | {directory.group(PERSON, person_id)}
    return bool(own & frozenset(task.groups))


def _asks_body(connection: Connection, link: Link, task: TaskRow, now: datetime) -> bool:
    """Whether the task still asks this body, and the body (or the one it followed) is in office."""
    if link.body_id is None or task.assignee is not None:
        return False
    today = local_day(now)
    for role, body_id in (parse_group(key) for key in task.groups if is_group(key)):
        if role == PERSON:
            continue
        asked = directory.in_office(connection, directory.body(connection, body_id), today)
        if asked is not None and link.body_id in (asked.id, body_id):
            return True
    return False


def _is_other_draft(connection: Connection, link: Link, task: TaskRow) -> bool:
    """Whether a yes or no would be to another version than the one that the link was made for."""
    if link.version is None or task.plan_id is None or task.form not in BOUND_TO_CONTENT:
        return False
    return plans.plan(connection, task.plan_id).version != link.version
