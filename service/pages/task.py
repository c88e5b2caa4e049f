"""The decision page of one task: read, decide once, and see what happens next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Row
from starlette.responses import Response

from service.auth.actor import Standing, standing_for
from service.auth.policy import PERSON, Pages
from service.auth.sign_in import Place, check_password_of
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.words import signatures as said
from service.words.dates import day_words
from service.words.refusals import sentences_of
from workflows.actions.act_on_task import act_on_task
from workflows.actions.approve import signing_capacity
from workflows.actions.claim_task import claim_task, release_task
from workflows.actions.desk import Work
from workflows.actions.order_signatures import Standing as Signatures
from workflows.actions.order_signatures import standing as signatures_of
from workflows.engine.actor import Actor
from workflows.engine.rights import may_act
from workflows.errors import NotFound, Refused
from workflows.plans.capacity import signature_block
from workflows.plans.numbering import plan_symbol, report_symbol
from workflows.store import directory, issuing
from workflows.store.local_days import local_day
from workflows.store.screens import sight
from workflows.store.screens.task import TaskSeen, task_seen

from .document_view import blocks_of
from .filled_in import SIGNING, fields_to_send
from .mistakes import Mistake, mistakes_of
from .result import result_page

pages = Pages()
# The symbol of the document that a form numbers, by the name of its office.
SYMBOL_OF: Mapping[str, Callable[[str], str]] = {"cap_so": plan_symbol, "cap_so_bao_cao": report_symbol}
# After these the page says who decided what instead of showing the form again.
SETTLED = frozenset({"ALREADY_DONE", "TASK_CANCELLED", "NOT_WAITING", "STALE"})


@pages.get("/viec/{task_id}", PERSON)
def show(visit: Guest, task_id: str) -> Response:
    """The task; once it is closed, what came of it."""
    seen, standing = _look(visit, task_id)
    if seen.task.status != "open":
        return result_page(visit, task_id)
    return decision_page(visit, seen, standing, typed={}, wrong=[])


@pages.get("/viec/{task_id}/ket-qua", PERSON)
def show_result(visit: Guest, task_id: str) -> Response:
    """What the decision led to."""
    seen, standing = _look(visit, task_id)
    if seen.task.status == "open":
        return decision_page(visit, seen, standing, typed={}, wrong=[])
    return result_page(visit, task_id)


@pages.post("/viec/{task_id}", PERSON)
def decide(visit: Guest, task_id: str) -> Response:
    """Hand the form in; pressed twice it is one decision and the same result page."""
    seen, standing = _look(visit, task_id)
    if visit.form.has("xem_lai") and seen.task.status == "open":
        return decision_page(visit, seen, standing, visit.form.fields, [])
    try:
        hand_in(visit, seen, standing.actor, visit.person_id)
    except Refused as refused:
        return after_refusal(visit, seen, standing, refused, f"/viec/{task_id}/ket-qua")
    visit.web.nudge()
    return visit.go(f"/viec/{task_id}/ket-qua")


@pages.post("/viec/{task_id}/nhan", PERSON)
def take(visit: Guest, task_id: str) -> Response:
    """Take the task out of the group's pile."""
    _, standing = _look(visit, task_id)
    claim_task(visit.desk(standing.actor), task_id)
    return visit.go(f"/viec/{task_id}")


@pages.post("/viec/{task_id}/tra-lai-nhom", PERSON)
def give_back(visit: Guest, task_id: str) -> Response:
    """Put the task back on the group's pile."""
    _, standing = _look(visit, task_id)
    release_task(visit.desk(standing.actor), task_id)
    return visit.go(f"/viec/{task_id}")


