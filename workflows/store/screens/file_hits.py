"""The attached files that the search found: what is shown of them, read as the visitor."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, select

from workflows.store.local_days import local_day
from workflows.store.many_rows import among
from workflows.store.tables.file_words import file_words
from workflows.store.tables.issuing import document_files
from workflows.store.tables.plans import plans

from .hit import Hit


def files_found(connection: Connection, file_ids: Collection[int]) -> list[Hit]:
    """Of these files those that may be seen, newest first; the state of each is what it is of."""
    if not file_ids:
        return []
    files = document_files.c
    columns = (
        files.id, files.name, plans.c.number, plans.c.symbol, files.subject, files.made_at, file_words.c.plan_id,
        file_words.c.office_id, files.subject_id,
    )  # fmt: skip
    rows = connection.execute(
        select(*columns)
        .join_from(file_words, document_files)
        .join(plans, plans.c.id == file_words.c.plan_id, isouter=True)
        .where(among(connection, file_words.c.file_id, file_ids))
        .order_by(files.id.desc())
    )
    return [
        Hit(
            "file", row.id, row.name, "", row.number, row.symbol, row.subject, local_day(row.made_at), row.plan_id,
            row.office_id, in_text=True, subject_id=row.subject_id,
        )
        for row in rows
    ]  # fmt: skip


def file_texts(connection: Connection, file_ids: Collection[int]) -> dict[int, str]:
    """What stands in these files."""
    if not file_ids:
        return {}
    rows = connection.execute(select(file_words.c.file_id, file_words.c.text).where(file_words.c.file_id.in_(file_ids)))
    return {row.file_id: row.text for row in rows}
