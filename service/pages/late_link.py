"""The old link of a letter that asked for an opinion: after the round is closed it still hears the body."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection
from starlette.responses import Response

from service.auth.form_tokens import digest
from service.auth.visit import Visit
from service.words.refusals import sentence_of
from workflows.actions.give_late_opinion import asked_of
from workflows.errors import NotFound
from workflows.store import worklist
from workflows.store.links import Link, find_link
from workflows.store.screens.task import task_seen
from workflows.store.worklist import TaskRow

from .late_opinion import Late, Way, asked_body, hear, late_of, late_page
from .link_standing import of_another, standing_of_body, standing_of_link, wrong_code
from .mistakes import Mistake


@dataclass(frozen=True)
class Found:
    """A usable link to a closed task of giving an opinion; `late` is None for a stranger."""

    task: TaskRow
    plan_id: int
    body_id: int
    late: Late | None
    way: Way
    link: Link


def late_answer(visit: Visit, token: str) -> Response | None:
    """The page of the late opinion, or what posting to it led to; None when the link leads to nothing of the kind."""
    with visit.web.database.read() as connection:
        found = _found(visit, connection, token)
        if found is None:
            return None
        if found.late is None and visit.session is None:
            return visit.page("link_who.html", seen=task_seen(connection, found.task.id), path=found.way.path)
    if found.late is None:
        return of_another(visit, found.link, found.task)
    if visit.request.method != "POST" or visit.form.has("xem_lai"):
        return late_page(visit, found.late, found.way, visit.form.fields)
    if found.way.by_code and found.late.refused is None:
        wrong = wrong_code(visit, token)
        if wrong is not None:
            mistake = Mistake("ma", sentence_of(wrong.reasons[0]))
            return late_page(visit, found.late, found.way, visit.form.fields, [mistake], 422)
    return hear(visit, found.late, found.way)


def still_heard(visit: Visit, connection: Connection, task: TaskRow) -> bool:
    """Whether the body that this closed task asked may still give its opinion."""
    body_id = asked_body(task)
    if body_id is None or task.plan_id is None or task.status == "open":
        return False
    speaker = standing_of_body(visit, connection, body_id)
    try:
        return late_of(visit, connection, task.plan_id, body_id, speaker).refused is None
    except NotFound:
        return False


def _found(visit: Visit, connection: Connection, token: str) -> Found | None:
    link = find_link(connection, digest(token))
    if link is None or link.task_id is None or link.state(visit.now) != "usable":
        return None
    task = worklist.task(connection, link.task_id)
    body_id = asked_body(task) if task is not None and task.status != "open" else None
    if task is None or body_id is None or task.plan_id is None:
        return None
    way = Way(f"/x/{token}", token, by_code=link.person_id is None)
    standing = standing_of_link(visit, connection, link, asked_of(task.plan_id, body_id))
    speaker = standing or standing_of_body(visit, connection, body_id)
    try:
        late = late_of(visit, connection, task.plan_id, body_id, speaker)
    except NotFound:
        return None
    if late.seen.answered and not late.seen.after_closing:
        return None
    return Found(task, task.plan_id, body_id, late if standing is not None else None, way, link)
