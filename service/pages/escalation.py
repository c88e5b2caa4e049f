"""Các mức nhắc việc: the levels at which an office reminds and reports late work, with what they mean in words."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from service.auth.policy import Pages, role
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.whole_number import whole_number
from service.words import telling_words as said
from service.words.dates import day_words
from workflows.actions.administration import administered, require_administrator
from workflows.actions.set_escalation import MOST_LEVELS, TARGETS, set_escalation
from workflows.engine.calendar import Calendar
from workflows.errors import Refused
from workflows.store import clockwork, directory
from workflows.store.escalation_policies import policy_of
from workflows.store.escalation_times import levels

from .mistakes import Mistake, mistakes_of

pages = Pages()
ADMINISTRATOR = role("quan_tri")
HERE = "/cac-muc-nhac"
EXAMPLE_DAYS = 10  # working days from today, for the example of the preview


@dataclass(frozen=True)
class Typed:
    """One line of the form as it was typed."""

    days: str = ""
    side: str = "sau"  # truoc | sau
    target: str = ""


@pages.get(HERE, ADMINISTRATOR)
def escalation(visit: Guest, co_quan: int = 0, xong: str = "") -> Response:
    """The office's levels, or that the processes' own hold."""
    office_id = co_quan or min(administered(visit.person), default=0)
    require_administrator(visit.person, office_id)
    with visit.web.database.read() as connection:
        policy = policy_of(connection, office_id)
    lines = [Typed(f"{abs(days)}", "truoc" if days < 0 else "sau", target) for days, target in policy]
    return _page(visit, office_id, lines, policy, done=xong == "co")


@pages.post(HERE, ADMINISTRATOR)
def keep(visit: Guest) -> Response:
    """Set the levels, or only show what they would mean."""
    office_id = whole_number(visit.form.text("co_quan_so")) or 0
    require_administrator(visit.person, office_id)
    lines = [_line(visit, number) for number in range(MOST_LEVELS)]
    try:
        policy = tuple(_level(line) for line in lines if line.target)
        if visit.form.has("xem_thu"):
            return _page(visit, office_id, lines, policy)
        set_escalation(visit.desk(), office_id, policy)
    except Refused as refused:
        return _page(visit, office_id, lines, (), wrong=mistakes_of(refused), status=status_of(refused))
    return visit.go(f"{HERE}?co_quan={office_id}&xong=co")


def _line(visit: Visit, number: int) -> Typed:
    form = visit.form
    return Typed(form.text(f"ngay_{number}"), form.text(f"luc_{number}"), form.text(f"ai_{number}"))


def _level(line: Typed) -> tuple[int, str]:
    days = whole_number(line.days, 3)
    if days is None:
        raise Refused("BAD_FIELD", field="muc", value=line.days[:40])
    return (-days if line.side == "truoc" else days), line.target


def _page(
    visit: Visit,
    office_id: int,
    lines: list[Typed],
    policy: tuple[tuple[int, str], ...],
    *,
    wrong: list[Mistake] | None = None,
    status: int = 200,
    done: bool = False,
) -> Response:
    with visit.web.database.read() as connection:
        office = directory.body(connection, office_id)
        calendar = clockwork.calendar_of(connection, office_id)
        offices = directory.bodies_by_id(connection, administered(visit.person))
    due = calendar.add_working_days(visit.now, EXAMPLE_DAYS)
    return visit.page(
        "escalation.html",
        status=status,
        office=office,
        offices=list(offices.values()),
        lines=[*lines, *[Typed()] * (MOST_LEVELS - len(lines))],
        preview=_preview(calendar, visit, policy),
        due=due,
        targets=TARGETS,
        said=said,
        wrong=wrong or [],
        done=done,
    )


def _preview(calendar: Calendar, visit: Visit, policy: tuple[tuple[int, str], ...]) -> list[tuple[str, str]]:
    """Each level in words, and the day on which it would come for a step that is due in ten working days."""
    due = calendar.add_working_days(visit.now, EXAMPLE_DAYS)
    found = levels(calendar, due, policy)
    return [(said.level_words(each.days, each.target), day_words(calendar.local_day(each.at))) for each in found]
