"""What belongs to an opinion beside its words: its points, and the body's own công văn with what it proves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from workflows.errors import NotFound

from .document_files import STATE
from .tables.consultation import opinion_papers, opinion_points
from .tables.issuing import document_files


@dataclass(frozen=True)
class Point:
    """One of the things that an opinion says, and what became of it."""

    id: int
    opinion_id: int
    no: int
    text: str
    disposition: str | None
    disposition_text: str | None
    disposed_at: datetime | None
    disposed_by: str | None


@dataclass(frozen=True)
class OpinionPaper:
    """A file that came with an opinion; `verdict` is what verification found on that day (signing/verify_pdf.py)."""

    id: int
    opinion_id: int
    file_id: int
    verdict: Mapping[str, Any]
    name: str
    media_type: str
    size: int  # bytes
    made_at: datetime
    made_by: str | None
    words: str | None = None  # as of a DocumentFile


def points_of(connection: Connection, opinion_ids: Iterable[int]) -> dict[int, list[Point]]:
    """The points of these opinions in their order; an opinion that was not split has none."""
    found: dict[int, list[Point]] = {}
    wanted = select(opinion_points).where(opinion_points.c.opinion_id.in_(list(opinion_ids)))
    for row in connection.execute(wanted.order_by(opinion_points.c.opinion_id, opinion_points.c.no)):
        found.setdefault(row.opinion_id, []).append(Point(**row._mapping))
    return found


def put_points(connection: Connection, opinion_id: int, texts: Sequence[str]) -> None:
    """Split the opinion into these points; points it had before are taken back."""
    connection.execute(delete(opinion_points).where(opinion_points.c.opinion_id == opinion_id))
    rows = [{"opinion_id": opinion_id, "no": no, "text": text} for no, text in enumerate(texts, start=1)]
    if rows:
        connection.execute(insert(opinion_points), rows)


def change_point(connection: Connection, point_id: int, **values: Any) -> None:  # noqa: ANN401 - column values
    """Write these columns of the point."""
    connection.execute(update(opinion_points).where(opinion_points.c.id == point_id).values(**values))


def add_paper(connection: Connection, opinion_id: int, file_id: int, verdict: Mapping[str, Any]) -> None:
    """Say that this kept file is the body's own paper."""
    connection.execute(insert(opinion_papers).values(opinion_id=opinion_id, file_id=file_id, verdict=dict(verdict)))


def papers_of(connection: Connection, opinion_ids: Iterable[int]) -> dict[int, list[OpinionPaper]]:
    """The papers of these opinions, oldest first."""
    found: dict[int, list[OpinionPaper]] = {}
    for paper in _papers(connection, opinion_papers.c.opinion_id.in_(list(opinion_ids))):
        found.setdefault(paper.opinion_id, []).append(paper)
    return found


def paper(connection: Connection, paper_id: int) -> OpinionPaper:
    """This paper, or NotFound."""
    for found in _papers(connection, opinion_papers.c.id == paper_id):
        return found
    raise NotFound("opinion_paper", id=paper_id)


def _papers(connection: Connection, condition: Any) -> list[OpinionPaper]:  # noqa: ANN401 - an SQL condition
    files = document_files.c
    wanted = (
        select(opinion_papers, files.name, files.media_type, files.made_at, files.made_by, STATE.label("words"))
        .add_columns(func.length(files.content).label("size"))
        .join(document_files, files.id == opinion_papers.c.file_id)
        .where(condition)
        .order_by(opinion_papers.c.id)
    )
    return [OpinionPaper(**row._mapping) for row in connection.execute(wanted)]
