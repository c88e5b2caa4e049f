"""What people say to each other about a plan or one of its tasks, with the files that they add."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from workflows.errors import NotFound

from .document_files import DocumentFile, files_of_many
from .tables.work_items import comments

FILES = "comment"  # the subject of the files in document_files


@dataclass(frozen=True)
class Comment:
    """One comment, or what was handed in with a decision (`filed`); `mentions` are ids of people."""

    id: int
    plan_id: int
    task_id: str | None
    kind: str
    text: str
    mentions: tuple[str, ...]
    by_person: str | None
    by_name: str
    at: datetime
    files: tuple[DocumentFile, ...] = ()


def add_comment(  # noqa: PLR0917 - the facts of a comment
    connection: Connection,
    plan_id: int,
    task_id: str | None,
    kind: str,
    text: str,
    mentions: Iterable[str],
    by: tuple[str | None, str],
    at: datetime,
) -> int:
    """Keep a comment; `by` is the id and the name of whoever wrote it."""
    row = {
        "plan_id": plan_id,
        "task_id": task_id,
        "kind": kind,
        "text": text,
        "mentions": list(mentions),
        "by_person": by[0],
        "by_name": by[1],
        "at": at,
    }
    return int(connection.execute(insert(comments).values(row).returning(comments.c.id)).scalar_one())


def comments_of(connection: Connection, plan_id: int, task_ids: Collection[str] | None = None) -> list[Comment]:
    """The comments of a plan, or only those of these tasks, oldest first, with their files."""
    wanted = select(comments).where(comments.c.plan_id == plan_id)
    if task_ids is not None:
        wanted = wanted.where(comments.c.task_id.in_(list(task_ids)))
    rows = connection.execute(wanted.order_by(comments.c.id)).all()
    files = files_of_many(connection, FILES, [row.id for row in rows])
    kept = [{**row._mapping, "mentions": tuple(row.mentions)} for row in rows]
    return [Comment(**facts, files=tuple(files.get(facts["id"], ()))) for facts in kept]


def comment(connection: Connection, comment_id: int) -> Comment:
    """This comment without its files, or NotFound."""
    row = connection.execute(select(comments).where(comments.c.id == comment_id)).one_or_none()
    if row is None:
        raise NotFound("comment", id=comment_id)
    return Comment(**{**row._mapping, "mentions": tuple(row.mentions)})
