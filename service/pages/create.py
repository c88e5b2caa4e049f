"""Create a plan: hand in the text, look at what the machine understood, choose the way it takes, and send it off."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection
from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest, Visit
from workflows.actions.confirm_reading import confirm_reading
from workflows.actions.import_plan import import_plan
from workflows.actions.revise_plan import revise_plan
from workflows.actions.start_plan import start_plan
from workflows.actions.teach_name import teach_name
from workflows.errors import NotFound, Refused
from workflows.store import directory, plans
from workflows.store.local_days import local_day
from workflows.store.screens import plan_page, review

from .document_view import blocks_of
from .filled_in import same_text
from .mistakes import Mistake, mistakes_of
from .route_preview import preview_of
from .routing_form import chosen, offered, typed_at_first
from .upload import text_of

pages = Pages()
# Refusals that the form of the same page cannot mend.
ELSEWHERE = frozenset({"NOT_FOUND", "NOT_YOURS", "NOT_A_DRAFT", "ALREADY_STARTED"})


@pages.get("/ke-hoach/moi", PERSON)
def show_new(visit: Guest) -> Response:
    """Choose the unit, give a file or paste the text."""
    return _new_page(visit, [])


@pages.post("/ke-hoach/moi", PERSON)
def take_in(visit: Guest) -> Response:
    """Read the text and keep it as a draft; a text that is no plan is refused and stays on the page."""
    units = _units(visit)
    unit = next((each for each in units if str(each.id) == visit.form.text("don_vi_soan")), None)
    if unit is None or unit.office_id is None:
        return _new_page(visit, [Mistake.empty("don_vi_soan")])
    try:
        text = text_of(visit.form.files["tep"]) if "tep" in visit.form.files else visit.form.fields.get("van_ban", "")
        plan_id = import_plan(visit.desk(), office_id=unit.office_id, drafting_unit_id=unit.id, text=text)
    except Refused as refused:
        return _new_page(visit, mistakes_of(refused))
    return visit.go(f"/ke-hoach/{plan_id}/doc-hieu")


@pages.get("/ke-hoach/{plan_id}/doc-hieu", PERSON)
def show_reading(visit: Guest, plan_id: int) -> Response:
    """The text on one side, what the machine understood on the other, doubts first."""
    return _review_page(visit, plan_id, [])


@pages.post("/ke-hoach/{plan_id}/doc-hieu", PERSON)
def confirm(visit: Guest, plan_id: int) -> Response:
    """A person looked and confirms; what stands against it is listed."""
    try:
        confirm_reading(visit.desk(), plan_id)
    except Refused as refused:
        return _again(visit, plan_id, refused)
    return visit.go(f"/ke-hoach/{plan_id}/duong-di")


@pages.post("/ke-hoach/{plan_id}/day-ten", PERSON)
def teach(visit: Guest, plan_id: int) -> Response:
    """Tell the directory whom a name means: a body that is there, or a new unit of the office."""
    plan = _own_draft(visit, plan_id)
    chosen_id = visit.form.text("co_quan")
    known = int(chosen_id) if chosen_id.isdecimal() else None
    if known is None and chosen_id != "moi":
        return _review_page(visit, plan_id, [Mistake.empty("co_quan")])
    try:
        teach_name(visit.desk(), plan.office_id, visit.form.text("ten"), known)
    except Refused as refused:
        return _again(visit, plan_id, refused)
    return visit.go(f"/ke-hoach/{plan_id}/doc-hieu#ten-chua-biet")


@pages.post("/ke-hoach/{plan_id}/sua", PERSON)
def revise(visit: Guest, plan_id: int) -> Response:
    """Keep a corrected text as the next version and read it again."""
    plan = _own_draft(visit, plan_id)
    form = visit.form
    try:
        text = text_of(form.files["tep"]) if "tep" in form.files else form.fields.get("van_ban", "")
        with visit.web.database.read() as connection:
            current = plans.version(connection, plan_id, plan.version)
        seen = form.text("phien_ban")
        if not same_text(text, current.text):
            version = int(seen) if seen.isdecimal() else 0
            revise_plan(visit.desk(), plan_id, text, form.text("ghi_chu"), seen_version=version)
    except Refused as refused:
        return _again(visit, plan_id, refused)
    return visit.go(f"/ke-hoach/{plan_id}/doc-hieu")


@pages.get("/ke-hoach/{plan_id}/duong-di", PERSON)
def show_routing(visit: Guest, plan_id: int) -> Response:
    """Who signs, who is asked, how long they have; and the route and dates that follow."""
    plan = _own_draft(visit, plan_id)
    return _routing_page(visit, plan, typed_at_first(visit, plan), [])


@pages.post("/ke-hoach/{plan_id}/duong-di", PERSON)
def send_off(visit: Guest, plan_id: int) -> Response:
    """Show the route again with these choices, or start the plan on it."""
    plan = _own_draft(visit, plan_id)
    routing, wrong = chosen(visit, plan)
    if wrong or visit.form.has("xem_truoc"):
        return _routing_page(visit, plan, dict(visit.form.fields), wrong)
    try:
        start_plan(visit.desk(), plan_id, routing)
    except Refused as refused:
        if refused.code in ELSEWHERE:
            raise
        return _routing_page(visit, plan, dict(visit.form.fields), mistakes_of(refused))
    visit.web.nudge()
    return visit.go(f"/ke-hoach/{plan_id}")


def _units(visit: Visit) -> Sequence[directory.Body]:
    with visit.web.database.read() as connection:
        return plan_page.drafting_units(connection, visit.person.groups)


def _own_draft(visit: Visit, plan_id: int) -> plans.Plan:
    """The plan, which the visitor's unit drafts and which has not been started."""
    with visit.web.database.read() as connection:
        plan = plans.plan(connection, plan_id)
    unit = plan.drafting_unit_id
    if not {f"can_bo@{unit}", f"thu_truong@{unit}"} & visit.person.groups:
        raise NotFound("plan", id=plan_id)
    if plan.status != "draft":
        raise Refused("ALREADY_STARTED", status=plan.status)
    return plan


