"""Cơ quan giữ quy trình: which office changes the processes that all share, and handing them on to another."""

from __future__ import annotations

from starlette.responses import Response

from service.auth.policy import Pages, role
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.whole_number import whole_number
from workflows.actions.designing.keepers import hand_on_processes, keeps_processes, may_keep, process_office
from workflows.errors import Refused
from workflows.store import directory

from .mistakes import Mistake, mistakes_of

pages = Pages()
ADMINISTRATOR = role("quan_tri")
HERE = "/giu-quy-trinh"


@pages.get(HERE, ADMINISTRATOR)
def keeper(visit: Guest, xong: str = "") -> Response:
    """Which office it is, for every administrator; those of that office may hand it on."""
    return _page(visit, done=xong == "co")


@pages.post(HERE, ADMINISTRATOR)
def hand_on(visit: Guest) -> Response:
    """Another office keeps the processes from now on, and the house with them."""
    form = visit.form
    if form.has("xem_lai"):
        return _page(visit)
    try:
        chosen = whole_number(form.text("co_quan_so"))
        if chosen is None:
            raise Refused("FIELD_REQUIRED", field="co_quan_so")
        hand_on_processes(visit.desk(), chosen)
    except Refused as refused:
        if status_of(refused) != 422:
            raise
        return _page(visit, mistakes_of(refused), 422)
    return visit.go(f"{HERE}?xong=co")


def _page(visit: Visit, wrong: list[Mistake] | None = None, status: int = 200, *, done: bool = False) -> Response:
    with visit.web.database.read() as connection:
        number = process_office(connection)
        keeping = directory.body(connection, number) if number is not None else None
        keeps = keeps_processes(connection, visit.person)
        others = [each for each in may_keep(connection, visit.now) if each.id != number] if keeps else []
    return visit.page(
        "process_keeper.html", status=status, keeping=keeping, keeps=keeps, others=others, wrong=wrong or [], done=done,
        typed=visit.form.fields,
    )  # fmt: skip
