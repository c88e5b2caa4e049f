"""Bản sao: the copies of an issued plan or of what came in, and the form by which văn thư makes one more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection
from starlette.responses import Response

from service.auth.policy import PERSON, Pages, role
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.words import copies as words
from service.words.vi import numbered
from workflows.actions.desk import Work
from workflows.actions.make_copy import (
    FORMS_OF,
    INCOMING,
    PLAN,
    CopyWanted,
    act_of,
    check_copy,
    copy_signers,
    make_copy,
    source_of,
)
from workflows.actions.step_up import act_of_copy, has_seal
from workflows.errors import NotFound, Refused
from workflows.papers.media_types import PDF
from workflows.plans.copies import FORMS
from workflows.store import copies, document_files, incoming, issuing, plans, signing
from workflows.store.document_files import DocumentFile
from workflows.store.local_days import local_day
from workflows.store.screens import sight

from .attachment import attachment
from .mistakes import Mistake, mistakes_of
from .proving import Proof, challenge, judge, proof_for, send_code
from .register_entry import count_of, id_of

pages = Pages()
ADDRESS: Mapping[str, str] = {PLAN: "/ke-hoach/{}", INCOMING: "/so-van-ban-den/{}"}


@dataclass(frozen=True)
class Copied:
    """The document that copies are made of: of which office, how it is called, and its files to choose from."""

    source: str
    id: int
    office_id: int
    cited: str
    title: str
    files: tuple[DocumentFile, ...]

    @property
    def address(self) -> str:
        """Of the document's own page."""
        return ADDRESS[self.source].format(self.id)


@pages.get("/ke-hoach/{plan_id}/ban-sao", PERSON)
def of_plan(visit: Guest, plan_id: int) -> Response:
    """The copies of an issued plan."""
    return _page(visit, PLAN, plan_id)


@pages.post("/ke-hoach/{plan_id}/ban-sao", role("van_thu"))
def copy_plan(visit: Guest, plan_id: int) -> Response:
    """Sao y or trích sao an issued plan."""
    return _make(visit, PLAN, plan_id)


@pages.get("/so-van-ban-den/{incoming_id}/ban-sao", PERSON)
def of_incoming(visit: Guest, incoming_id: int) -> Response:
    """The copies of a document that came in."""
    return _page(visit, INCOMING, incoming_id)


@pages.post("/so-van-ban-den/{incoming_id}/ban-sao", role("van_thu"))
def copy_incoming(visit: Guest, incoming_id: int) -> Response:
    """Sao y, sao lục or trích sao what came in."""
    return _make(visit, INCOMING, incoming_id)


@pages.get("/ban-sao/{copy_id}", PERSON)
def download(visit: Guest, copy_id: int) -> Response:
    """The copy as it is given out: with the agency's signature, else to be printed; the office's own people only."""
    with visit.web.database.read() as connection:
        made = copies.copy(connection, copy_id)
        frozen = issuing.frozen(connection, copies.SUBJECT, copy_id)
        line = issuing.register_line_of(connection, copies.SUBJECT, copy_id)
        if made.office_id not in sight.sight_of(connection, visit.person.groups).office_ids or not frozen or not line:
            raise NotFound("copy", id=copy_id)
        signed = document_files.signed_file(connection, copies.SUBJECT, copy_id)
        content = document_files.file_content(connection, signed.id) if signed else bytes(frozen.bytes)
    return attachment(content, f"{FORMS[made.form]} {numbered(line.number, line.symbol)}.pdf", PDF)


