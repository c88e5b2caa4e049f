"""Trao đổi on a plan, its files, and watching it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.words import work_words
from workflows.actions.comment import OVER, comment
from workflows.actions.watch_plan import unwatch_plan, watch_plan
from workflows.errors import NotFound, Refused
from workflows.store import comments, document_files, worklist
from workflows.store.screens import sight

from .attachment import attachment
from .mistakes import Mistake, mistakes_of
from .plan import open_plan, plan_tab
from .task_acts import files_of

pages = Pages()


@pages.get("/ke-hoach/{plan_id}/trao-doi", PERSON)
def show(visit: Guest, plan_id: int) -> Response:
    """Trao đổi: what was said about the plan and its tasks, oldest first, whatever the step."""
    return _tab(visit, plan_id)


@pages.post("/ke-hoach/{plan_id}/trao-doi", PERSON)
def say(visit: Guest, plan_id: int) -> Response:
    """Words and files about the plan."""
    try:
        comment(visit.desk(), plan_id, visit.form.text("trao_doi"), files=files_of(visit))
    except Refused as refused:
        if status_of(refused) != 422:
            raise
        return _tab(visit, plan_id, visit.form.fields, mistakes_of(refused), 422)
    visit.web.nudge()
    return visit.go(f"/ke-hoach/{plan_id}/trao-doi?xong=trao-doi")


@pages.get("/trao-doi/tep/{file_id}", PERSON)
def download(visit: Guest, file_id: int) -> Response:
    """A file that was added, for whoever may see the plan; always saved, never shown in the browser."""
    with visit.web.database.read() as connection:
        facts = document_files.file_facts(connection, file_id)
        if facts.subject != comments.FILES:
            raise NotFound("document_file", id=file_id)
        plan_id = comments.comment(connection, facts.subject_id).plan_id
        if not sight.sees(
            connection, sight.sight_with_lent(connection, visit.person.groups, visit.person_id, visit.now), plan_id
        ):
            raise NotFound("document_file", id=file_id)
        return attachment(document_files.file_content(connection, file_id), facts.name, facts.media_type)


@pages.post("/ke-hoach/{plan_id}/theo-doi", PERSON)
def begin_watching(visit: Guest, plan_id: int) -> Response:
    """Hear of the plan's steps from now on."""
    watch_plan(visit.desk(), plan_id)
    return visit.go(f"/ke-hoach/{plan_id}")


@pages.post("/ke-hoach/{plan_id}/thoi-theo-doi", PERSON)
def stop_watching(visit: Guest, plan_id: int) -> Response:
    """Hear no more of it."""
    unwatch_plan(visit.desk(), plan_id)
    return visit.go(f"/ke-hoach/{plan_id}")


def _tab(
    visit: Visit,
    plan_id: int,
    typed: Mapping[str, Any] | None = None,
    wrong: list[Mistake] | None = None,
    status: int = 200,
) -> Response:
    with visit.web.database.read() as connection:
        opened = open_plan(visit, connection, plan_id)
        said = comments.comments_of(connection, plan_id)
        about = {each.task_id for each in said if each.task_id is not None}
        found = [worklist.task(connection, task_id) for task_id in sorted(about)]
        return plan_tab(
            visit,
            opened,
            "trao-doi",
            status,
            said=said,
            tasks={task.id: task for task in found if task is not None},
            alive=opened.top.plan.status not in OVER,
            typed=typed or {},
            wrong=wrong or [],
            done=work_words.DONE.get(visit.request.query_params.get("xong", ""), ""),
        )
