"""What leaders may do to a whole plan from its page: stop it, with a reason."""

from __future__ import annotations

from starlette.responses import Response

from service.auth.policy import Pages, role
from service.auth.visit import Guest
from service.statuses import status_of
from workflows.actions.stop_plan import stop_plan
from workflows.errors import Refused

from .mistakes import mistakes_of
from .plan import overview_page

pages = Pages()


@pages.post("/ke-hoach/{plan_id}/dung", role("chu_tich", "pho_chu_tich"))
def stop(visit: Guest, plan_id: int) -> Response:
    """Stop the plan; open work of it ends."""
    form = visit.form
    if form.has("xem_lai"):
        return overview_page(visit, plan_id, form.fields)
    try:
        stop_plan(visit.desk(), plan_id, form.text("ly_do"))
    except Refused as refused:
        if status_of(refused) != 422:
            raise
        return overview_page(visit, plan_id, form.fields, mistakes_of(refused), 422)
    visit.web.nudge()
    return visit.go(f"/ke-hoach/{plan_id}")
