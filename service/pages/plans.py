"""The list of plans: where each is, who holds it, since when, how late; found without typing marks."""

from __future__ import annotations

from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest
from workflows.store.local_days import local_day
from workflows.store.screens import plan_list, plan_page, sight

pages = Pages()
PAGE_SIZE = 50


@pages.get("/ke-hoach", PERSON)
def plans(visit: Guest, tim: str = "", trang_thai: str = "", muon: str = "", trang: int = 1) -> Response:
    """Plans that match; the filters live in the address."""
    page = max(1, trang)
    with visit.web.database.read() as connection:
        seen = sight.sight_with_lent(connection, visit.person.groups, visit.person_id, visit.now)
        found = plan_list.list_plans(
            connection, seen, tim, trang_thai, bool(muon), visit.now, local_day(visit.now), page, PAGE_SIZE
        )
        may_draft = bool(plan_page.drafting_units(connection, visit.person.groups))
    return visit.page(
        "plans.html",
        found=found,
        words_typed=tim,
        chosen=trang_thai,
        late=bool(muon),
        page=page,
        last=max(1, -(-found.total // PAGE_SIZE)),
        may_draft=may_draft,
        own_offices=seen.office_ids,
    )
