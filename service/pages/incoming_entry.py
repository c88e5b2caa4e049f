"""Vào sổ văn bản đến: the form, on paper's account or filled in from an envelope that arrived."""

from __future__ import annotations

from collections.abc import Mapping
from mimetypes import guess_type

from starlette.responses import Response

from service.auth.policy import Pages, role
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.words.dates import day_words
from workflows.actions.register_incoming import Arrival, register_incoming
from workflows.errors import NotFound, Refused
from workflows.papers.edxml_model import Attachment, Envelope
from workflows.papers.edxml_read import read_message
from workflows.store import exchange
from workflows.store.exchange import Sealed
from workflows.store.local_days import local_day
from workflows.store.screens import incoming_book as screen
from workflows.store.screens import register as out_screen

from .mistakes import Mistake, mistakes_of
from .register_entry import count_of, day_of, id_of

pages = Pages()
FILES = ("tep", "tep_2", "tep_3")


@pages.get("/so-van-ban-den/moi", role("van_thu"))
def form(visit: Guest) -> Response:
    """The form; `phong_bi` names the envelope that it is about, `tra_loi` what the document answers."""
    params = visit.request.query_params
    return _form(visit, {"phong_bi": params.get("phong_bi", ""), "tra_loi": params.get("tra_loi", "")})


@pages.post("/so-van-ban-den/moi", role("van_thu"))
def enter(visit: Guest) -> Response:
    """Enter the document; a duplicate has to be confirmed."""
    sent = visit.form
    if sent.has("xem_lai"):
        return _form(visit, sent.fields)
    try:
        envelope_id = id_of(sent.text("phong_bi"), "phong_bi") if sent.text("phong_bi") else None
        line_id = register_incoming(
            visit.desk(),
            id_of(sent.text("co_quan_so"), "co_quan_so"),
            _arrival(visit),
            accept_duplicate=sent.has("trung"),
            envelope_id=envelope_id,
        )
    except Refused as refused:
        if isinstance(refused, NotFound):
            raise
        return _form(visit, sent.fields, mistakes_of(refused), status_of(refused))
    return visit.go(f"/so-van-ban-den/{line_id}")


def _arrival(visit: Visit) -> Arrival:
    sent = visit.form
    files = [sent.files[name] for name in FILES if name in sent.files]
    return Arrival(
        issuer=sent.text("co_quan_ban_hanh"),
        cited=sent.text("so_ky_hieu_den"),
        document_on=day_of(visit, "ngay"),
        title=sent.text("trich_yeu"),
        arrived_on=day_of(visit, "ngay_den"),
        signer=sent.text("nguoi_ky"),
        copies=count_of(visit, "so_ban"),
        note=sent.text("ghi_chu"),
        answers=_answers(sent.text("tra_loi")),
        files=tuple(
            Attachment(each.name, guess_type(each.name)[0] or "application/octet-stream", each.content)
            for each in files
        ),
    )


def _answers(words: str) -> tuple[str, int] | None:
    subject, _, number = words.partition(":")
    return (subject, id_of(number, "tra_loi")) if words else None


def _form(visit: Visit, typed: Mapping[str, str], wrong: list[Mistake] | None = None, status: int = 200) -> Response:
    defaults = {"ngay_den": day_words(local_day(visit.now)), "so_ban": "1"}
    with visit.web.database.read() as connection:
        keeping = out_screen.kept_by(connection, visit.person.groups)
        choices = screen.answerable(connection, list(keeping))
        sealed = None
        if typed.get("phong_bi"):
            sealed = exchange.sealed(connection, id_of(typed["phong_bi"], "phong_bi"))
            if sealed.office_id not in keeping or sealed.direction != exchange.IN:
                raise NotFound("envelope", id=sealed.id)
    if sealed is not None:
        defaults |= _from_envelope(sealed)
    return visit.page(
        "incoming_entry.html",
        status=status,
        typed=defaults | {name: value for name, value in typed.items() if value or name not in defaults},
        wrong=wrong or [],
        keeping=keeping,
        choices=choices,
        sealed=sealed,
        twice=any(each.field == "so_ky_hieu_den" for each in wrong or []) or "trung" in typed,
    )


def _from_envelope(sealed: Sealed) -> dict[str, str]:
    """What the envelope says; văn thư may correct it before it is entered."""
    message = read_message(sealed.content) if sealed.content else None
    signer = message.signed_by.name if isinstance(message, Envelope) else ""
    return {
        "co_quan_so": str(sealed.office_id),
        "co_quan_ban_hanh": sealed.peer_name,
        "so_ky_hieu_den": sealed.cited,
        "ngay": day_words(sealed.document_on),
        "trich_yeu": sealed.title,
        "nguoi_ky": signer,
        "ngay_den": day_words(local_day(sealed.made_at)),
    }
