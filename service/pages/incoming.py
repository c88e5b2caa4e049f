"""Sổ đăng ký văn bản đến: what waits at the door, and the lines of a year on the screen, on paper, as a worksheet."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection
from starlette.responses import Response

from service.auth.policy import PERSON, Pages, role
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.words import books as words
from service.words import list_words
from workflows.actions.exchanging.recall_requests import answer_recall
from workflows.actions.exchanging.refuse import refuse_envelope
from workflows.errors import Refused
from workflows.store import books, exchange
from workflows.store.local_days import local_day
from workflows.store.screens import incoming_book as screen
from workflows.store.screens import register as out_screen
from workflows.store.screens import sight

from .book_filter import shown_of
from .book_sheets import cover_of, in_note, in_row
from .list_files import ListFile, list_file
from .mistakes import Mistake, mistakes_of
from .register import closings_of

pages = Pages()
# Mistakes in these forms keep what was typed; anything else is a page of its own.
CORRECTABLE = 422


@dataclass(frozen=True)
class Answer:
    """What was typed below an envelope, and what is wrong with it."""

    envelope: int
    typed: str
    wrong: list[Mistake]


@pages.get("/so-van-ban-den", PERSON)
def book(visit: Guest) -> Response:
    """A page of the lines of one year, newest first, and above them what waits for văn thư."""
    return _book(visit)


@pages.get("/so-van-ban-den/in", PERSON)
def on_paper(visit: Guest) -> Response:
    """The whole book in the order of arrival, with its cover, for A4 landscape."""
    with visit.web.database.read() as connection:
        shown = shown_of(visit, _offices(visit, connection))
        found = screen.incoming_of(connection, shown.query, whole=True)
    lines = [row.line for row in found.rows]
    return visit.page(
        "book_print.html",
        kind="in",
        title=words.IN_TITLE,
        offices=sorted({row.office for row in found.rows}),
        cover=cover_of(shown.year, [line.arrived_on for line in lines], [line.number for line in lines], visit.now),
        columns=words.IN_COLUMNS,
        rows=[in_row(row) for row in found.rows],
        back=shown.address("/so-van-ban-den"),
    )


@pages.get("/so-van-ban-den/tai-ve", PERSON)
def as_file(visit: Guest) -> Response:
    """The same as a file."""
    with visit.web.database.read() as connection:
        shown = shown_of(visit, _offices(visit, connection))
        found = screen.incoming_of(connection, shown.query, whole=True)
    lines = [row.line for row in found.rows]
    cover = cover_of(shown.year, [line.arrived_on for line in lines], [line.number for line in lines], visit.now)
    rows = [in_row(row) for row in found.rows]
    return list_file(
        visit, ListFile(list_words.IN_BOOK.format(shown.year), words.IN_TITLE, words.IN_COLUMNS, rows, cover)
    )


@pages.post("/so-van-ban-den/phong-bi/{envelope_id}/tra-lai", role("van_thu"))
def refuse(visit: Guest, envelope_id: int) -> Response:
    """Trả lại an envelope with a reason (02)."""
    reason = visit.form.text("ly_do")
    if visit.form.has("xem_lai"):
        return _book(visit, Answer(envelope_id, reason, []))
    try:
        refuse_envelope(visit.desk(), envelope_id, reason)
    except Refused as refused:
        return _again(visit, envelope_id, reason, refused)
    return visit.go("/so-van-ban-den")


@pages.post("/so-van-ban-den/phong-bi/{envelope_id}/thu-hoi", role("van_thu"))
def give_back(visit: Guest, envelope_id: int) -> Response:
    """Agree to a recall, which destroys the files (15), or say why not (16)."""
    reason = visit.form.text("ly_do")
    if visit.form.has("xem_lai"):
        return _book(visit, Answer(envelope_id, reason, []))
    try:
        answer_recall(visit.desk(), envelope_id, agreed=visit.form.text("tra_loi") == "dong_y", reason=reason)
    except Refused as refused:
        return _again(visit, envelope_id, reason, refused)
    return visit.go("/so-van-ban-den")


def _again(visit: Visit, envelope_id: int, reason: str, refused: Refused) -> Response:
    status = status_of(refused)
    if status != CORRECTABLE:
        raise refused
    wrong = [
        Mistake(f"{each.field}-{envelope_id}" if each.field else "", each.sentence) for each in mistakes_of(refused)
    ]
    return _book(visit, Answer(envelope_id, reason, wrong), status)


def _offices(visit: Visit, connection: Connection) -> frozenset[int]:
    return sight.sight_of(connection, visit.person.groups).office_ids


def _book(visit: Visit, answer: Answer | None = None, status: int = 200) -> Response:
    with visit.web.database.read() as connection:
        shown = shown_of(visit, _offices(visit, connection))
        found = screen.incoming_of(connection, shown.query)
        keeping = out_screen.kept_by(connection, visit.person.groups)
        waiting = exchange.waiting(connection, list(keeping))
        closings = closings_of(visit, connection, books.IN, shown.year)
    return visit.page(
        "incoming.html",
        status=status,
        found=found,
        shown=shown,
        answer=answer or Answer(0, "", []),
        keeping=keeping,
        waiting=waiting,
        closings=closings,
        today=local_day(visit.now),
        notes={row.line.id: in_note(row) for row in found.rows},
        book_words=words,
    )
