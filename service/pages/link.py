"""/x/<token>: a link of a letter. GET and HEAD only show; a POST by a known person, device or typed code decides."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from notifications import links
from notifications.link_truth import why_dead
from service.auth.actor import Standing
from service.auth.form_tokens import digest
from service.auth.policy import LINK, Pages
from service.auth.visit import Guest, Visit
from service.words import step_up_words, vi
from service.words.refusals import sentence_of
from workflows.errors import NotFound, Refused
from workflows.store import telling, worklist
from workflows.store.links import Link, find_link
from workflows.store.screens.task import TaskSeen, task_seen

from .late_link import late_answer, still_heard
from .link_standing import is_known, of_another, send_code_for, standing_of_link, too_many, wrong_code
from .mistakes import Mistake
from .proving import wants_proof
from .result import result_page
from .task import after_refusal, begin_proof, decision_page, hand_in

pages = Pages()


@dataclass(frozen=True)
class Behind:
    """What a usable task link leads to, and as whom this browser may act; `standing` is None for a stranger."""

    link: Link
    seen: TaskSeen
    standing: Standing | None

    @property
    def by_code(self) -> bool:
        """Whether a body without account answers, so that a typed code stands for the sign-in."""
        return self.link.person_id is None


@pages.get("/x/{link_token}", LINK)
def show(visit: Guest, link_token: str) -> Response:
    """The decision page for whoever the link was made for; others are asked who they are. Nothing changes."""
    try:
        behind = behind_link(visit, link_token)
    except Refused as refused:
        return late_answer(visit, link_token) or dead_link(visit, refused)
    if behind is None:
        return visit.go(f"/nhan/{link_token}")
    return _page(visit, link_token, behind)


@pages.post("/x/{link_token}", LINK)
def decide(visit: Guest, link_token: str) -> Response:
    """A person's decision; the form token, and the session, device or code that a mail scanner does not have."""
    try:
        behind = behind_link(visit, link_token)
    except Refused as refused:
        return late_answer(visit, link_token) or _result_or_dead(visit, link_token, refused)
    if behind is None or behind.standing is None:
        return _page(visit, link_token, behind) if behind else visit.go(f"/nhan/{link_token}")
    if behind.by_code:
        wrong = wrong_code(visit, link_token)
        if wrong is not None:
            return _decision(visit, link_token, behind, [Mistake("ma", sentence_of(wrong.reasons[0]))])
    try:
        if wants_proof(visit):
            return begin_proof(visit, behind.seen, behind.standing, **_of_link(link_token, behind))
        hand_in(visit, behind.seen.task, behind.standing)
    except Refused as refused:
        more = _of_link(link_token, behind)
        result = f"/x/{link_token}/ket-qua"
        return after_refusal(visit, behind.seen, behind.standing, refused, result, **more)
    with visit.web.database.write() as connection:
        links.use(connection, link_token, visit.now)
    visit.web.nudge()
    return visit.go(f"/x/{link_token}/ket-qua")


@pages.get("/x/{link_token}/ket-qua", LINK)
def show_result(visit: Guest, link_token: str) -> Response:
    """What the decision behind this link led to; also after the link is used up."""
    with visit.web.database.read() as connection:
        link = find_link(connection, digest(link_token))
        task = worklist.task(connection, link.task_id) if link and link.task_id else None
        known = link is not None and is_known(visit, link)
    if task is None:
        return dead_link(visit, Refused("LINK_UNKNOWN"))
    if task.status == "open":
        return visit.go(f"/x/{link_token}")
    if not known:
        return dead_link(visit, Refused("LINK_USED", task_id=task.id))
    return result_page(visit, task.id)


@pages.post("/x/{link_token}/gui-ma", LINK)
def send_code(visit: Guest, link_token: str) -> Response:
    """A second letter with a code to type, to the address that the first one went to."""
    return send_code_for(visit, link_token, f"/x/{link_token}")


@pages.post("/x/{link_token}/gui-lai", LINK)
def send_again(visit: Guest, link_token: str) -> Response:
    """A new link to the same person or body, when this one is expired or replaced; one letter a day."""
    with visit.web.database.write() as connection:
        link = find_link(connection, digest(link_token))
        if link is None or link.task_id is None:
            raise NotFound("link")
        still_asked = why_dead(connection, link, visit.now) in (None, "draft")
        task = worklist.task(connection, link.task_id)
        waits = task is not None and task.status == "open" and still_asked
        if task is None or not (waits or still_heard(visit, connection, task)):
            raise Refused("NOT_WAITING")
        whom = {"person_id": link.person_id} if link.person_id else {"body_id": link.body_id}
        key = f"new_link:{link.token_hash}:{visit.now.date().isoformat()}"
        telling.tell(
            connection,
            "new_link",
            key,
            visit.now,
            office_id=task.office_id,
            plan_id=task.plan_id,
            case_id=task.case_id,
            task_id=task.id,
            data=whom,
        )
    visit.web.nudge()
    return visit.page("link_sent.html", notice=vi.LINK_SENT)


def behind_link(visit: Visit, token: str) -> Behind | None:
    """What the link leads to; None for the link of a receipt; Refused LINK_… when it is not usable."""
    with visit.web.database.read() as connection:
        link = links.resolve(connection, token, visit.now)
        if link.task_id is None:
            return None
        seen = task_seen(connection, link.task_id)
        if seen.task.status != "open":
            raise Refused("LINK_USED", task_id=link.task_id, person_id=link.person_id, body_id=link.body_id)
        return Behind(link, seen, standing_of_link(visit, connection, link, seen.task))


def _page(visit: Visit, token: str, behind: Behind) -> Response:
    if behind.standing is not None:
        return _decision(visit, token, behind, [])
    if visit.session is not None:
        return of_another(visit, behind.link, behind.seen.task)
    return visit.page("link_who.html", seen=behind.seen, path=f"/x/{token}")


def _decision(visit: Visit, token: str, behind: Behind, wrong: list[Mistake]) -> Response:
    assert behind.standing is not None
    more = _of_link(token, behind) | {"code_sent": visit.request.query_params.get("ma") == "1"}
    status = 422 if wrong else 200
    return decision_page(visit, behind.seen, behind.standing, visit.form.fields, wrong, status, **more)


def _of_link(token: str, behind: Behind) -> dict[str, object]:
    return {"by_code": behind.by_code, "link_token": token, "post_to": f"/x/{token}"}


def _result_or_dead(visit: Visit, token: str, refused: Refused) -> Response:
    """A second press of the button finds the link used: the same result page, not an error."""
    return visit.go(f"/x/{token}/ket-qua") if refused.code == "LINK_USED" else dead_link(visit, refused)


def dead_link(visit: Visit, refused: Refused) -> Response:
    """Why the link leads nowhere, and what to do instead."""
    if refused.code == "LINK_UNKNOWN":
        limit = too_many(visit)
        if limit is not None:
            return limit
    task_id = refused.facts.get("task_id")
    with visit.web.database.read() as connection:
        task = worklist.task(connection, str(task_id)) if task_id else None
        heard = task is not None and still_heard(visit, connection, task)
    return visit.page(
        "link_dead.html",
        status=404 if refused.code == "LINK_UNKNOWN" else 410,
        sentence=sentence_of(refused.reasons[0]),
        why=step_up_words.LINK_WHY.get(str(refused.facts.get("why")), ""),
        code=refused.code,
        task=task,
        path=visit.request.url.path,
        heard=heard,
        may_ask=task is not None
        and (task.status == "open" or heard)
        and refused.facts.get("why") in (None, "draft")
        and refused.code != "LINK_UNKNOWN",
    )