def _make(visit: Visit, source: str, source_id: int) -> Response:
    sent = visit.form
    if sent.has("xem_lai"):
        return _page(visit, source, source_id, sent.fields)
    try:
        wanted, file_id = _wanted(visit), id_of(sent.text("tep"), "tep") if source == INCOMING else None
        check_copy(source, wanted)
        proof = _proof(visit, source, source_id, wanted, file_id)
        if proof is not None and sent.has("xin_khoa"):
            return challenge(visit, proof.asked)
        if proof is not None and sent.has("xin_ma"):
            send_code(visit, proof.asked)
            return _page(visit, source, source_id, sent.fields)
        if proof is not None and not proof.done:
            judge(visit, proof.asked, proof.ways)
        make_copy(visit.desk(), source, source_id, wanted, file_id)
    except Refused as refused:
        if isinstance(refused, NotFound) or status_of(refused) != 422:
            raise
        return _page(visit, source, source_id, sent.fields, mistakes_of(refused), 422)
    visit.web.nudge()
    return visit.go(f"{ADDRESS[source].format(source_id)}/ban-sao")


def _wanted(visit: Visit) -> CopyWanted:
    sent = visit.form
    return CopyWanted(
        sent.text("hinh_thuc_sao"),
        sent.text("nguoi_ky"),
        sent.text("trang"),
        sent.text("noi_nhan"),
        count_of(visit, "so_ban"),
    )


def _proof(visit: Visit, source: str, source_id: int, wanted: CopyWanted, file_id: int | None) -> Proof | None:
    """What văn thư is asked before the agency's key signs the copy; None where the office signs none digitally."""
    with visit.web.database.read() as connection:
        work = Work(connection, visit.now, visit.person)
        found = source_of(connection, source, source_id, file_id)
        if not has_seal(work, found.office_id):
            return None
        return proof_for(visit, work, act_of(source, source_id, wanted, found), found.office_id)


def _page(  # noqa: PLR0917 - what a form gives back
    visit: Visit,
    source: str,
    source_id: int,
    typed: Mapping[str, str] | None = None,
    wrong: list[Mistake] | None = None,
    status: int = 200,
) -> Response:
    with visit.web.database.read() as connection:
        copied = _copied(connection, source, source_id)
        if copied.office_id not in sight.sight_of(connection, visit.person.groups).office_ids:
            raise NotFound(source, id=source_id)
        made = copies.copies_of(connection, source, source_id)
        orders = {each.copy.id: signing.orders_of(connection, copies.SUBJECT, each.copy.id) for each in made}
        signers = copy_signers(connection, copied.office_id, local_day(visit.now))
        codes = {each.copy.id: signing.code_of(connection, copies.SUBJECT, each.copy.id) for each in made}
        may_copy = f"van_thu@{copied.office_id}" in visit.person.groups
        work = Work(connection, visit.now, visit.person)
        # Which ways there are does not depend on what is filled in; what is confirmed is what the form holds when sent.
        asked = act_of_copy(source, source_id, "")
        proof = (
            proof_for(visit, work, asked, copied.office_id) if may_copy and has_seal(work, copied.office_id) else None
        )
    return visit.page(
        "copies.html",
        status=status,
        copied=copied,
        made=made,
        waited={each for each, of_copy in orders.items() if any(one.is_open for one in of_copy.values())},
        codes=codes,
        forms=[(form, FORMS[form]) for form in FORMS_OF[source]],
        signers=signers,
        may_copy=may_copy,
        proof=proof,
        code_asked=visit.form.has("xin_ma"),
        typed={"so_ban": "1", "hinh_thuc_sao": FORMS_OF[source][0]} | dict(typed or {}),
        wrong=wrong or [],
        said=words,
    )


def _copied(connection: Connection, source: str, source_id: int) -> Copied:
    if source == PLAN:
        line = issuing.register_line_of(connection, PLAN, source_id)
        plan = plans.plan(connection, source_id)
        if line is None:
            raise NotFound("register", subject=PLAN, id=source_id)
        return Copied(PLAN, source_id, plan.office_id, numbered(line.number, line.symbol), line.title, ())
    arrived = incoming.line(connection, source_id)
    files = tuple(each for each in incoming.files_of(connection, source_id) if each.role != "destroyed")
    return Copied(INCOMING, source_id, arrived.office_id, arrived.cited, arrived.title, files)
