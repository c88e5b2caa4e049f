"""The decision page of one task: read, decide once, and see what happens next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row
from starlette.responses import Response

from service.auth.actor import FIELD, Standing, require_choice, standing_for
from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.words import signatures as said
from service.words import telling_words, work_words
from service.words.dates import day_words
from service.words.deadline_words import counted_words
from service.words.refusals import sentence_of, sentences_of
from workflows.actions.act_on_task import act_on_task
from workflows.actions.approve import signing_capacity
from workflows.actions.claim_task import claim_task, release_task
from workflows.actions.consulting.opinion_paper import examined
from workflows.actions.desk import Work
from workflows.actions.forms.sign import EARLIER_STEPS
from workflows.actions.keep_draft import save_draft
from workflows.actions.open_page import open_page
from workflows.actions.order_signatures import Standing as Signatures
from workflows.actions.order_signatures import standing as signatures_of
from workflows.actions.return_task import targets_of_task
from workflows.actions.source_file import SourceFile
from workflows.engine import Targets
from workflows.engine.rights import may_act
from workflows.errors import NotFound, Refused
from workflows.plans.capacity import signature_block
from workflows.plans.numbering import plan_symbol, report_symbol
from workflows.store import clockwork, directory, issuing, own_marks, plans, worklist
from workflows.store.local_days import local_day
from workflows.store.screens import sight
from workflows.store.screens.task import TaskSeen, task_seen
from workflows.store.screens.told import ToldRow, told_of_task
from workflows.store.worklist import TaskRow

from .document_view import blocks_of
from .editing import Editing, editors
from .filled_in import fields_to_send, to_keep
from .mistakes import Mistake, mistakes_of
from .proving import challenge, proof_of, prove, send_code, wants_proof
from .report_facts import report_facts
from .result import result_page
from .since_seen import since_last_seen
from .task_work import around

pages = Pages()
# The symbol of the document that a form numbers, by the name of its office.
SYMBOL_OF: Mapping[str, Callable[[str], str]] = {"cap_so": plan_symbol, "cap_so_bao_cao": report_symbol}
# After these the page says who decided what instead of showing the form again.
# The steps that a form of ours offers itself, in its own words.
RETURNED_BY_FORM: Mapping[str, tuple[str, ...]] = {
    "kiem_tra": ("soan_thao",),
    "ky": EARLIER_STEPS,
    "kiem_tra_bao_cao": ("tong_hop",),
    "ky_bao_cao": ("tong_hop",),
    "duyet_ra_soat": ("ra_soat",),
    "xac_nhan": ("thuc_hien",),
}
# The forms that write in the draft.
WRITES = frozenset({"soan_thao", "tiep_thu"})
SETTLED = frozenset({"ALREADY_DONE", "TASK_CANCELLED", "NOT_WAITING", "STALE"})


@pages.get("/viec/{task_id}", PERSON)
def show(visit: Guest, task_id: str) -> Response:
    """The task; once it is closed, what came of it."""
    seen, standing = look(visit, task_id)
    if seen.task.status != "open" or not note_opened(visit, seen, standing):
        return result_page(visit, task_id)
    kept = draft_of(visit, seen, standing)
    return decision_page(visit, seen, standing, typed=kept, wrong=[])


@pages.get("/viec/{task_id}/ket-qua", PERSON)
def show_result(visit: Guest, task_id: str) -> Response:
    """What the decision led to."""
    seen, standing = look(visit, task_id)
    if seen.task.status == "open":
        return decision_page(visit, seen, standing, typed={}, wrong=[])
    return result_page(visit, task_id)


@pages.post("/viec/{task_id}", PERSON)
def decide(visit: Guest, task_id: str) -> Response:
    """Hand the form in; pressed twice it is one decision and the same result page."""
    task, standing = approach(visit, task_id)
    if visit.form.has("xem_lai") and task.status == "open":
        return decision_page(visit, *look(visit, task_id), visit.form.fields, [])
    try:
        if visit.form.has("luu_nhap") and task.status == "open":
            save_draft(visit.desk(standing.actor), task_id, to_keep(visit.form, shown_text(visit, task)))
            return visit.go(f"/viec/{task_id}?xong=nhap")
        if wants_proof(visit):
            return begin_proof(visit, *look(visit, task_id))
        hand_in(visit, task, standing)
    except Refused as refused:
        return after_refusal(visit, *look(visit, task_id), refused, f"/viec/{task_id}/ket-qua")
    visit.web.nudge()
    return visit.go(f"/viec/{task_id}/ket-qua")


@pages.post("/viec/{task_id}/nhan", PERSON)
def take(visit: Guest, task_id: str) -> Response:
    """Take the task out of the group's pile."""
    _, standing = approach(visit, task_id)
    claim_task(visit.desk(standing.actor), task_id)
    return visit.go(f"/viec/{task_id}")


