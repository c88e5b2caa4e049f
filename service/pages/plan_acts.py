"""What leaders may do to a whole plan from its page: stop it, with a reason."""

from __future__ import annotations

from starlette.responses import Response

from service.auth.policy import Pages, role
from service.auth.visit import Guest
from workflows.actions.stop_plan import stop_plan

pages = Pages()


@pages.post("/ke-hoach/{plan_id}/dung", role("chu_tich", "pho_chu_tich"))
def stop(visit: Guest, plan_id: int) -> Response:
    """Stop the plan; open work of it ends."""
    stop_plan(visit.desk(), plan_id, visit.form.text("ly_do"))
    visit.web.nudge()
    return visit.go(f"/ke-hoach/{plan_id}")
