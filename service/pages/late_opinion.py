"""Ý kiến muộn: a body that let the round close is still heard, and everybody sees that it came late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection
from starlette.responses import Response

from service.auth.actor import FIELD, Standing, require_choice, standing_for
from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.words.refusals import sentences_of
from workflows.actions.consulting.opinion_paper import examined
from workflows.actions.desk import Work, both_names
from workflows.actions.give_late_opinion import asked_of, give_late_opinion, require_late_opinion
from workflows.errors import NotFound, Refused
from workflows.store.screens import sight
from workflows.store.screens.late_opinion import LateSeen, late_seen
from workflows.store.worklist import TaskRow

from .document_view import blocks_of
from .mistakes import Mistake, mistakes_of

pages = Pages()
# After these there is no form to correct: the page says how the matter stands.
SETTLED = frozenset({"ALREADY_ANSWERED", "ALREADY_SIGNED", "NOT_RUNNING", "ROUND_OPEN", "NOT_YOURS"})


@dataclass(frozen=True)
class Late:
    """The body's line, who speaks for it, and why it cannot be heard any more, if it cannot."""

    seen: LateSeen
    standing: Standing
    refused: Refused | None = None


@dataclass(frozen=True)
class Way:
    """How the form comes back: its address, and for a body without account the link whose code is typed."""

    path: str
    link_token: str = ""
    by_code: bool = False


@pages.get("/ke-hoach/{plan_id}/y-kien-muon/{body_id}", PERSON)
def show(visit: Guest, plan_id: int, body_id: int) -> Response:
    """The draft and the form; once the body is heard, what was kept."""
    return late_page(visit, _look(visit, plan_id, body_id), Way(visit.request.url.path))


@pages.post("/ke-hoach/{plan_id}/y-kien-muon/{body_id}", PERSON)
def give(visit: Guest, plan_id: int, body_id: int) -> Response:
    """Keep the opinion."""
    late, way = _look(visit, plan_id, body_id), Way(visit.request.url.path)
    if visit.form.has("xem_lai"):
        return late_page(visit, late, way, visit.form.fields)
    return hear(visit, late, way)


def late_of(visit: Visit, connection: Connection, plan_id: int, body_id: int, standing: Standing) -> Late:
    """Whether this body may still be heard by the one who stands here; NotFound when it was not asked."""
    seen = late_seen(connection, plan_id, body_id)
    try:
        require_late_opinion(Work(connection, visit.now, standing.actor), seen.plan, body_id)
    except Refused as refused:
        return Late(seen, standing, refused)
    return Late(seen, standing)


def late_bodies(visit: Visit, connection: Connection, plan_id: int) -> list[int]:
    """The bodies for which the visitor may give an opinion on this plan after the round was closed."""
    found = []
    for body_id in sorted(sight.sight_with_lent(connection, visit.person.groups, visit.person_id, visit.now).body_ids):
        try:
            late = late_of(visit, connection, plan_id, body_id, _standing(visit, connection, plan_id, body_id))
        except NotFound:
            continue
        if late.refused is None:
            found.append(body_id)
    return found


def asked_body(task: TaskRow) -> int | None:
    """The body whose opinion a task asked for; None for other tasks."""
    body_id = task.variables.get("co_quan_hoi")
    return body_id if task.form == "gop_y" and isinstance(body_id, int) else None


def late_page(  # noqa: PLR0917 - what is judged together
    visit: Visit,
    late: Late,
    way: Way,
    typed: Mapping[str, str] | None = None,
    wrong: list[Mistake] | None = None,
    status: int = 200,
) -> Response:
    """The deadline that is over, what will be kept and how, the draft, the form."""
    return visit.page(
        "late_opinion.html",
        status=status,
        seen=late.seen,
        standing=late.standing,
        barred=sentences_of(late.refused.reasons) if late.refused else [],
        typed=typed or {},
        wrong=wrong or [],
        way=way,
        blocks=blocks_of(late.seen.version.document),
        capacities=[(each, ()) for each in late.standing.options],
        code_sent=visit.request.query_params.get("ma") == "1",
    )


def hear(visit: Visit, late: Late, way: Way) -> Response:
    """Keep what was posted; pressed twice it is one opinion and the same page."""
    form, seen, desk = visit.form, late.seen, visit.desk(late.standing.actor)
    upload = form.files.get("tep_cong_van")
    try:
        require_choice(late.standing, form.text(FIELD))
        papers = (examined(desk, upload.name, upload.content),) if upload is not None else ()
        body_id, outcome = seen.opinion.body_id, form.text("ket_qua")
        give_late_opinion(desk, seen.plan.id, body_id, outcome, form.text("noi_dung"), papers)
    except Refused as refused:
        if refused.code == "ALREADY_ANSWERED" and refused.facts.get("by") == both_names(late.standing.actor):
            return visit.go(way.path)
        if refused.code in SETTLED:
            with visit.web.database.read() as connection:
                now = late_of(visit, connection, seen.plan.id, seen.opinion.body_id, late.standing)
            return late_page(visit, replace(now, refused=refused), way, form.fields, status=status_of(refused))
        return late_page(visit, late, way, form.fields, mistakes_of(refused), status_of(refused))
    visit.web.nudge()
    return visit.go(way.path)


def _look(visit: Visit, plan_id: int, body_id: int) -> Late:
    """The body's line, for people of that body and for whoever may see the plan."""
    with visit.web.database.read() as connection:
        if not sight.sees(
            connection, sight.sight_with_lent(connection, visit.person.groups, visit.person_id, visit.now), plan_id
        ):
            raise NotFound("plan", id=plan_id)
        return late_of(visit, connection, plan_id, body_id, _standing(visit, connection, plan_id, body_id))


def _standing(visit: Visit, connection: Connection, plan_id: int, body_id: int) -> Standing:
    return standing_for(connection, visit.person, asked_of(plan_id, body_id), visit.now, visit.form.text(FIELD))
