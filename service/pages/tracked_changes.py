"""Revisions of Word: those that an uploaded file came with, and a file of what changed between two versions."""

from __future__ import annotations

from sqlalchemy import Connection
from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest
from service.words import vi
from service.words.tracked_words import FILE, unaccepted
from workflows.papers.media_types import DOCX
from workflows.papers.tracked_changes import tracked_changes
from workflows.papers.write_changes import changes_docx
from workflows.plans.word_diff import compare
from workflows.store import document_files, plans
from workflows.store.plans import PlanVersion

from .attachment import attachment
from .plan import open_plan

pages = Pages()


@pages.get("/ke-hoach/{plan_id}/phien-ban/thay-doi.docx", PERSON)
def changes(visit: Guest, plan_id: int, tu: int, den: int) -> Response:
    """What changed from one version to another, as revisions that Word and LibreOffice accept or reject."""
    with visit.web.database.read() as connection:
        plan = open_plan(visit, connection, plan_id).top.plan
        older, newer = (plans.version(connection, plan_id, number) for number in (tu, den))
    author = newer.made_by or vi.SYSTEM
    content = changes_docx(compare(older.text, newer.text), plan.title, author, newer.made_at)
    name = FILE.format(older=older.version, newer=newer.version, title=plan.title)
    return attachment(content, name, DOCX)


def warning_of(connection: Connection, version: PlanVersion) -> str:
    """What to say where the file that this version was read from has revisions that nobody accepted; else empty."""
    sources = document_files.files_of(connection, "plan", version.plan_id, "source")
    came = [each for each in sources if each.made_at == version.made_at and each.media_type == DOCX]
    if not came:
        return ""
    last = came[-1]
    if last.revisions is None:  # kept before this was noted
        return unaccepted(tracked_changes(document_files.file_content(connection, last.id), last.name))
    return unaccepted(last.revisions)
