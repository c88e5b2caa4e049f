"""The list of plans: where each is, who holds it, since when, how late; found without typing marks."""

from __future__ import annotations

from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest
from service.words import list_words
from service.words.dates import day_words, due_words, time_words
from service.words.vi import PLAN_STATUS, numbered
from workflows.store.local_days import local_day
from workflows.store.screens import plan_list, plan_page, sight
from workflows.store.screens.own_dates import OwnDate

from .list_files import MOST_LINES, ListFile, list_file

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


@pages.get("/ke-hoach/tai-ve", PERSON)
def as_file(visit: Guest, tim: str = "", trang_thai: str = "", muon: str = "") -> Response:
    """The plans that the filters leave, as a file."""
    with visit.web.database.read() as connection:
        seen = sight.sight_with_lent(connection, visit.person.groups, visit.person_id, visit.now)
        found = plan_list.list_plans(
            connection, seen, tim, trang_thai, bool(muon), visit.now, local_day(visit.now), 1, MOST_LINES
        )
    days = [
        OwnDate(
            f"ke-hoach-{each.id}", "", local_day(task.due), task.name, each.title, f"/ke-hoach/{each.id}", visit.now
        )
        for each in found.rows
        if (task := each.task) is not None and task.due is not None
    ]
    rows = [_row(each) for each in found.rows]
    cover = [time_words(visit.now)]
    return list_file(visit, ListFile(list_words.PLANS, list_words.PLANS, list_words.PLAN_COLUMNS, rows, cover, days))


def _row(plan: plan_list.PlanRow) -> tuple[str, ...]:
    """One line in the order of the columns."""
    held = plan.held
    return (
        numbered(plan.number, plan.symbol),
        day_words(plan.issued_on) if plan.issued_on else "",
        plan.title,
        plan.office,
        plan.unit,
        PLAN_STATUS[plan.status],
        plan.task.name if plan.task else "",
        "; ".join(held.people or held.bodies) if held else "",
        due_words(plan.task.due) if plan.task and plan.task.due else "",
    )
