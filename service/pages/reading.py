"""Check what the machine read: text left, understanding right; correct any field, then confirm."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import AGAIN, Guest, Visit
from service.whole_number import whole_number
from service.words.reading_words import FIELDS, KINDS, WORDS
from workflows.actions.confirm_reading import confirm_reading
from workflows.actions.correct_reading import correct_reading, withdraw_correction
from workflows.actions.revise_plan import revise_plan
from workflows.actions.teach_name import teach_name
from workflows.errors import Refused
from workflows.plans.checks import check_plan
from workflows.store import corrections, plans
from workflows.store.local_days import local_day
from workflows.store.screens import review

from .document_view import blocks_of
from .editing import Editing, editors
from .filled_in import same_text
from .kept_form import handed_in, kept_on
from .mistakes import Mistake, mistakes_of
from .own_draft import ELSEWHERE, bodies_around, own_draft
from .reading_forms import items_of
from .tracked_changes import warning_of
from .upload import text_given

pages = Pages()


@dataclass(frozen=True)
class Failed:
    """The form that was refused: which item it was about, or another form of the page."""

    kind: str = ""
    number: int = -1


@pages.get("/ke-hoach/{plan_id}/doc-hieu", PERSON)
def show_reading(visit: Guest, plan_id: int) -> Response:
    """The text on one side, what the machine understood on the other, doubts first."""
    return _page(visit, plan_id, [])


@pages.post("/ke-hoach/{plan_id}/doc-hieu", PERSON)
def confirm(visit: Guest, plan_id: int) -> Response:
    """A person looked and confirms; what stands against it is listed."""
    try:
        confirm_reading(visit.desk(), plan_id)
    except Refused as refused:
        return _again(visit, plan_id, refused)
    return visit.go(f"/ke-hoach/{plan_id}/duong-di")


@pages.post("/ke-hoach/{plan_id}/sua-doc-hieu", PERSON)
def correct(visit: Guest, plan_id: int) -> Response:
    """Set, drop or add one item of the reading."""
    own_draft(visit, plan_id)
    form = visit.form
    kind, deed = form.text("loai"), form.text("viec")
    place = whole_number(form.text("thu_tu"))
    number = -1 if place is None else place
    words = {name: form.text(name) for name in WORDS if form.has(name)} if deed != "drop" else {}
    try:
        correct_reading(visit.desk(), plan_id, _seen(visit), kind, deed, number, words)
    except Refused as refused:
        return _again(visit, plan_id, refused, Failed(kind, number))
    return visit.go(
        f"/ke-hoach/{plan_id}/doc-hieu#{kind}-{number}" if deed == "set" else f"/ke-hoach/{plan_id}/doc-hieu"
    )


@pages.post("/ke-hoach/{plan_id}/bo-sua", PERSON)
def undo(visit: Guest, plan_id: int) -> Response:
    """Take one correction back."""
    own_draft(visit, plan_id)
    try:
        withdraw_correction(visit.desk(), plan_id, _seen(visit), whole_number(visit.form.text("so_sua")) or 0)
    except Refused as refused:
        return _again(visit, plan_id, refused)
    return visit.go(f"/ke-hoach/{plan_id}/doc-hieu#da-sua")


@pages.post("/ke-hoach/{plan_id}/day-ten", PERSON)
def teach(visit: Guest, plan_id: int) -> Response:
    """Tell the directory whom a name means: a body that is there, or a new unit of the office."""
    plan = own_draft(visit, plan_id)
    chosen_id = visit.form.text("co_quan")
    known = whole_number(chosen_id)
    if known is None and chosen_id != "moi":
        return _page(visit, plan_id, [Mistake.empty("co_quan")])
    try:
        teach_name(visit.desk(), plan.office_id, visit.form.text("ten"), known)
    except Refused as refused:
        return _again(visit, plan_id, refused)
    return visit.go(f"/ke-hoach/{plan_id}/doc-hieu#ten-chua-biet")


@pages.post("/ke-hoach/{plan_id}/sua", PERSON)
def revise(visit: Guest, plan_id: int) -> Response:
    """Keep a corrected text as the next version and read it again."""
    plan = own_draft(visit, plan_id)
    form = visit.form
    if form.has(AGAIN):
        return _page(visit, plan_id, [])
    try:
        text, source = text_given(form)
        with visit.web.database.read() as connection:
            current = plans.version(connection, plan_id, plan.version)
        if not same_text(text, current.text):
            revise_plan(visit.desk(), plan_id, text, form.text("ghi_chu"), seen_version=_seen(visit), source=source)
        handed_in(visit, f"/ke-hoach/{plan_id}/doc-hieu")
    except Refused as refused:
        return _again(visit, plan_id, refused)
    return visit.go(f"/ke-hoach/{plan_id}/doc-hieu")


def _seen(visit: Visit) -> int:
    """The version that the page showed."""
    return whole_number(visit.form.text("phien_ban")) or 0


def _again(visit: Visit, plan_id: int, refused: Refused, failed: Failed | None = None) -> Response:
    if refused.code in ELSEWHERE:
        raise refused
    status = 409 if refused.code == "STALE" else 422
    return _page(visit, plan_id, mistakes_of(refused), status, failed)


def _page(
    visit: Visit, plan_id: int, wrong: list[Mistake], status: int = 422, failed: Failed | None = None
) -> Response:
    plan = own_draft(visit, plan_id)
    today = local_day(visit.now)
    with visit.web.database.read() as connection:
        version = plans.version(connection, plan_id, plan.version)
        unknown = review.unknown_names(connection, plan, version.document, today)
        succeeded = review.succeeded_names(connection, plan, version.document, today)
        bodies = bodies_around(connection, plan, visit)
        made = corrections.corrections_of(connection, plan_id)
        offered = review.offered_bodies(connection, plan, unknown, today)
        tracked = warning_of(connection, version)
    kept = kept_on(visit, f"/ke-hoach/{plan_id}/doc-hieu")
    return visit.page(
        "review.html",
        status=status if wrong else 200,
        plan=plan,
        version=version,
        document=version.document,
        blocks=blocks_of(version.document),
        items=items_of(version.document),
        FIELDS=FIELDS,
        KINDS=KINDS,
        findings=check_plan(version.document, today),
        unknown=unknown,
        succeeded=succeeded,
        tracked=tracked,
        offered=offered,
        bodies=bodies,
        made=made,
        wrong=wrong,
        failed=failed or Failed(),
        typed=visit.form.fields or kept["refilled"],
        editing=Editing(plan_id, plan.version, editors(visit, plan_id)),
        **kept,
    )
