"""What units did in a window of days: for the forms of a report cycle, which ask for it and show it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, func, or_, select

from . import comments, duties
from .document_files import DocumentFile, files_of_many
from .duties import PROGRESS, RESULT, Note, Occurrence
from .local_days import start_of
from .tables.plans import duties as duty_table
from .tables.plans import occurrences


@dataclass(frozen=True)
class Done:
    """One time of a duty that a body had to do with in the window, and what was written and attached in it.

    `wants_line` says of what goes on all along, and so is never due, that nobody wrote a line about it yet.
    """

    occurrence: Occurrence
    no: str
    title: str
    products: tuple[str, ...]
    notes: tuple[Note, ...]
    evidence: tuple[DocumentFile, ...]
    finished: bool
    late: bool
    wants_line: bool


def done_in_window(
    connection: Connection, plan_id: int, body_ids: Collection[int], first: date, last: date
) -> dict[int, list[Done]]:
    """By body, in the order of the plan: every time of a duty that was open on a day of the window, both included.

    `finished` and `late` are judged at the end of the window; notes and files are those of the window alone.
    """
    rows = connection.execute(
        select(occurrences.c.id, duty_table.c.no, duty_table.c.title, duty_table.c.products)
        .join(duty_table, duty_table.c.id == occurrences.c.duty_id)
        .where(duty_table.c.plan_id == plan_id, occurrences.c.body_id.in_(body_ids))
        .where(occurrences.c.opens_on <= last, occurrences.c.passed_over.is_(None))
        .where(or_(occurrences.c.done_at.is_(None), occurrences.c.done_at >= start_of(first)))
        .where(or_(func.coalesce(occurrences.c.ends_on, last) >= first, occurrences.c.done_at.is_(None)))
        .order_by(occurrences.c.duty_id, occurrences.c.opens_on, occurrences.c.id)
    ).all()
    known = duties.occurrences_by_id(connection, [row.id for row in rows])
    begins, ends = start_of(first), start_of(last + timedelta(days=1))
    written: dict[int, list[Note]] = {}
    for note in duties.notes_of(connection, known):
        if begins <= note.at < ends:
            written.setdefault(note.occurrence_id, []).append(note)
    ids = [note.comment_id for notes in written.values() for note in notes if note.comment_id is not None]
    files = files_of_many(connection, comments.FILES, ids)
    found: dict[int, list[Done]] = {}
    for row in rows:
        one, notes = known[row.id], tuple(written.get(row.id, ()))
        finished = one.done_at is not None and one.done_at < ends
        done = Done(
            one,
            row.no,
            row.title,
            tuple(row.products),
            notes,
            tuple(file for note in notes for file in files.get(note.comment_id or 0, ())),
            finished,
            late=not finished and one.due_on is not None and one.due_on < last,
            wants_line=one.due_on is None
            and not finished
            and not any(note.kind in (PROGRESS, RESULT) for note in notes),
        )
        found.setdefault(one.body_id, []).append(done)
    return found
