"""What people hear of duties besides their own tasks: who helps, what is to be settled, what opened late or failed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from workflows.actions.desk import Work
from workflows.store import duties, plans, telling
from workflows.store.duties import Occurrence

OPENED, CHANGED, ENDED = "duty_opened", "duty_changed", "duty_ended"
# A sweep a day, at weekends too: what is older than this was missed.
MISSED_AFTER = timedelta(days=1)


def tell_coordinators(work: Work, kind: str, duty: plans.Duty, occurrence: Occurrence, office_id: int) -> None:
    """The bodies that help (phối hợp) hear that a time of the duty opened, changed or ended; once for all its leads."""
    telling.tell_many(work.connection, _to_coordinators(work, kind, duty, occurrence, office_id))


def tell_of_openings(work: Work, opened: Sequence[tuple[plans.DueOccurrence, Occurrence]]) -> None:
    """Whoever helps hears of each; the clerks and the focal unit, once a day and plan, that some opened too late."""
    rows = []
    for due, one in opened:
        rows += _to_coordinators(work, OPENED, due.duty, one, due.office_id)
    missed = {due.duty.plan_id: due.office_id for due, one in opened if is_missed(one, work.today)}
    today = work.today.isoformat()
    for plan_id, office_id in missed.items():
        rows.append(_row(work, "duties_missed", f"missed:{plan_id}:{today}", plan_id, office_id, {"day": today}))
    telling.tell_many(work.connection, rows)


def _to_coordinators(
    work: Work, kind: str, duty: plans.Duty, occurrence: Occurrence, office_id: int
) -> list[dict[str, Any]]:
    if not any(each["body"] for each in duty.coop):
        return []
    mark = {OPENED: "", CHANGED: f":{work.now.isoformat()}", ENDED: f":{occurrence.body_id}"}[kind]
    key, about = f"{kind}:{duty.id}:{occurrence.key}{mark}", {"occurrence_id": occurrence.id}
    return [_row(work, kind, key, duty.plan_id, office_id, about, occurrence.case_id)]


def _row(  # noqa: PLR0917 - the facts of an occasion
    work: Work,
    kind: str,
    key: str,
    plan_id: int,
    office_id: int,
    data: Mapping[str, Any],
    case_id: int | None = None,
) -> dict[str, Any]:
    return telling.occasion_row(
        kind, key, work.now, office_id=office_id, plan_id=plan_id, case_id=case_id, task_id=None, data=data
    )


def tell_what_is_unclear(work: Work, plan_id: int, office_id: int) -> None:
    """The focal unit hears which duties wait for it: at the start of the plan, then weekly until they are settled."""
    if duties.unclear_duties(work.connection, plan_id):
        year, week, _ = work.today.isocalendar()
        _tell(work, "duties_unclear", f"unclear:{plan_id}:{year}-W{week:02d}", plan_id, office_id)


def tell_failed(work: Work, due: plans.DueOccurrence) -> None:
    """The clerks hear, once a day, of an occurrence that could not be opened."""
    plan_id, today = due.duty.plan_id, work.today.isoformat()
    _tell(work, "duties_failed", f"duties-failed:{plan_id}:{today}", plan_id, due.office_id, today)


def is_missed(occurrence: Occurrence, day: date) -> bool:
    """Whether this occurrence opened on this day, after its own."""
    late = day - occurrence.opens_on > MISSED_AFTER
    return late or (occurrence.due_on is not None and occurrence.due_on < day)


def _tell(work: Work, kind: str, key: str, plan_id: int, office_id: int, day: str = "") -> None:  # noqa: PLR0917 - its facts
    telling.tell(work.connection, kind, key, work.now, office_id=office_id, plan_id=plan_id, data={"day": day})
