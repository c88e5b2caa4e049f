"""Create a plan: hand in the text, then (once its reading is confirmed) choose the way it takes and send it off."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import AGAIN, Guest, Visit
from workflows.actions.import_plan import import_plan
from workflows.actions.start_plan import start_plan
from workflows.errors import Refused
from workflows.plans.checks import check_plan
from workflows.store import directory, plans, worklist
from workflows.store.local_days import local_day
from workflows.store.screens import plan_page

from . import starting_text
from .kept_form import handed_in, kept_on
from .mistakes import Mistake, mistakes_of
from .own_draft import ELSEWHERE, bodies_around, own_draft
from .route_preview import preview_of
from .routing_form import chosen, offered, typed_at_first
from .starting_text import begun_with
from .upload import text_given

pages = Pages()
NEW = "/ke-hoach/moi"


@pages.get("/ke-hoach/moi", PERSON)
def show_new(visit: Guest) -> Response:
    """Choose the unit and what to begin with: a file, a text, an empty form, or another plan."""
    return _new_page(visit, [])


@pages.post("/ke-hoach/moi", PERSON)
def take_in(visit: Guest) -> Response:
    """Read the text and keep it as a draft; a text that is no plan is refused and stays on the page."""
    if visit.form.has(AGAIN):
        return _new_page(visit, [])
    units = _units(visit)
    unit = next((each for each in units if str(each.id) == visit.form.text("don_vi_soan")), None)
    if unit is None or unit.office_id is None:
        return _new_page(visit, [Mistake.empty("don_vi_soan")])
    try:
        text, source = text_given(visit.form)
        plan_id = import_plan(
            visit.desk(), office_id=unit.office_id, drafting_unit_id=unit.id, text=text, source=source
        )
    except Refused as refused:
        return _new_page(visit, mistakes_of(refused))
    handed_in(visit, NEW)
    return visit.go(f"/ke-hoach/{plan_id}/doc-hieu")


@pages.get("/ke-hoach/{plan_id}/duong-di", PERSON)
def show_routing(visit: Guest, plan_id: int) -> Response:
    """Who signs, who is asked, how long they have; and the route and dates that follow."""
    plan = own_draft(visit, plan_id)
    return _routing_page(visit, plan, typed_at_first(visit, plan), [])


@pages.post("/ke-hoach/{plan_id}/duong-di", PERSON)
def send_off(visit: Guest, plan_id: int) -> Response:
    """Show the route again with these choices, or start the plan on it."""
    plan = own_draft(visit, plan_id)
    routing, wrong = chosen(visit, plan)
    if wrong or visit.form.has("xem_truoc") or visit.form.has(AGAIN):
        return _routing_page(visit, plan, dict(visit.form.fields), wrong)
    try:
        case_id = start_plan(visit.desk(), plan_id, routing)
    except Refused as refused:
        if refused.code in ELSEWHERE:
            raise
        return _routing_page(visit, plan, dict(visit.form.fields), mistakes_of(refused))
    visit.web.nudge()
    return visit.go(_first_task(visit, case_id) or f"/ke-hoach/{plan_id}")


def _first_task(visit: Visit, case_id: int) -> str:
    """Where whoever started the plan submits it: the draft is with them until they do."""
    with visit.web.database.read() as connection:
        waiting = [each for each in worklist.open_tasks_of(connection, case_id=case_id) if each.form == "soan_thao"]
    return f"/viec/{waiting[0].id}?xong=vao" if len(waiting) == 1 else ""


def _units(visit: Visit) -> Sequence[directory.Body]:
    with visit.web.database.read() as connection:
        return plan_page.drafting_units(connection, visit.person.groups)


def _new_page(visit: Visit, wrong: list[Mistake]) -> Response:
    units = _units(visit)
    if not units:
        raise Refused("ROLE_NEEDED", roles=["can_bo", "thu_truong"])
    asked = visit.request.query_params
    unit = next((each for each in units if str(each.id) == asked.get("don_vi_soan")), units[0])
    year = asked.get("nam", "")
    with visit.web.database.read() as connection:
        begun = begun_with(visit, connection, unit, asked.get("tu", ""), int(year) if year in _years(visit) else 0)
        choices = starting_text.offered(visit, connection)
    kept = kept_on(visit, NEW)
    first = {"van_ban": begun.text, "don_vi_soan": str(unit.id)} if begun else kept["refilled"]
    return visit.page(
        "new_plan.html",
        status=422 if wrong else 200,
        units=units,
        choices=choices,
        begun=begun,
        years=_years(visit),
        next_year=str(local_day(visit.now).year + 1),
        typed=visit.form.fields or first,
        wrong=wrong,
        **kept,
    )


def _years(visit: Visit) -> list[str]:
    """The years into which a plan may be carried on."""
    return [str(local_day(visit.now).year + each) for each in starting_text.YEARS]


def _routing_page(visit: Visit, plan: plans.Plan, typed: dict[str, str], wrong: list[Mistake]) -> Response:
    routing, _ = chosen(visit, plan, typed)
    with visit.web.database.read() as connection:
        version = plans.version(connection, plan.id, plan.version)
        bodies = bodies_around(connection, plan, visit)
        route = preview_of(connection, plan, routing, visit.now)
    return visit.page(
        "routing.html",
        status=422 if wrong else 200,
        plan=plan,
        bodies=offered(bodies, plan),
        route=route,
        has_recipients=bool(version.document.recipients),
        findings=check_plan(version.document, local_day(visit.now)),
        typed=typed,
        wrong=wrong,
    )
