"""A duty over the years of its plan: every occurrence as a row, also those that are over when the plan takes force."""

from __future__ import annotations

from datetime import date

from workflows.actions.desk import Work
from workflows.plans.times import Occurrence, occurrences
from workflows.store import clockwork, plans
from workflows.store.duties import BEFORE_FORCE


def lay_out(work: Work, duty: plans.Duty, plan: plans.Plan) -> int:
    """Every occurrence of the duty for each body that leads it; how many are still to open.

    A period of a recurrence that ended before today is kept as passed over, so that it is seen; what is to be done
    once opens today although it is late.
    """
    today, period = work.today, plan.years(work.today)
    calendar = clockwork.calendar_of(work.connection, plan.office_id)
    found = occurrences(duty.time, period, calendar=calendar)
    rows = [
        {
            "duty_id": duty.id,
            "body_id": body,
            "key": one.key,
            "opens_on": one.opens if _is_over(one, today) else max(one.opens, today),
            "due_on": one.due,
            "ends_on": one.ends,
            "required": one.count,
            "passed_over": BEFORE_FORCE if _is_over(one, today) else None,
        }
        for one in found
        for body in dict.fromkeys(lead["body"] for lead in duty.leads if lead["body"])
    ]
    plans.add_occurrences(work.connection, rows)
    return sum(row["passed_over"] is None for row in rows)


def _is_over(one: Occurrence, today: date) -> bool:
    return one.ends < today and not one.once
