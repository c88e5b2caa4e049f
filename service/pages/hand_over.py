"""Bàn giao khi nghỉ: everything that somebody leaves, each with a receiver or back to the group, then all at once."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from service.auth.policy import Pages, role
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.words import organisation as words
from workflows.actions.administration import require_administrator
from workflows.actions.hand_over import BACK, estate_of, hand_over
from workflows.errors import NotFound, Refused
from workflows.store.local_days import local_day
from workflows.store.screens.labels import plan_labels

from .mistakes import Mistake, mistakes_of

pages = Pages()
ADMINISTRATOR = role("quan_tri")
# A key of an item is the name of its field, behind this.
_OF = "nhan_"


@pages.get("/to-chuc/ban-giao/{person_id}", ADMINISTRATOR)
def form(visit: Guest, person_id: int) -> Response:
    """What the person has, and who could receive it."""
    return _page(visit, person_id, {})


@pages.post("/to-chuc/ban-giao/{person_id}", ADMINISTRATOR)
def carry_out(visit: Guest, person_id: int) -> Response:
    """Hand everything over and close the account; nothing of it while one thing has no receiver."""
    sent = visit.form
    if sent.has("xem_lai"):
        return _page(visit, person_id, sent.fields)
    decisions = {name[len(_OF) :]: value for name, value in sent.fields.items() if name.startswith(_OF) and value}
    try:
        hand_over(visit.desk(), person_id, decisions)
    except NotFound:
        raise
    except Refused as refused:
        if status_of(refused) == 403 and refused.code == "NOT_YOURS":
            raise
        wrong = [Mistake(f"{_OF}{each.field}" if each.field else "", each.sentence) for each in mistakes_of(refused)]
        return _page(visit, person_id, sent.fields, wrong, status_of(refused))
    visit.web.nudge()
    return visit.go("/to-chuc/thay-doi")


def _page(
    visit: Visit, person_id: int, typed: Mapping[str, str], wrong: list[Mistake] | None = None, status: int = 200
) -> Response:
    with visit.web.database.read() as connection:
        estate = estate_of(connection, person_id, local_day(visit.now))
        require_administrator(visit.person, estate.office_id)
        labels = plan_labels(connection, [item.task.plan_id for item in estate.items if item.task])
    return visit.page(
        "hand_over.html",
        status=status,
        estate=estate,
        labels=labels,
        typed=typed,
        wrong=wrong or [],
        back=BACK,
        org=words,
    )
