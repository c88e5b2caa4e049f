"""Files that belong to a document: kept once, found by what they are for, never changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, func, insert, select, update

from workflows.errors import NotFound

from .file_words import SEARCHED, await_words, forget_file_words
from .tables.file_words import file_words
from .tables.issuing import document_files

# What files are of; the wall between offices has a line for each (`wall/functions.py`).
# Those of an "office" are its templates and its emblem.
SUBJECTS = frozenset(["plan", "archive", "report", "copy", "incoming", "register", "comment", "opinion", "office"])


@dataclass(frozen=True)
class DocumentFile:
    """A file of one of SUBJECTS; `sha256` is that of its bytes, hexadecimal."""

    id: int
    subject: str
    subject_id: int
    role: str
    name: str
    media_type: str
    sha256: str
    made_at: datetime
    made_by: str | None
    size: int  # bytes
    revisions: int | None = None  # of a Word file that a text was read from: how many nobody accepted; None: unknown
    words: str | None = None  # how far it is found by what stands in it (`file_words`); None: not sought in


# How far a file is found by what stands in it, as a value of its row.
STATE = select(file_words.c.state).where(file_words.c.file_id == document_files.c.id).scalar_subquery()
_FACTS = [
    *(column for column in document_files.c if column.name != "content"),
    func.length(document_files.c.content).label("size"),
    STATE.label("words"),
]


def keep_file(  # noqa: PLR0917 - the facts of a file
    connection: Connection,
    subject: str,
    subject_id: int,
    role: str,
    name: str,
    media_type: str,
    content: bytes,
    at: datetime,
    by: str | None,
) -> int:
    """Keep these bytes for the document; the id of the file."""
    assert subject in SUBJECTS, subject
    kept = insert(document_files).values(
        subject=subject,
        subject_id=subject_id,
        role=role,
        name=name,
        media_type=media_type,
        content=content,
        sha256=sha256(content).hexdigest(),
        made_at=at,
        made_by=by,
    )
    file_id = int(connection.execute(kept.returning(document_files.c.id)).scalar_one())
    if SEARCHED.get(subject) == role:
        await_words(connection, file_id, subject, subject_id, name)
    return file_id


def files_of(connection: Connection, subject: str, subject_id: int, role: str | None = None) -> Sequence[DocumentFile]:
    """The files of a document, oldest first; with `role` only those that are for this."""
    wanted = select(*_FACTS).where(document_files.c.subject == subject, document_files.c.subject_id == subject_id)
    if role is not None:
        wanted = wanted.where(document_files.c.role == role)
    return [DocumentFile(**row._mapping) for row in connection.execute(wanted.order_by(document_files.c.id))]


def files_of_many(connection: Connection, subject: str, subject_ids: Collection[int]) -> dict[int, list[DocumentFile]]:
    """The files of several documents of one kind, by document, oldest first."""
    of = (document_files.c.subject == subject, document_files.c.subject_id.in_(subject_ids))
    found: dict[int, list[DocumentFile]] = {}
    for row in connection.execute(select(*_FACTS).where(*of).order_by(document_files.c.id)):
        found.setdefault(row.subject_id, []).append(DocumentFile(**row._mapping))
    return found


def note_revisions(connection: Connection, file_id: int, revisions: int) -> None:
    """Keep how many revisions a Word file came with, so that nobody has to read it again for that."""
    connection.execute(update(document_files).where(document_files.c.id == file_id).values(revisions=revisions))


def change_role(connection: Connection, file_id: int, role: str) -> None:
    """Let the file be there for something else, and be found no more; its bytes stay as they are."""
    connection.execute(update(document_files).where(document_files.c.id == file_id).values(role=role))
    forget_file_words(connection, [file_id])


def signed_file(connection: Connection, subject: str, subject_id: int) -> DocumentFile | None:
    """The document with its digital signatures, the agency's on top where there is one; None: it carries none."""
    found = files_of(connection, subject, subject_id, "sealed") or files_of(connection, subject, subject_id, "signed")
    return found[-1] if found else None


def file_facts(connection: Connection, file_id: int) -> DocumentFile:
    """What is known of a file without its bytes, or NotFound."""
    row = connection.execute(select(*_FACTS).where(document_files.c.id == file_id)).one_or_none()
    if row is None:
        raise NotFound("document_file", id=file_id)
    return DocumentFile(**row._mapping)


def file_content(connection: Connection, file_id: int) -> bytes:
    """The bytes of a file, or NotFound."""
    content = connection.execute(select(document_files.c.content).where(document_files.c.id == file_id)).scalar()
    if content is None:
        raise NotFound("document_file", id=file_id)
    return bytes(content)
