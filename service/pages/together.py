"""Nhiều việc một lần: a page that lists each chosen task, one press, and a result for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection
from starlette.responses import Response

from service.auth.actor import require_choice
from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest, Visit
from service.words import work_words
from service.words.refusals import sentences_of
from workflows.actions.act_on_tasks import Chosen, act_on_tasks
from workflows.actions.forms.together import MOST_TOGETHER, TOGETHER
from workflows.engine.actor import Actor
from workflows.engine.rights import may_act
from workflows.errors import NotFound, Reason, Refused
from workflows.store import worklist
from workflows.store.screens.inbox import InboxRow, with_plans
from workflows.store.screens.task import TaskSeen

from .task import approach, look

pages = Pages()


@dataclass(frozen=True)
class Listed:
    """A chosen task as the page lists it; `sentences` say why it cannot be done here."""

    task_id: str
    seen: TaskSeen | None
    row: InboxRow | None
    sentences: Sequence[str] = ()


@dataclass(frozen=True)
class Told:
    """What came of one of them."""

    row: InboxRow | None
    task_id: str
    good: bool
    sentences: Sequence[str]


@pages.get("/viec/cung-luc", PERSON)
def confirm(visit: Guest) -> Response:
    """Each chosen task with its plan, its version and what is said yes to; nothing is done yet."""
    chosen = list(dict.fromkeys(visit.request.query_params.getlist("viec")))
    if not chosen:
        return _page(visit, [], sentences_of([Reason("NOTHING_CHOSEN")]), 422)
    if len(chosen) > MOST_TOGETHER:
        return _page(visit, [], sentences_of([Reason("TOO_MANY", {"most": MOST_TOGETHER})]), 422)
    return _page(visit, [_listed(visit, task_id) for task_id in chosen], [], 200)


@pages.post("/viec/cung-luc", PERSON)
def decide(visit: Guest) -> Response:
    """Yes to each, one after another through the same verb; what is refused is told with its reason."""
    form = visit.form
    chosen = [
        Chosen(task_id, form.text(f"da_xem_{task_id}") or None) for task_id in dict.fromkeys(form.many.get("viec", ()))
    ]

    def stands(task_id: str) -> Actor:
        standing = approach(visit, task_id)[1]
        require_choice(standing, "")
        return standing.actor

    try:
        results = act_on_tasks(visit.desk(), chosen, stands)
    except Refused as refused:
        return _page(visit, [], sentences_of(refused.reasons), 422)
    visit.web.nudge()
    with visit.web.database.read() as connection:
        rows = {each.task_id: _row(connection, each.task_id) if each.done else None for each in results}
    told = [
        Told(
            rows[each.task_id] or _row_if_known(visit, each.task_id),
            each.task_id,
            each.done is not None,
            sentences_of(each.refused.reasons) if each.refused else [],
        )
        for each in results
    ]
    return visit.page("together_done.html", told=told, done=sum(each.good for each in told), work=work_words)


def _listed(visit: Visit, task_id: str) -> Listed:
    try:
        seen, standing = look(visit, task_id)
    except NotFound as missing:
        return Listed(task_id, None, None, sentences_of(missing.reasons))
    with visit.web.database.read() as connection:
        row = _row(connection, task_id)
    reasons = list(may_act(seen.task, standing.actor))
    if seen.task.form not in TOGETHER:
        reasons.append(Reason("ONE_BY_ONE"))
    if len(standing.options) > 1:
        reasons.append(Reason("CAPACITY_NEEDED"))
    if seen.task.status != "open":
        reasons = [Reason("NOT_WAITING")]
    return Listed(task_id, seen, row, sentences_of(reasons))


def _row(connection: Connection, task_id: str) -> InboxRow | None:
    task = worklist.task(connection, task_id)
    return with_plans(connection, [task])[0] if task is not None else None


def _row_if_known(visit: Visit, task_id: str) -> InboxRow | None:
    """The task, for somebody who may know of it."""
    try:
        approach(visit, task_id)
    except Refused:
        return None
    with visit.web.database.read() as connection:
        return _row(connection, task_id)


def _page(visit: Visit, listed: list[Listed], wrong: list[str], status: int) -> Response:
    ready = [each.seen.task.form or "" for each in listed if each.seen is not None and not each.sentences]
    verbs = dict.fromkeys(work_words.TOGETHER[form] for form in ready)
    return visit.page("together.html", status, listed=listed, wrong=wrong, work=work_words, verbs=list(verbs))
