"""A plan that is over gets its file: mục lục and documents in the order of time as one PDF, and one XML with hashes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from hashlib import sha256

from sqlalchemy import Connection

from workflows.engine.calendar import VIETNAM
from workflows.papers.dossier_files import dossier_xml, joined, pages_of
from workflows.papers.fonts import find_font
from workflows.papers.write_pdf import pdf_bytes
from workflows.plans.cycles import period_words
from workflows.plans.dossier import Piece, in_order, index_paper
from workflows.plans.numbering import format_number
from workflows.store import document_files, issuing, plans, reporting, yearly
from workflows.store.plans import Plan

from .compose_paper import compose_paper
from .desk import Desk, Swept, Work
from .one_by_one import one_by_one
from .paper_facts import matter_of

ARCHIVE = "archive"
XML = "application/xml"
_PDF_HEAD = b"%PDF-"


def archive_plans(desk: Desk, limit: int = 50) -> Swept:
    """Make the file of every plan that ended and has none, each in a transaction of its own; nothing is deleted."""
    with desk.database.read() as connection:
        due = yearly.plans_to_archive(connection, limit)
    return one_by_one(desk.as_clock(), [partial(_archive, plan=plan, ended_at=ended) for plan, ended in due])


def _archive(work: Work, plan: Plan, ended_at: datetime) -> None:
    pieces = in_order(list(_pieces(work.connection, plan, work.today)))
    yearly.add_archive(work.connection, plan, ended_at, work.now, len(pieces))
    for role, name, media_type, content in (
        ("pdf", f"ho-so-{plan.id}.pdf", issuing.PDF, _printed(work, plan, pieces)),
        ("xml", f"ho-so-{plan.id}.xml", XML, dossier_xml(_facts(plan, ended_at), pieces)),
    ):
        document_files.keep_file(
            work.connection, ARCHIVE, plan.id, role, name, media_type, content, work.now, work.names
        )


def _printed(work: Work, plan: Plan, pieces: list[Piece]) -> bytes:
    """The index in front, which is written twice: the second time it knows how many pages it takes itself."""
    matter, font = matter_of(work.connection, plan, work.today), find_font()
    lengths = [pages_of(piece.pdf) if piece.pdf else None for piece in pieces]
    index = pdf_bytes(index_paper(matter, pieces, [None] * len(pieces)), font)
    starts: list[int | None] = []
    page = pages_of(index) + 1
    for length in lengths:
        starts.append(None if length is None else page)
        page += length or 0
    index = pdf_bytes(index_paper(matter, pieces, starts), font)
    return joined([index, *(piece.pdf for piece in pieces if piece.pdf)])


def _facts(plan: Plan, ended_at: datetime) -> dict[str, str]:
    return {
        "ten": plan.title,
        "soKyHieu": format_number(plan.number, plan.symbol) if plan.number and plan.symbol else "",
        "batDau": _day(plan.created_at).isoformat(),
        "ketThuc": _day(ended_at).isoformat(),
        "tinhTrang": plan.status,
    }


def _pieces(connection: Connection, plan: Plan, today: date) -> Iterator[Piece]:
    """Drafts, the opinions with what became of them, the issued plan, reviews and reports."""
    for version in plans.versions(connection, plan.id):
        hashed, made_by = version.content_hash, version.made_by or ""
        title = f"{plan.title}, bản {version.version}"
        yield Piece("Dự thảo", title, _day(version.made_at), made_by, hashed, text=version.text)
    yield from _opinions(connection, plan, today)
    yield from _frozen(connection, "plan", plan.id, "Kế hoạch", plan.title)
    for review in yearly.reviews_of(connection, plan.id):
        if review.remark is not None:
            said = f"{review.proposal}: {review.remark}"
            on, by = _day(review.decided_at or review.opened_at), review.proposed_by or ""
            yield Piece("Rà soát", f"năm {review.year}", on, by, sha256(said.encode()).hexdigest(), text=said)
    for cycle in reporting.cycles_of_plan(connection, plan.id):
        about = cycle.title or period_words(cycle.key)
        yield from _frozen(connection, "report", cycle.id, "Báo cáo", f"{plan.title} ({about})", cycle.report or "")


def _opinions(connection: Connection, plan: Plan, today: date) -> Iterator[Piece]:
    """The table of opinions, as a paper made now of what was frozen then."""
    rounds = [approval for approval in issuing.standing_approvals(connection, "plan", plan.id) if approval.role == "ky"]
    if not rounds or not plan.consulted:
        return
    content = pdf_bytes(compose_paper(connection, plan.id, "tiep_thu", today), find_font())
    title, hashed = "Bảng tổng hợp, tiếp thu, giải trình ý kiến", sha256(content).hexdigest()
    yield Piece("Bảng tổng hợp", title, _day(rounds[-1].at), "", hashed, pdf=content)


def _frozen(  # noqa: PLR0917 - what a document is known by
    connection: Connection, subject: str, subject_id: int, kind: str, title: str, text: str = ""
) -> Iterator[Piece]:
    """The document with its number as it was frozen, or signed where it was."""
    line = issuing.register_line_of(connection, subject, subject_id)
    frozen = issuing.frozen(connection, subject, subject_id)
    if line is None or frozen is None:
        return
    signed = document_files.signed_file(connection, subject, subject_id)
    content = document_files.file_content(connection, signed.id) if signed else bytes(frozen.bytes)
    yield Piece(
        kind,
        title,
        line.document_on,
        line.signer or "",
        sha256(content).hexdigest(),
        cited=format_number(line.number, line.symbol),
        pdf=content if content.startswith(_PDF_HEAD) else None,
        text=text or issuing.issued_text(connection, subject, subject_id) or "",
    )


def _day(at: datetime) -> date:
    return at.astimezone(VIETNAM).date()
