"""Văn bản: every paper of a plan or a report cycle that there is at this step, as PDF and DOCX, and the kept files."""

from __future__ import annotations

from sqlalchemy import Connection
from starlette.responses import Response

from service.auth.policy import PERSON, Pages, role
from service.auth.visit import Guest, Visit
from service.words import vi
from workflows.actions.compose_paper import KINDS, compose_paper, compose_report, papers_at
from workflows.actions.keep_template import keep_template, template_of, templates_of
from workflows.errors import NotFound, Refused
from workflows.papers.docx_template import fill_template
from workflows.papers.fonts import find_font
from workflows.papers.media_types import DOCX, PDF
from workflows.papers.write_docx import docx_bytes
from workflows.papers.write_pdf import pdf_bytes
from workflows.plans.official_document import OfficialDocument
from workflows.store import copies, directory, document_files, issuing, reporting
from workflows.store.local_days import local_day
from workflows.store.screens import sight

from .attachment import attachment
from .mistakes import Mistake, mistakes_of
from .plan import open_plan, plan_tab

pages = Pages()
ENDINGS = ("pdf", "docx")


@pages.get("/ke-hoach/{plan_id}/van-ban", PERSON)
def papers(visit: Guest, plan_id: int) -> Response:
    """The kinds of papers at this step, made when they are fetched, and the files that are kept for good."""
    return papers_tab(visit, plan_id)


def papers_tab(visit: Visit, plan_id: int, wrong: list[Mistake] | None = None, status: int = 200) -> Response:
    """The tab; with what is wrong with an appendix that somebody tried to add."""
    with visit.web.database.read() as connection:
        opened = open_plan(visit, connection, plan_id)
        plan, groups = opened.top.plan, visit.person.groups
        approvals = issuing.standing_approvals(connection, "plan", plan_id)
        is_open = plan.number is None and plan.status in ("draft", "routing")
        is_drafter = bool({f"{each}@{plan.drafting_unit_id}" for each in ("can_bo", "thu_truong")} & groups)
        own = plan.office_id in sight.sight_of(connection, groups).office_ids
        return plan_tab(
            visit,
            opened,
            "van-ban",
            status,
            kinds=papers_at(connection, plan),
            frozen=issuing.frozen(connection, "plan", plan_id),
            files=document_files.files_of(connection, "plan", plan_id),
            font_missing=_font_missing(),
            may_place=f"van_thu@{plan.office_id}" in groups,
            may_add=is_open and is_drafter and not any(each.role == "ky" for each in approvals),
            copies=len(copies.copies_of(connection, "plan", plan_id)) if own and plan.number is not None else None,
            wrong=wrong or [],
        )


@pages.get("/ke-hoach/{plan_id}/van-ban/phat-hanh", PERSON)
def issued(visit: Guest, plan_id: int) -> Response:
    """The frozen bytes of the issued plan, exactly as they are signed and sent."""
    with visit.web.database.read() as connection:
        opened = open_plan(visit, connection, plan_id)
        return issued_file(connection, "plan", opened.top.plan.id)


@pages.get("/ke-hoach/{plan_id}/van-ban/{kind}.{ending}", PERSON)
def paper(visit: Guest, plan_id: int, kind: str, ending: str) -> Response:
    """One paper as it is now; an issued plan as PDF is its frozen bytes."""
    with visit.web.database.read() as connection:
        plan = open_plan(visit, connection, plan_id).top.plan
        if kind == "ke_hoach" and ending == "pdf" and plan.number is not None:
            return issued_file(connection, "plan", plan_id)
        document = compose_paper(connection, plan_id, kind, local_day(visit.now))
        return _file(connection, document, plan.office_id, kind, ending)


@pages.get("/ke-hoach/{plan_id}/tep/{file_id}", PERSON)
def kept(visit: Guest, plan_id: int, file_id: int) -> Response:
    """A file that is kept with the plan, as it came or was made."""
    with visit.web.database.read() as connection:
        open_plan(visit, connection, plan_id)
        for each in document_files.files_of(connection, "plan", plan_id):
            if each.id == file_id:
                return attachment(document_files.file_content(connection, file_id), each.name, each.media_type)
    raise NotFound("document_file", id=file_id)