@pages.post("/viec/{task_id}/tra-lai-nhom", PERSON)
def give_back(visit: Guest, task_id: str) -> Response:
    """Put the task back on the group's pile."""
    _, standing = approach(visit, task_id)
    release_task(visit.desk(standing.actor), task_id)
    return visit.go(f"/viec/{task_id}")


def note_opened(visit: Visit, seen: TaskSeen, standing: Standing) -> bool:
    """Somebody who may act has the task before their eyes; False when it was closed or taken back meanwhile."""
    if visit.looks_ahead or may_act(seen.task, standing.actor):
        return True
    version = seen.version.version if seen.version else None
    return open_page(visit.desk(standing.actor), seen.task.id, seen.task.plan_id, version)


def begin_proof(visit: Visit, seen: TaskSeen, standing: Standing, **more: object) -> Response:
    """Send a code by mail, or give the page the challenge of a passkey; what was typed stays, nothing is decided."""
    require_choice(standing, visit.form.text(FIELD))
    proof = proof_of(visit, seen.task, standing.actor)
    barred = may_act(seen.task, standing.actor)
    if barred:
        raise Refused.because(barred)
    if proof is None:
        raise NotFound("signature", id=seen.task.id)
    if visit.form.has("xin_khoa"):
        return challenge(visit, proof.asked)
    send_code(visit, proof.asked)
    return decision_page(visit, seen, standing, visit.form.fields, [], 200, code_asked=True, **more)


def hand_in(visit: Visit, task: TaskRow, standing: Standing) -> None:
    """Judge and carry out what was posted; a signature asks for a proof of who signs first."""
    form = visit.form
    require_choice(standing, form.text(FIELD))
    prove(visit, task, standing.actor)
    fields = fields_to_send(form, shown_text(visit, task))
    files = [SourceFile(each.name, each.content) for each in form.uploads.get("tep_kem", ())]
    desk, upload = visit.desk(standing.actor), form.files.get("tep_cong_van")
    papers = (examined(desk, upload.name, upload.content),) if upload is not None else ()
    act_on_task(desk, task.id, fields, seen_hash=form.text("da_xem") or None, files=files, papers=papers)


def draft_of(visit: Visit, seen: TaskSeen, standing: Standing) -> Mapping[str, str]:
    """What the person typed before and kept, while the task may still be done by them."""
    if may_act(seen.task, standing.actor) or standing.actor.person is None:
        return {}
    with visit.web.database.read() as connection:
        kept = own_marks.draft_of(connection, seen.task.id, standing.actor.person)
    return kept.fields if kept is not None else {}


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
    barred = may_act(seen.task, standing.actor)
    facts: dict[str, object] = {
        "by_code": False,
        "code_sent": False,
        "code_asked": False,
        "link_token": "",
        "returning": False,
        "post_to": f"/viec/{seen.task.id}",
        "panel": "",
    }
    return visit.page(
        "task.html",
        status=status,
        seen=seen,
        standing=standing,
        typed={name: value for name, value in typed.items() if name not in ("ma_ky", "khoa_ky")},
        proof=proof_of(visit, seen.task, standing.actor),
        wrong=wrong,
        barred=sentences_of(barred),
        blocks=blocks_of(seen.version.document) if seen.version else [],
        since=since_last_seen(visit, seen.version, standing.actor.person),
        targets=_targets(visit, seen, standing) if not barred else None,
        signature=_signature(visit, seen, standing),
        capacities=[(each, _signature(visit, seen, each)) for each in standing.options],
        signatures=_signatures(visit, seen),
        reserved=_reserved(visit, seen),
        said=said,
        why=sentence_of,
        work=work_words,
        around=around(visit, seen, standing),
        done=work_words.DONE.get(visit.request.query_params.get("xong", ""), ""),
        words_today=day_words(local_day(visit.now)),
        counted=_counted(visit, seen),
        told=_told(visit, seen),
        report=report_facts(visit, seen),
        editing=_editing(visit, seen) if not barred else None,
        telling=telling_words,
        **(facts | more),
    )


