"""Tuần làm việc, a part of /quy-dinh: days, half days and hours of the office, and what a change would move."""

from __future__ import annotations

from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest
from service.statuses import status_of
from workflows.actions.deadlines.set_working_week import preview_week, set_working_week
from workflows.engine.office_week import office_week
from workflows.errors import Refused

from .calendar import office_of
from .mistakes import mistakes_of
from .office_rules import WEEK_FIELDS, rules_page

pages = Pages()


@pages.post("/quy-dinh/tuan-lam-viec", PERSON)
def put_week(visit: Guest) -> Response:
    """First what would move, then, with that very list agreed to, the change."""
    form, office_id = visit.form, office_of(visit)
    if form.has("xem_lai"):
        return rules_page(visit, form.fields)
    try:
        days = tuple(form.text(name) for name in WEEK_FIELDS)
        week = office_week(days, form.text("gio_lam_viec"), closes=form.text("het_gio") == "co")
        set_working_week(visit.desk(), office_id, week, agreed=form.text("dong_y") or None)
    except Refused as refused:
        if refused.code == "PREVIEW_STALE":
            with visit.web.database.read() as connection:
                moves = preview_week(connection, office_id, week)
            return rules_page(visit, form.fields, moves=moves)
        if status_of(refused) != 422:
            raise
        return rules_page(visit, form.fields, mistakes_of(refused), 422)
    return visit.go("/quy-dinh")
