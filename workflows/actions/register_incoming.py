"""Vào sổ văn bản đến: what came back to the office gets its number of arrival (NĐ 30/2020 Điều 22)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from workflows.errors import NotFound, Refused
from workflows.papers.edxml_model import RECEIVED, Attachment
from workflows.papers.edxml_read import read_message
from workflows.store import books, consultation, document_files, exchange, incoming, plans, reporting
from workflows.store.exchange import Sealed
from workflows.store.local_days import local_day, start_of

from .desk import Desk, Work
from .exchanging.replacing import note_replacement
from .exchanging.statuses import tell_status
from .forms.filing import LONGEST_FIELD
from .outgoing_line import require_clerk

LONGEST_TITLE, LONGEST_NAME, LONGEST_CITED = 500, 200, 60
MOST_COPIES = 10_000
EARLIEST = date(1945, 9, 2)


@dataclass(frozen=True)
class Arrival:
    """The columns of the book that văn thư fills in; `cited` is the issuer's own number and symbol, "12/CV-STC"."""

    issuer: str
    cited: str
    document_on: date
    title: str
    arrived_on: date
    signer: str = ""
    copies: int = 1
    note: str = ""
    issuer_body_id: int | None = None
    answers: tuple[str, int] | None = None  # ("plan" | "round" | "cycle", its id)
    files: tuple[Attachment, ...] = ()


def register_incoming(
    desk: Desk, office_id: int, arrival: Arrival, *, accept_duplicate: bool = False, envelope_id: int | None = None
) -> int:
    """Enter the document; the id of its line. From an envelope its files come along and its sender is told (03).

    DUPLICATE_INCOMING when the same number, symbol and issuer is in the book of that year already, unless
    `accept_duplicate`; YEAR_CLOSED when the book of the year of arrival is closed.
    """
    with desk.open() as work:
        require_clerk(work, office_id)
        _check(arrival, work.today)
        envelope = _waiting(work, office_id, envelope_id) if envelope_id is not None else None
        same = incoming.alike(
            work.connection, office_id, arrival.cited.strip(), arrival.issuer, arrival.document_on.year
        )
        if same and not accept_duplicate:
            numbers = [f"{each.number:02d}/{each.year}" for each in same]
            raise Refused("DUPLICATE_INCOMING", field="so_ky_hieu_den", numbers=numbers)
        year = arrival.arrived_on.year
        number = books.take_number(work.connection, office_id, books.IN, books.ARRIVALS, year)
        values = _columns(work, office_id, arrival, envelope) | {"year": year, "number": number}
        line_id = incoming.enter(work.connection, values)
        files = _files_of(envelope) if envelope else arrival.files
        for each in files:
            document_files.keep_file(
                work.connection,
                incoming.SUBJECT,
                line_id,
                "attachment",
                each.name,
                each.media_type or "application/octet-stream",
                each.content,
                work.now,
                desk.by.name,
            )
        if envelope is not None:
            _receive(work, envelope, line_id)
        return line_id


def _check(arrival: Arrival, today: date) -> None:
    limits = {
        "co_quan_ban_hanh": (arrival.issuer, LONGEST_NAME),
        "so_ky_hieu_den": (arrival.cited, LONGEST_CITED),
        "trich_yeu": (arrival.title, LONGEST_TITLE),
    }
    for field, (text, most) in limits.items():
        if not text.strip():
            raise Refused("FIELD_REQUIRED", field=field)
        if len(text) > most:
            raise Refused("TOO_LONG", field=field, most=most)
    for field, text, most in (("nguoi_ky", arrival.signer, LONGEST_NAME), ("ghi_chu", arrival.note, LONGEST_FIELD)):
        if len(text) > most:
            raise Refused("TOO_LONG", field=field, most=most)
    for field, day in (("ngay", arrival.document_on), ("ngay_den", arrival.arrived_on)):
        if day > today:
            raise Refused("DAY_AHEAD", field=field, value=day.isoformat())
        if day < EARLIEST:
            raise Refused("BAD_DATE", field=field, value=day.isoformat())
    if arrival.arrived_on < arrival.document_on:
        raise Refused("ARRIVED_BEFORE_DATED", field="ngay_den", value=arrival.arrived_on.isoformat())
    if not 1 <= arrival.copies <= MOST_COPIES:
        raise Refused("BAD_FIELD", field="so_ban", value=str(arrival.copies)[:40])


def _waiting(work: Work, office_id: int, envelope_id: int) -> Sealed:
    envelope = exchange.sealed(work.connection, envelope_id, lock=True)
    ours = envelope.direction == exchange.IN and envelope.message in exchange.DOCUMENTS
    if not ours or envelope.office_id != office_id:
        raise NotFound("envelope", id=envelope_id)
    if envelope.state != "waiting":
        raise Refused("ALREADY_HANDLED", cited=envelope.cited)
    return envelope


def _columns(work: Work, office_id: int, arrival: Arrival, envelope: Sealed | None) -> dict[str, object]:
    subject, subject_id = arrival.answers or (None, None)
    plan_id = _plan_of(work, office_id, subject, subject_id) if subject and subject_id else None
    return {
        "office_id": office_id,
        "arrived_on": arrival.arrived_on,
        "issuer": arrival.issuer.strip(),
        "issuer_body_id": arrival.issuer_body_id,
        "cited": arrival.cited.strip(),
        "document_on": arrival.document_on,
        "title": arrival.title.strip(),
        "signer": arrival.signer.strip() or None,
        "copies": arrival.copies,
        "note": arrival.note.strip() or None,
        "subject": subject,
        "subject_id": subject_id,
        "plan_id": plan_id,
        "coop": [],
        "status": incoming.ENTERED,
        "came_at": envelope.made_at if envelope else _came(arrival.arrived_on, work.now),
        "entered_at": work.now,
        "entered_by": work.by.name,
    }


def _came(day: date, now: datetime) -> datetime:
    return now if day == local_day(now) else start_of(day)


def _plan_of(work: Work, office_id: int, subject: str, subject_id: int) -> int:
    """The plan behind what is answered; only plans of this office are answered here."""
    match subject:
        case incoming.PLAN:
            plan_id = subject_id
        case incoming.CYCLE:
            plan_id = reporting.cycle(work.connection, subject_id).plan_id
        case incoming.ROUND:
            plan_id = consultation.round_by_id(work.connection, subject_id).plan_id
        case _:
            raise Refused("BAD_FIELD", field="tra_loi", value=subject[:40])
    if plans.plan(work.connection, plan_id).office_id != office_id:
        raise Refused("BAD_FIELD", field="tra_loi", value=str(subject_id))
    return plan_id


def _files_of(envelope: Sealed) -> tuple[Attachment, ...]:
    message = read_message(envelope.content or b"")
    return getattr(message, "attachments", ())


def _receive(work: Work, envelope: Sealed, line_id: int) -> None:
    exchange.change(work.connection, envelope.id, only_from=("waiting",), state="entered", incoming_id=line_id)
    line = incoming.line(work.connection, line_id)
    tell_status(work, exchange.sealed(work.connection, envelope.id), RECEIVED, f"Số đến {line.number:02d}")
    note_replacement(work, envelope, line_id)
