"""One line of the register of what comes in: its files, who handles it, how far it is."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection
from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.words import books as words
from service.words.dates import day_words
from workflows.actions.direct_incoming import LEADERS, advance_incoming, direct_incoming
from workflows.errors import NotFound, Refused
from workflows.store import document_files
from workflows.store.local_days import local_day
from workflows.store.screens import incoming_book as screen
from workflows.store.screens import sight
from workflows.store.screens.incoming_book import IncomingSeen

from .attachment import attachment
from .mistakes import Mistake, mistakes_of
from .register_entry import day_of, id_of

pages = Pages()


@pages.get("/so-van-ban-den/{incoming_id}", PERSON)
def show(visit: Guest, incoming_id: int) -> Response:
    """The line with everything about it."""
    return _line(visit, incoming_id)


@pages.post("/so-van-ban-den/{incoming_id}/giao", PERSON)
def direct(visit: Guest, incoming_id: int) -> Response:
    """Giao xử lý: who leads, who helps, until when."""
    sent = visit.form
    if sent.has("xem_lai"):
        return _line(visit, incoming_id, sent.fields)
    try:
        lead = id_of(sent.text("chu_tri"), "chu_tri") if sent.text("chu_tri") else 0
        coop = [id_of(each, "phoi_hop") for each in sent.many.get("phoi_hop", ())]
        due = day_of(visit, "han") if sent.text("han") else None
        direct_incoming(visit.desk(), incoming_id, lead, coop, due, sent.text("y_kien_chi_dao"))
    except Refused as refused:
        if status_of(refused) != 422:
            raise
        return _line(visit, incoming_id, sent.fields, mistakes_of(refused), 422)
    return visit.go(f"/so-van-ban-den/{incoming_id}")


@pages.post("/so-van-ban-den/{incoming_id}/tinh-trang", PERSON)
def advance(visit: Guest, incoming_id: int) -> Response:
    """Đang xử lý, or đã xử lý xong."""
    advance_incoming(visit.desk(), incoming_id, visit.form.text("tinh_trang"))
    return visit.go(f"/so-van-ban-den/{incoming_id}")


@pages.get("/so-van-ban-den/{incoming_id}/tep/{file_id}", PERSON)
def download(visit: Guest, incoming_id: int, file_id: int) -> Response:
    """A file that came with the document; always to be saved, never opened as a page of ours."""
    with visit.web.database.read() as connection:
        seen = _seen(visit, connection, incoming_id)
        file = next((each for each in seen.files if each.id == file_id and each.role != "destroyed"), None)
        if file is None:
            raise NotFound("document_file", id=file_id)
        content = document_files.file_content(connection, file_id)
    return attachment(content, file.name, "application/octet-stream")


def _seen(visit: Visit, connection: Connection, incoming_id: int) -> IncomingSeen:
    """The line, if it is of an office that the visitor looks at, as the search does; else there is no such page."""
    seen = screen.seen(connection, incoming_id)
    own = sight.sight_with_lent(connection, visit.person.groups, visit.person_id, visit.now)
    if seen.row.line.office_id not in own.office_ids:
        raise NotFound("incoming", id=incoming_id)
    return seen


def _line(
    visit: Visit,
    incoming_id: int,
    typed: Mapping[str, str] | None = None,
    wrong: list[Mistake] | None = None,
    status: int = 200,
) -> Response:
    with visit.web.database.read() as connection:
        seen = _seen(visit, connection, incoming_id)
        line, today = seen.row.line, local_day(visit.now)
        bodies = screen.own_bodies(connection, line.office_id, today)
    groups = visit.person.groups
    leads = bool({f"{each}@{line.office_id}" for each in LEADERS} & groups)
    hands = leads or bool({f"{each}@{line.lead_body_id}" for each in ("thu_truong", "can_bo")} & groups)
    given = {
        "chu_tri": str(line.lead_body_id or ""),
        "han": day_words(line.due_on) if line.due_on else "",
        "y_kien_chi_dao": line.direction or "",
    }
    chosen = set(visit.form.many.get("phoi_hop", ())) if typed is not None else {str(each) for each in line.coop}
    return visit.page(
        "incoming_line.html",
        status=status,
        seen=seen,
        line=line,
        bodies=bodies,
        chosen=chosen,
        typed=given | dict(typed or {}),
        wrong=wrong or [],
        may_direct=leads and line.status not in screen.OVER,
        may_advance=hands and line.lead_body_id is not None and line.status not in screen.OVER,
        today=today,
        asked=typed is not None,
        book_words=words,
    )