def _new_page(visit: Visit, wrong: list[Mistake]) -> Response:
    units = _units(visit)
    if not units:
        raise Refused("ROLE_NEEDED", roles=["can_bo", "thu_truong"])
    return visit.page("new_plan.html", status=422 if wrong else 200, units=units, typed=visit.form.fields, wrong=wrong)


def _again(visit: Visit, plan_id: int, refused: Refused) -> Response:
    if refused.code in ELSEWHERE:
        raise refused
    return _review_page(visit, plan_id, mistakes_of(refused), 409 if refused.code == "STALE" else 422)


def _review_page(visit: Visit, plan_id: int, wrong: list[Mistake], status: int = 422) -> Response:
    plan = _own_draft(visit, plan_id)
    with visit.web.database.read() as connection:
        version = plans.version(connection, plan_id, plan.version)
        unknown = review.unknown_names(connection, plan, version.document, local_day(visit.now))
        bodies = _bodies(connection, plan, visit)
    return visit.page(
        "review.html",
        status=status if wrong else 200,
        plan=plan,
        version=version,
        document=version.document,
        blocks=blocks_of(version.document),
        unknown=unknown,
        bodies=bodies,
        wrong=wrong,
        typed=visit.form.fields,
    )


def _routing_page(visit: Visit, plan: plans.Plan, typed: dict[str, str], wrong: list[Mistake]) -> Response:
    routing, _ = chosen(visit, plan, typed)
    with visit.web.database.read() as connection:
        version = plans.version(connection, plan.id, plan.version)
        bodies = _bodies(connection, plan, visit)
        route = preview_of(connection, plan, routing, visit.now)
    return visit.page(
        "routing.html",
        status=422 if wrong else 200,
        plan=plan,
        bodies=offered(bodies, plan),
        route=route,
        has_recipients=bool(version.document.recipients),
        typed=typed,
        wrong=wrong,
    )


def _bodies(connection: Connection, plan: plans.Plan, visit: Visit) -> list[directory.Body]:
    return directory.bodies_of(connection, plan.office_id, local_day(visit.now))
