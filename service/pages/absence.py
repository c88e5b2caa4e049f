"""Vắng mặt: who is away when; before it is kept the page names what nobody could do meanwhile and offers delegation."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.words.dates import day_words
from workflows.actions.absence import Away, Gap, cancel_absence, enter_absence, gap_of, name_of_group
from workflows.actions.administration import administered
from workflows.errors import Refused
from workflows.store import directory
from workflows.store.local_days import local_day
from workflows.store.screens import organisation as screen
from workflows.store.screens.labels import plan_labels

from .mistakes import Mistake, mistakes_of
from .organisation import own_offices
from .register_entry import day_of, id_of

pages = Pages()


@pages.get("/to-chuc/vang-mat", PERSON)
def absences(visit: Guest) -> Response:
    """Who of the own offices is away now and will be, and the form for a new absence."""
    return _page(visit, {})


@pages.post("/to-chuc/vang-mat", PERSON)
def enter(visit: Guest) -> Response:
    """Keep the absence; with something that nobody could do it first asks for a confirmation that names it."""
    sent = visit.form
    if sent.has("xem_lai"):
        return _page(visit, sent.fields)
    gap = None
    try:
        away = Away(
            id_of(sent.text("nguoi") or str(visit.person_id), "nguoi"),
            day_of(visit, "tu_ngay"),
            day_of(visit, "den_ngay"),
            sent.text("ly_do_vang"),
        )
        enter_absence(visit.desk(), away, sent.many.get("xac_nhan", ()))
    except Refused as refused:
        if refused.code == "NOBODY_MEANWHILE":
            with visit.web.database.read() as connection:
                gap = gap_of(connection, away, visit.now)
        return _page(visit, sent.fields, mistakes_of(refused), status_of(refused), gap)
    return visit.go("/to-chuc/vang-mat")


@pages.post("/to-chuc/vang-mat/{absence_id}/huy", PERSON)
def cancel(visit: Guest, absence_id: int) -> Response:
    """Hủy: the person is there after all."""
    try:
        cancel_absence(visit.desk(), absence_id)
    except Refused as refused:
        if status_of(refused) != 422:
            raise
        return _page(visit, {}, [Mistake("", each.sentence) for each in mistakes_of(refused)], 422)
    return visit.go("/to-chuc/vang-mat")


def _page(
    visit: Visit,
    typed: Mapping[str, str],
    wrong: list[Mistake] | None = None,
    status: int = 200,
    gap: Gap | None = None,
) -> Response:
    today, edits = local_day(visit.now), administered(visit.person)
    with visit.web.database.read() as connection:
        offices = own_offices(visit, connection)
        people = {
            each.id: each.name
            for office in offices
            for each in directory.people_of_office(connection, office.id, today)
        }
        away = [
            each
            for office in offices
            for found in screen.away_of(connection, office.id, today).values()
            for each in found
        ]
        others = [
            (each.id, each.name)
            for office in offices
            if office.id in edits
            for each in directory.people_of_office(connection, office.id, today)
        ]
        labels = plan_labels(connection, [task.plan_id for task in gap.tasks]) if gap else {}
        posts = [(key, name_of_group(connection, key)) for key in gap.groups] if gap else []
    return visit.page(
        "absences.html",
        status=status,
        rows=[(each, people.get(each.person_id, "")) for each in away],
        people=others,
        typed={"nguoi": str(visit.person_id), "tu_ngay": day_words(today), **typed},
        wrong=wrong or [],
        gap=gap,
        labels=labels,
        posts=posts,
        may_cancel=lambda each: bool(edits) or each.person_id == visit.person_id,
    )
