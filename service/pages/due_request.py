"""Đề nghị lùi hạn: the holder of a task asks for a later day; the one who decides grants it or does not."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from service.auth.actor import Standing, standing_for
from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest, Visit
from service.due_request_seen import see_due_request
from service.statuses import status_of
from service.words import deadline_words as said
from service.words.dates import read_day
from workflows.actions.deadlines.ask_later_due import ask_later_due
from workflows.actions.deadlines.decide_later_due import Decision, decide_later_due
from workflows.engine.rights import may_act
from workflows.errors import NotFound, Refused
from workflows.store import due_requests
from workflows.store.screens.task import TaskSeen, task_seen

from .mistakes import Mistake, mistakes_of

pages = Pages()


@pages.get("/viec/{task_id}/xin-lui-han", PERSON)
def show(visit: Guest, task_id: str) -> Response:
    """Until when it is due, and the form."""
    return _asking_page(visit, task_id)


@pages.post("/viec/{task_id}/xin-lui-han", PERSON)
def ask(visit: Guest, task_id: str) -> Response:
    """Ask."""
    if visit.form.has("xem_lai"):
        return _asking_page(visit, task_id, visit.form.fields)
    seen, standing = _task(visit, task_id)
    day = read_day(visit.form.text("han_moi"))
    try:
        if day is None:
            raise Refused("BAD_DATE", field="han_moi", value=visit.form.text("han_moi"))
        request_id = ask_later_due(visit.desk(standing.actor), seen.task.id, day, visit.form.text("ly_do"))
    except Refused as refused:
        if status_of(refused) != 422:
            raise
        return _asking_page(visit, task_id, visit.form.fields, mistakes_of(refused), 422)
    visit.web.nudge()
    return visit.go(f"/lui-han/{request_id}")


@pages.get("/lui-han/{request_id}", PERSON)
def look(visit: Guest, request_id: int) -> Response:
    """The request, and for whoever decides the form."""
    return _request_page(visit, request_id)


@pages.post("/lui-han/{request_id}", PERSON)
def decide(visit: Guest, request_id: int) -> Response:
    """Grant or refuse."""
    form = visit.form
    if form.has("xem_lai"):
        return _request_page(visit, request_id, form.fields)
    found = see_due_request(visit.web.database, visit.person, request_id, visit.now)
    request, standing = found.request, found.standing
    typed = form.text("han_moi")
    try:
        if form.text("quyet_dinh") not in ("dong_y", "tu_choi"):
            raise Refused("FIELD_REQUIRED", field="ket_qua")
        day = read_day(typed) if typed else request.wanted
        if day is None:
            raise Refused("BAD_DATE", field="han_moi", value=typed)
        granted = form.text("quyet_dinh") == "dong_y"
        decision = Decision(granted, day, form.text("ly_do"), for_all=form.has("tat_ca"))
        decide_later_due(visit.desk(standing.actor), request_id, decision)
    except Refused as refused:
        if status_of(refused) not in (409, 410, 422):
            raise
        return _request_page(visit, request_id, form.fields, mistakes_of(refused), status_of(refused))
    visit.web.nudge()
    return visit.go(f"/lui-han/{request_id}")


def _task(visit: Visit, task_id: str) -> tuple[TaskSeen, Standing]:
    """The task of somebody who may do it; NotFound for everybody else."""
    with visit.web.database.read() as connection:
        seen = task_seen(connection, task_id)
        standing = standing_for(connection, visit.person, seen.task, visit.now)
    if may_act(seen.task, standing.actor):
        raise NotFound("task", id=task_id)
    return seen, standing


def _asking_page(
    visit: Visit,
    task_id: str,
    typed: Mapping[str, str] | None = None,
    wrong: list[Mistake] | None = None,
    status: int = 200,
) -> Response:
    seen, _ = _task(visit, task_id)
    with visit.web.database.read() as connection:
        before = due_requests.requests_of(connection, [task_id])
    return visit.page(
        "due_ask.html",
        status=status,
        seen=seen,
        before=before,
        said=said,
        back=f"/viec/{task_id}",
        by_code=None,
        typed=typed or {},
        wrong=wrong or [],
    )


def _request_page(
    visit: Visit,
    request_id: int,
    typed: Mapping[str, str] | None = None,
    wrong: list[Mistake] | None = None,
    status: int = 200,
) -> Response:
    found = see_due_request(visit.web.database, visit.person, request_id, visit.now)
    request, seen = found.request, found.task
    own = request.asked_by == visit.person.person
    return visit.page(
        "due_request.html",
        status=status,
        request=request,
        seen=seen,
        said=said,
        may_decide=found.decides and not own and request.status == "cho" and seen.task.status == "open",
        own=own,
        typed=typed or {},
        wrong=wrong or [],
    )
