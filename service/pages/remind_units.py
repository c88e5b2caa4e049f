"""Nhắc: the letter that late units would get, looked at first and sent by a press."""

from __future__ import annotations

from starlette.responses import Response

from notifications.preview import previews_of
from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.whole_number import whole_number
from service.words import report_words
from service.words.dates import period_said
from workflows.actions.reports.keepers import consolidates
from workflows.actions.reports.remind_units import remind_units, reminder_of, to_remind
from workflows.errors import Refused
from workflows.store import reporting, unit_reminders
from workflows.store.local_days import local_day

from .mistakes import Mistake, mistakes_of
from .unit_reports import seen_cycle

pages = Pages()
HERE = "/bao-cao/{cycle_id}/nhac"


@pages.get(HERE, PERSON)
def preview(visit: Guest, cycle_id: int, don_vi: int = 0) -> Response:
    """The units that would be reminded, or one of them, and the letter to each."""
    return _page(visit, cycle_id, don_vi)


@pages.post(HERE, PERSON)
def remind(visit: Guest, cycle_id: int) -> Response:
    """Send the letters to the units that were chosen."""
    typed = (whole_number(each) for each in visit.form.many.get("bao_cao", ()))
    chosen = [each for each in typed if each is not None]
    with visit.web.database.read() as connection:
        seen_cycle(visit, connection, cycle_id)
    try:
        remind_units(visit.desk(), cycle_id, chosen)
    except Refused as refused:
        if status_of(refused) != 422:
            raise
        return _page(visit, cycle_id, 0, mistakes_of(refused), 422)
    visit.web.nudge()
    return visit.go(f"/bao-cao/{cycle_id}")


def _page(visit: Visit, cycle_id: int, only: int, wrong: list[Mistake] | None = None, status: int = 200) -> Response:
    with visit.web.database.read() as connection:
        visit.know_frame(connection)
        cycle = seen_cycle(visit, connection, cycle_id)
        if not consolidates(visit.person.groups, reporting.rule(connection, cycle.rule_id), cycle.office_id):
            raise Refused("NOT_YOURS", cycle=cycle_id)
        waiting = [pair for pair in to_remind(connection, cycle) if only in (0, pair[0].id)]
        last = unit_reminders.last_by_hand(connection, [submission.id for submission, _ in waiting])
        today = local_day(visit.now)
        shown = [
            (
                submission,
                previews_of(connection, reminder_of(submission, task, cycle), visit.now, visit.web.settings.base_url),
                last.get(submission.id),
            )
            for submission, task in waiting
        ]
        return visit.page(
            "remind_units.html",
            status=status,
            cycle=cycle,
            period=cycle.title or period_said(cycle.key),
            shown=shown,
            done_today={each.id for each, _, hand in shown if hand and local_day(hand.at) == today},
            said=report_words,
            wrong=wrong or [],
        )
