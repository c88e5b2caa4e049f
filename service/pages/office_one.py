"""Một cơ quan, for whoever runs the house: its figures, and suspending it or letting it go on."""

from __future__ import annotations

from starlette.responses import Response

from service.auth.policy import Pages, role
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.words import suspending_words as words
from workflows.actions.designing.keepers import require_keeper
from workflows.actions.suspend_office import resume_office, suspend_office
from workflows.errors import NotFound, Refused
from workflows.store import directory, suspending
from workflows.store.screens.offices_status import Asked, offices_status

from .mistakes import Mistake, mistakes_of

pages = Pages()
ADMINISTRATOR = role("quan_tri")
PATH = "/van-hanh/co-quan/{office_id}"


@pages.get(PATH, ADMINISTRATOR)
def one(visit: Guest, office_id: int) -> Response:
    """The office as it stands, with what suspending it means."""
    return _page(visit, office_id)


@pages.post(PATH + "/tam-ngung", ADMINISTRATOR)
def suspend(visit: Guest, office_id: int) -> Response:
    """Tạm ngừng, with the reason and whom its people are to ask."""
    form = visit.form
    try:
        suspend_office(visit.desk(), office_id, form.text("ly_do"), form.text("lien_he"))
    except NotFound:
        raise
    except Refused as refused:
        return _page(visit, office_id, mistakes_of(refused), status_of(refused))
    return visit.go(PATH.format(office_id=office_id) + "?xong=suspended")


@pages.post(PATH + "/hoat-dong-lai", ADMINISTRATOR)
def resume(visit: Guest, office_id: int) -> Response:
    """Cho hoạt động lại, with the reason; what came due meanwhile is taken at once."""
    try:
        resume_office(visit.desk(), office_id, visit.form.text("ly_do"))
    except NotFound:
        raise
    except Refused as refused:
        return _page(visit, office_id, mistakes_of(refused), status_of(refused))
    visit.web.nudge()
    return visit.go(PATH.format(office_id=office_id) + "?xong=resumed")


def _page(visit: Visit, office_id: int, wrong: list[Mistake] | None = None, status: int = 200) -> Response:
    with visit.web.database.house.read() as connection:
        require_keeper(connection, visit.person)
        office = directory.body(connection, office_id)
        if office.kind != "office":
            raise NotFound("office", id=office_id)
        found = offices_status(connection, Asked(office_id=office_id), visit.now, 1)
        before = suspending.suspensions_of(connection, office_id)
    return visit.page(
        "office_one.html",
        status=status,
        office=office,
        figures=found[0] if found else None,
        now_suspended=next((each for each in before if each.until is None), None),
        before=[each for each in before if each.until is not None],
        typed=visit.form.fields,
        wrong=wrong or [],
        done=words.DONE.get(visit.request.query_params.get("xong", ""), ""),
    )