@pages.get("/bao-cao/{cycle_id}/van-ban.{ending}", PERSON)
def report(visit: Guest, cycle_id: int, ending: str) -> Response:
    """The report of a cycle; a numbered one as PDF is its frozen bytes."""
    with visit.web.database.read() as connection:
        cycle = reporting.cycle(connection, cycle_id)
        seen = sight.sight_with_lent(connection, visit.person.groups, visit.person_id, visit.now)
        if not sight.sees(connection, seen, cycle.plan_id):
            raise NotFound("cycle", id=cycle_id)
        if ending == "pdf" and cycle.number is not None:
            return issued_file(connection, "report", cycle_id)
        document = compose_report(connection, cycle_id, local_day(visit.now))
        return _file(connection, document, cycle.office_id, "bao_cao", ending)


@pages.get("/mau-van-ban", role("van_thu"))
def templates(visit: Guest) -> Response:
    """The office's own Word templates, and the form to put one in place."""
    return _templates_page(visit, [])


@pages.post("/mau-van-ban", role("van_thu"))
def put_template(visit: Guest) -> Response:
    """Try a template and keep it; a bad one is refused and says why."""
    office = _own_office(visit)
    upload = visit.form.files.get("tep")
    if upload is None:
        return _templates_page(visit, [Mistake.empty("tep")])
    try:
        keep_template(visit.desk(), office, visit.form.text("loai"), upload.name, upload.content)
    except Refused as refused:
        return _templates_page(visit, mistakes_of(refused))
    return visit.go("/mau-van-ban")


def issued_file(connection: Connection, subject: str, subject_id: int) -> Response:
    """The document as it was sent, under the name that people know it by: with its signatures, else as frozen."""
    row = issuing.frozen(connection, subject, subject_id)
    line = issuing.register_line_of(connection, subject, subject_id)
    if row is None or line is None:
        raise Refused("NOT_NUMBERED")
    ending = "pdf" if row.media_type == PDF else "txt"
    kind = "ke_hoach" if subject == "plan" else "bao_cao"
    name = f"{vi.PAPER[kind]} {vi.numbered(line.number, line.symbol)}.{ending}"
    signed = document_files.signed_file(connection, subject, subject_id)
    content = document_files.file_content(connection, signed.id) if signed else bytes(row.bytes)
    return attachment(content, name, row.media_type)


def _file(connection: Connection, document: OfficialDocument, office_id: int, kind: str, ending: str) -> Response:
    if ending not in ENDINGS:
        raise NotFound("paper", kind=kind, ending=ending)
    about = document.notation.strip() if document.number else vi.DRAFT_MARK
    name = f"{vi.PAPER[kind]} {about} {document.subject}"
    if ending == "pdf":
        return attachment(pdf_bytes(document, find_font()), f"{name}.pdf", PDF)
    template = template_of(connection, office_id, kind)
    content = fill_template(template, document) if template else docx_bytes(document)
    return attachment(content, f"{name}.docx", DOCX)


def _font_missing() -> bool:
    try:
        find_font()
    except Refused:
        return True
    return False


def _own_office(visit: Visit) -> int:
    """The first office whose văn thư the visitor is."""
    held = sorted(int(key.partition("@")[2]) for key in visit.person.groups if key.startswith("van_thu@"))
    return held[0]


def _templates_page(visit: Visit, wrong: list[Mistake]) -> Response:
    with visit.web.database.read() as connection:
        office = directory.body(connection, _own_office(visit))
        placed = templates_of(connection, office.id)
    return visit.page(
        "paper_templates.html",
        200 if not wrong else 422,
        office=office,
        kinds=[(kind, vi.PAPER[kind]) for kind in KINDS],
        placed=placed,
        wrong=wrong,
        typed=visit.form.fields,
    )
