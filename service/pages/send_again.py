"""Gửi lại to a line of Nơi nhận that electronic exchange did not reach."""

from __future__ import annotations

from starlette.responses import Response

from service.auth.policy import Pages, role
from service.auth.visit import Guest
from workflows.actions.exchanging.send_again import send_again

pages = Pages()


@pages.post("/noi-nhan/{recipient_id}/gui-lai", role("van_thu"))
def again(visit: Guest, recipient_id: int) -> Response:
    """Have it sent once more; back to the page of the plan or of the report cycle."""
    line = send_again(visit.desk(), recipient_id)
    visit.web.nudge()
    where = f"/ke-hoach/{line.subject_id}/noi-nhan" if line.subject == "plan" else f"/bao-cao/{line.subject_id}"
    return visit.go(where)
