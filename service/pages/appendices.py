"""Phụ lục là tệp riêng: added and taken away on the tab Văn bản, by the drafting unit."""

from __future__ import annotations

from starlette.responses import Response

from service.auth.policy import Pages, role
from service.auth.visit import Guest
from service.statuses import status_of
from workflows.actions.keep_appendix import keep_appendix, withdraw_appendix
from workflows.errors import NotFound, Refused

from .mistakes import Mistake, mistakes_of
from .papers import papers_tab

pages = Pages()
DRAFTERS = ("can_bo", "thu_truong")


@pages.post("/ke-hoach/{plan_id}/phu-luc", role(*DRAFTERS))
def add(visit: Guest, plan_id: int) -> Response:
    """Keep the uploaded PDF as an appendix."""
    upload = visit.form.files.get("tep")
    if upload is None:
        return papers_tab(visit, plan_id, [Mistake.empty("tep")], 422)
    try:
        keep_appendix(visit.desk(), plan_id, upload.name, upload.content)
    except Refused as refused:
        if isinstance(refused, NotFound) or status_of(refused) != 422:
            raise
        return papers_tab(visit, plan_id, mistakes_of(refused), 422)
    return visit.go(f"/ke-hoach/{plan_id}/van-ban")


@pages.post("/ke-hoach/{plan_id}/phu-luc/{file_id}/bo", role(*DRAFTERS))
def withdraw(visit: Guest, plan_id: int, file_id: int) -> Response:
    """Take the appendix away; its file stays on record."""
    withdraw_appendix(visit.desk(), plan_id, file_id)
    return visit.go(f"/ke-hoach/{plan_id}/van-ban")