def _editing(visit: Visit, seen: TaskSeen) -> Editing | None:
    """Who else has the draft open, where the form of this step writes in it."""
    if seen.task.form not in WRITES or seen.version is None or seen.plan is None or visit.session is None:
        return None
    return Editing(seen.plan.id, seen.version.version, editors(visit, seen.plan.id))


def _targets(visit: Visit, seen: TaskSeen, standing: Standing) -> Targets | None:
    """Where the task may be returned to besides what its own form offers; None when it is closed by now."""
    try:
        found = targets_of_task(visit.desk(standing.actor), seen.task.id)
    except NotFound:
        return None
    offered = RETURNED_BY_FORM.get(seen.task.form or "", ())
    return replace(found, legal=tuple(each for each in found.legal if each.element not in offered))


def _signature(visit: Visit, seen: TaskSeen, standing: Standing) -> list[str]:
    """The lines that would stand under the document if this person signed it now."""
    if seen.task.form not in ("ky", "ky_bao_cao") or seen.plan is None:
        return []
    with visit.web.database.read() as connection:
        capacity = signing_capacity(Work(connection, visit.now, standing.actor), seen.plan.office_id)
    if capacity is None:
        return []
    return list(signature_block(capacity, seen.office, standing.actor.post or "", standing.actor.name))


def _counted(visit: Visit, seen: TaskSeen) -> str:
    """How the due date was counted in working days; empty where a day was named."""
    task, days, start = seen.task, seen.task.due_days, seen.task.opened_at
    if task.form == "gop_y" and seen.rounds and seen.rounds[-1].round.deadline == task.due:
        days, start = seen.rounds[-1].round.working_days, seen.rounds[-1].round.opened_at
    if days is None or task.due is None:
        return ""
    with visit.web.database.read() as connection:
        return counted_words(clockwork.calendar_of(connection, task.office_id), start, days)


def _told(visit: Visit, seen: TaskSeen) -> list[ToldRow]:
    """Who was told what about this task; only people of the house see it."""
    if visit.actor is None:
        return []
    with visit.web.database.read() as connection:
        return told_of_task(connection, seen.task.id)


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


def shown_text(visit: Visit, task: TaskRow) -> Callable[[], str | None]:
    """How to read the text that the form showed, for the few forms that send one back."""

    def read() -> str | None:
        if task.plan_id is None:
            return None
        with visit.web.database.read() as connection:
            return plans.current_text(connection, task.plan_id)

    return read


def look(visit: Visit, task_id: str) -> tuple[TaskSeen, Standing]:
    """The task with all around it, and in what standing the person comes to it, as `approach` says."""
    with visit.web.database.read() as connection:
        _, standing = _approached(visit, connection, task_id)
        return task_seen(connection, task_id), standing


def approach(visit: Visit, task_id: str) -> tuple[TaskRow, Standing]:
    """The bare task, which is all that an act on it needs to be judged, and in what standing the person comes to it.

    NotFound where neither right nor sight is given.
    """
    with visit.web.database.read() as connection:
        return _approached(visit, connection, task_id)


def _approached(visit: Visit, connection: Connection, task_id: str) -> tuple[TaskRow, Standing]:
    task = worklist.task(connection, task_id)
    if task is None or task.kind != "user":
        raise NotFound("task", id=task_id)
    standing = standing_for(connection, visit.person, task, visit.now, visit.form.text(FIELD))
    if may_act(task, standing.actor):
        own = sight.sight_of(connection, standing.actor.groups)
        if task.plan_id is None or not sight.sees(connection, own, task.plan_id):
            raise NotFound("task", id=task_id)
    return task, standing
