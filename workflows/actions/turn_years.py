"""At the end of a year each plan that goes on is reviewed: kept, amended or replaced; the step opens by itself.

The same sweep tells văn thư once a year which files need not be kept longer."""

from __future__ import annotations

from datetime import date
from functools import partial

from workflows.engine.calendar import Calendar
from workflows.errors import Stale
from workflows.store import clockwork, yearly
from workflows.store.plans import Plan

from .desk import Desk, Swept, Work
from .handle import start_case
from .one_by_one import one_by_one
from .tell_retention import untold_retention

REVIEW = "ra_soat_ke_hoach"
# The year of reports ends on 14/12 (NĐ 09/2019/NĐ-CP Điều 12); the review looks at all of it.
OPENS = (12, 15)
WORKING_DAYS = 12


def turn_years(desk: Desk, limit: int = 500) -> Swept:
    """Open the reviews of the year that ended last and tell of files, each on its own; twice is once."""
    today = Calendar().local_day(desk.now)
    year = today.year if today >= date(today.year, *OPENS) else today.year - 1
    with desk.database.read() as connection:
        due = yearly.plans_to_review(connection, year, date(year, *OPENS), limit)
    reviews = [partial(_open, plan=plan, year=year) for plan in due]
    return one_by_one(desk.as_clock(), [*reviews, *untold_retention(desk, today.year)])


def _open(work: Work, plan: Plan, year: int) -> None:
    if any(each.year == year for each in yearly.reviews_of(work.connection, plan.id)):
        raise Stale(plan=plan.id)
    review_id = yearly.add_review(work.connection, plan.id, year, work.now)
    calendar = clockwork.calendar_of(work.connection, plan.office_id)
    variables = {
        "ra_soat": review_id,
        "ke_hoach": plan.id,
        "co_quan": plan.office_id,
        "don_vi_soan": plan.drafting_unit_id,
        "nguoi_ky": plan.signer_role,
        "han_ra_soat": calendar.end_of(
            calendar.local_day(calendar.add_working_days(work.now, WORKING_DAYS))
        ).isoformat(),
    }
    key = f"{REVIEW}:{plan.id}:{year}"
    started = start_case(work, REVIEW, variables, business_key=key, office_id=plan.office_id, plan_id=plan.id)
    yearly.change_review(work.connection, review_id, case_id=started.case_id)
