"""Việc khác: everything that may be done with a task besides deciding it, each a post of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.whole_number import whole_number
from service.words.dates import read_day
from workflows.actions.ask_person import Request, ask_person, withdraw_request
from workflows.actions.comment import comment
from workflows.actions.delegate_task import delegate_task, hand_back_task
from workflows.actions.desk import Desk
from workflows.actions.keep_draft import drop_draft, save_draft
from workflows.actions.put_off_task import put_off_task, take_up_task
from workflows.actions.reassign_task import free_task, reassign_task
from workflows.actions.source_file import SourceFile
from workflows.errors import Refused

from .filled_in import to_keep
from .mistakes import Mistake, mistakes_of
from .task import approach, decision_page, look, shown_text

pages = Pages()
# The fields of each form that are called otherwise than in the verb's refusals, so that ids on the page differ.
FIELDS: Mapping[str, Mapping[str, str]] = {
    "chuyen": {"nguoi": "chuyen_nguoi", "ly_do": "chuyen_ly_do"},
    "giai-phong": {"ly_do": "giai_phong_ly_do"},
    "uy-quyen": {"nguoi": "uy_quyen_nguoi", "ly_do": "uy_quyen_loi_dan"},
    "tra-lai": {"ly_do": "tra_lai_loi_nhan"},
    "hoi": {"nguoi": "hoi_nguoi", "cau_hoi": "hoi_noi_dung", "han": "hoi_han"},
    "trao-doi": {"tep_kem": "trao_doi"},
    "nhac-lai": {},
}


@pages.post("/viec/{task_id}/chuyen", PERSON)
def hand_on(visit: Guest, task_id: str) -> Response:
    """Give the task to another person, with the reason."""
    form = visit.form
    return _do(
        visit,
        task_id,
        "chuyen",
        lambda desk: reassign_task(desk, task_id, _person(visit, "chuyen_nguoi"), form.text("chuyen_ly_do")),
        to="/viec",
    )


@pages.post("/viec/{task_id}/giai-phong", PERSON)
def free(visit: Guest, task_id: str) -> Response:
    """Put a held task back on the group's pile, over the head of its holder."""
    return _do(visit, task_id, "giai-phong", lambda desk: free_task(desk, task_id, visit.form.text("giai_phong_ly_do")))


@pages.post("/viec/{task_id}/uy-quyen", PERSON)
def delegate(visit: Guest, task_id: str) -> Response:
    """Let another work on it; it comes back."""
    form = visit.form
    return _do(
        visit,
        task_id,
        "uy-quyen",
        lambda desk: delegate_task(desk, task_id, _person(visit, "uy_quyen_nguoi"), form.text("uy_quyen_loi_dan")),
    )


@pages.post("/viec/{task_id}/tra-lai-uy-quyen", PERSON)
def hand_back(visit: Guest, task_id: str) -> Response:
    """Give it back to the owner, or take it back."""
    return _do(
        visit, task_id, "tra-lai", lambda desk: hand_back_task(desk, task_id, visit.form.text("tra_lai_loi_nhan"))
    )


@pages.post("/viec/{task_id}/hoi", PERSON)
def ask(visit: Guest, task_id: str) -> Response:
    """Ask one more person, or forward the task to be looked at."""
    form = visit.form

    def do(desk: Desk) -> None:
        due = form.text("hoi_han")
        day = read_day(due) if due else None
        if due and day is None:
            raise Refused("BAD_DATE", field="han", value=due)
        how = form.text("hoi_cach")
        kind, blocking = ("chuyen_tiep", True) if how == "chuyen_tiep" else ("hoi_them", how != "tham_khao")
        ask_person(desk, task_id, Request(_person(visit, "hoi_nguoi"), form.text("hoi_noi_dung"), kind, blocking, day))

    return _do(visit, task_id, "hoi", do)


@pages.post("/viec/{task_id}/rut", PERSON)
def withdraw(visit: Guest, task_id: str) -> Response:
    """Take a request back; the address is that of the request, the page that of the task around it."""
    task, standing = approach(visit, task_id)
    withdraw_request(visit.desk(standing.actor), task_id)
    return visit.go(f"/viec/{task.asked_in or task_id}?xong=rut")


@pages.post("/viec/{task_id}/trao-doi", PERSON)
def say(visit: Guest, task_id: str) -> Response:
    """Words and files about the task."""
    task, _ = approach(visit, task_id)
    plan_id = task.plan_id or 0
    return _do(
        visit,
        task_id,
        "trao-doi",
        lambda desk: comment(desk, plan_id, visit.form.text("trao_doi"), task_id, files=files_of(visit)),
    )


@pages.post("/viec/{task_id}/nhac-lai", PERSON)
def put_off(visit: Guest, task_id: str) -> Response:
    """Show it again on a later day; without a day, now."""
    said = visit.form.text("nhac_lai")

    def do(desk: Desk) -> None:
        day = read_day(said)
        if day is None:
            raise Refused("BAD_DATE" if said else "FIELD_REQUIRED", field="nhac_lai", value=said)
        put_off_task(desk, task_id, day)

    if visit.form.has("ngay_bay_gio"):
        return _do(visit, task_id, "nhac-lai", lambda desk: take_up_task(desk, task_id), mark="")
    return _do(visit, task_id, "nhac-lai", do, to="/viec")


@pages.post("/viec/{task_id}/nhap", PERSON)
def keep_draft(visit: Guest, task_id: str) -> Response:
    """Keep what was typed, for the script that asks from time to time; nothing is shown."""
    task, standing = approach(visit, task_id)
    save_draft(visit.desk(standing.actor), task_id, to_keep(visit.form, shown_text(visit, task)))
    return Response(status_code=204)


@pages.post("/viec/{task_id}/bo-nhap", PERSON)
def throw_draft_away(visit: Guest, task_id: str) -> Response:
    """Begin the form again."""
    return _do(visit, task_id, "bo-nhap", lambda desk: drop_draft(desk, task_id))


def files_of(visit: Visit) -> list[SourceFile]:
    """The files that were added."""
    return [SourceFile(each.name, each.content) for each in visit.form.uploads.get("tep_kem", ())]


def _person(visit: Visit, field: str) -> int:
    said = visit.form.text(field)
    if not said:
        raise Refused("FIELD_REQUIRED", field="nguoi")
    number = whole_number(said)
    if number is None:
        raise Refused("BAD_FIELD", field="nguoi", value=said[:40], allowed=[])
    return number


def _do(  # noqa: PLR0917 - one act of a page
    visit: Visit,
    task_id: str,
    panel: str,
    act: Callable[[Desk], object],
    to: str = "",
    mark: str | None = None,
) -> Response:
    """Do it and say so; what a person can correct is shown in the form that it came from, which stays open."""
    task, standing = approach(visit, task_id)
    try:
        act(visit.desk(standing.actor))
    except Refused as refused:
        if status_of(refused) != 422 or task.status != "open":
            raise
        wrong = [Mistake(_field(panel, each.field), each.sentence) for each in mistakes_of(refused)]
        return decision_page(visit, *look(visit, task_id), visit.form.fields, wrong, 422, panel=panel)
    visit.web.nudge()
    said = panel if mark is None else mark
    return visit.go(f"{to or f'/viec/{task_id}'}{f'?xong={said}' if said else ''}")


def _field(panel: str, field: str) -> str:
    """The name on the page of a field that a refusal names; reasons without a place concern the whole form."""
    known = FIELDS.get(panel, {})
    return known.get(field, field if field in ("trao_doi", "nhac_lai") else "")