def hand_in(visit: Visit, seen: TaskSeen, actor: Actor, account: int | None) -> None:
    """Judge and carry out what was posted; a signature asks for the password of `account` first."""
    form = visit.form
    if form.text("ket_qua") in SIGNING.get(seen.task.form or "", ()):
        if account is None:
            raise Refused("NOT_SIGNED_IN")
        if not form.fields.get("mat_khau"):
            raise Refused("FIELD_REQUIRED", field="mat_khau")
        web = visit.web
        place = Place(visit.address, visit.device_person)
        check_password_of(web.database, web.throttle, account, form.fields["mat_khau"], place, visit.now)
    fields = fields_to_send(seen, form)
    act_on_task(visit.desk(actor), seen.task.id, fields, seen_hash=form.text("da_xem") or None)


def after_refusal(
    visit: Visit, seen: TaskSeen, standing: Standing, refused: Refused, result_path: str, **more: object
) -> Response:
    """The form again with everything typed; or, when the task is settled, who settled it and how."""
    if refused.code == "ALREADY_DONE" and refused.facts.get("person") in (standing.actor.person, None):
        return visit.go(result_path)
    if refused.code in SETTLED:
        return result_page(visit, seen.task.id, status=status_of(refused), late_comer=True)
    return decision_page(visit, seen, standing, visit.form.fields, mistakes_of(refused), status_of(refused), **more)


def decision_page(  # noqa: PLR0917 - what is judged together
    visit: Visit,
    seen: TaskSeen,
    standing: Standing,
    typed: Mapping[str, str],
    wrong: list[Mistake],
    status: int = 200,
    **more: object,
) -> Response:
    """Everything on one page: what it is, who submitted it, until when, the draft, the opinions, the form."""
    barred = may_act(seen.grants, standing.actor)
    facts: dict[str, object] = {
        "by_code": False,
        "code_sent": False,
        "link_token": "",
        "post_to": f"/viec/{seen.task.id}",
    }
    return visit.page(
        "task.html",
        status=status,
        seen=seen,
        standing=standing,
        typed={name: value for name, value in typed.items() if name != "mat_khau"},
        wrong=wrong,
        barred=sentences_of(barred),
        blocks=blocks_of(seen.version.document) if seen.version else [],
        signature=_signature(visit, seen, standing),
        signatures=_signatures(visit, seen),
        reserved=_reserved(visit, seen),
        said=said,
        words_today=day_words(local_day(visit.now)),
        **(facts | more),
    )


def _signature(visit: Visit, seen: TaskSeen, standing: Standing) -> list[str]:
    """The lines that would stand under the document if this person signed it now."""
    if seen.task.form not in SIGNING or seen.plan is None:
        return []
    with visit.web.database.read() as connection:
        capacity = signing_capacity(Work(connection, visit.now, standing.actor), seen.plan.office_id)
    if capacity is None:
        return []
    return list(signature_block(capacity, seen.office, standing.actor.post or "", standing.actor.name))


def _signatures(visit: Visit, seen: TaskSeen) -> Signatures:
    """How the digital signatures of the plan stand."""
    with visit.web.database.read() as connection:
        return signatures_of(connection, "plan", seen.plan.id if seen.plan else 0)


def _reserved(visit: Visit, seen: TaskSeen) -> list[Row[Any]]:
    """The numbers that were reserved for a document like the one that is to be numbered."""
    symbol_of = SYMBOL_OF.get(seen.task.form or "")
    if symbol_of is None or seen.plan is None:
        return []
    with visit.web.database.read() as connection:
        symbol = symbol_of(directory.body(connection, seen.plan.office_id).name)
        return issuing.reserved_lines(connection, seen.plan.office_id, symbol, local_day(visit.now).year)


def _look(visit: Visit, task_id: str) -> tuple[TaskSeen, Standing]:
    """The task and in what standing the person comes to it; NotFound where neither right nor sight is given."""
    with visit.web.database.read() as connection:
        seen = task_seen(connection, task_id)
        standing = standing_for(connection, visit.person, seen.task.groups, visit.now)
        if may_act(seen.grants, standing.actor):
            own = sight.sight_of(connection, standing.actor.groups)
            if seen.plan is None or not sight.sees(connection, own, seen.plan.id):
                raise NotFound("task", id=task_id)
    return seen, standing
