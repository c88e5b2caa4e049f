"""Mẫu văn bản: văn thư puts the office's own Word template in place for a kind of paper; the newest one counts."""

from __future__ import annotations

from sqlalchemy import Connection

from workflows.errors import Refused
from workflows.papers.docx_template import check_template
from workflows.papers.media_types import DOCX
from workflows.store import document_files
from workflows.store.document_files import DocumentFile
from workflows.store.setting_changes import note_setting

from .compose_paper import KINDS
from .desk import Desk

SUBJECT = "office"
TEMPLATE = "mau_van_ban"  # the key of a template in the record of changes


def keep_template(desk: Desk, office_id: int, kind: str, name: str, content: bytes) -> int:
    """Keep the template for this kind; the id of its file. Refused with NOT_YOURS, BAD_FIELD or as `check_template`."""
    if kind not in KINDS:
        raise Refused("BAD_FIELD", field="loai", value=kind[:40])
    if f"van_thu@{office_id}" not in desk.by.groups:
        raise Refused("NOT_YOURS", office=office_id)
    check_template(content, name)
    with desk.open() as work:
        kept = document_files.files_of(work.connection, SUBJECT, office_id, _role(kind))
        before = kept[-1].name if kept else None
        note_setting(work.connection, office_id, TEMPLATE, before, name, work.now, work.by.name, kind)
        return document_files.keep_file(
            work.connection, SUBJECT, office_id, _role(kind), name, DOCX, content, work.now, work.by.name
        )


def template_of(connection: Connection, office_id: int, kind: str) -> bytes | None:
    """The office's template for this kind; None when it uses the usual layout."""
    kept = document_files.files_of(connection, SUBJECT, office_id, _role(kind))
    return document_files.file_content(connection, kept[-1].id) if kept else None


def templates_of(connection: Connection, office_id: int) -> list[tuple[str, DocumentFile]]:
    """The templates in use, each with its kind."""
    found = [(kind, document_files.files_of(connection, SUBJECT, office_id, _role(kind))) for kind in KINDS]
    return [(kind, files[-1]) for kind, files in found if files]


def _role(kind: str) -> str:
    return f"template:{kind}"
