"""The file that a plan's text was read from: kept as it came, so that nobody depends on how it was read."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.papers.media_types import media_type_of
from workflows.papers.tracked_changes import tracked_changes
from workflows.store import document_files

from .desk import Work


@dataclass(frozen=True)
class SourceFile:
    """An uploaded file: the name that it had and its bytes."""

    name: str
    content: bytes


def keep_source(work: Work, plan_id: int, source: SourceFile | None) -> None:
    """Keep the file with the plan; nothing to do for a text that was typed."""
    if source is not None:
        file_id = document_files.keep_file(
            work.connection,
            "plan",
            plan_id,
            "source",
            source.name[:200],
            media_type_of(source.name),
            source.content,
            work.now,
            work.by.name,
        )
        document_files.note_revisions(work.connection, file_id, tracked_changes(source.content, source.name))
