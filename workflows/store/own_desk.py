"""Filters with a name, drafts of forms, and who has the draft of a plan open: each belongs to one person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, select

from .tables.own_desk import draft_editors, form_drafts, saved_filters
from .upsert import insert_or_change

# Whoever has not been heard of for so long has gone away from the draft.
EDITS_FOR = timedelta(seconds=90)
# What was typed and never handed in is forgotten after this time.
DRAFT_KEPT = timedelta(days=30)
MOST_DRAFTS = 20  # of one person; the oldest gives way


@dataclass(frozen=True)
class SavedFilter:
    """A view of a list under a name; `query` is what stands in its address."""

    id: int
    name: str
    query: str


@dataclass(frozen=True)
class FormDraft:
    """What was typed into a form and when it was kept."""

    fields: Mapping[str, str]
    saved_at: datetime


def save_filter(  # noqa: PLR0917 - the columns of one row
    connection: Connection, person_id: int, listed: str, name: str, query: str, now: datetime
) -> None:
    """Keep a view; the same name again takes the place of the earlier one."""
    row = {"person_id": person_id, "list": listed, "name": name, "query": query, "made_at": now}
    statement = insert_or_change(connection, saved_filters, ("person_id", "list", "name"), ("query", "made_at"))
    connection.execute(statement.values(row))


def filters_of(connection: Connection, person_id: int, listed: str) -> list[SavedFilter]:
    """The views of a list that this person keeps, in the order in which they were first made."""
    mine = (saved_filters.c.person_id == person_id, saved_filters.c.list == listed)
    rows = connection.execute(select(saved_filters).where(*mine).order_by(saved_filters.c.id))
    return [SavedFilter(row.id, row.name, row.query) for row in rows]


def count_filters(connection: Connection, person_id: int, listed: str, but: str) -> int:
    """How many views of the list this person keeps besides the one of this name."""
    mine = (saved_filters.c.person_id == person_id, saved_filters.c.list == listed, saved_filters.c.name != but)
    return int(connection.execute(select(func.count()).select_from(saved_filters).where(*mine)).scalar_one())


def forget_filter(connection: Connection, person_id: int, filter_id: int) -> bool:
    """Drop a view; False when it is none of this person."""
    mine = (saved_filters.c.id == filter_id, saved_filters.c.person_id == person_id)
    return connection.execute(delete(saved_filters).where(*mine)).rowcount == 1


def save_form(connection: Connection, person_id: int, path: str, fields: Mapping[str, str], now: datetime) -> None:
    """Keep what was typed into the form of this page, in place of what was kept before; old ones are forgotten."""
    old = (form_drafts.c.person_id == person_id, form_drafts.c.saved_at < now - DRAFT_KEPT)
    connection.execute(delete(form_drafts).where(*old))
    row = {"person_id": person_id, "path": path, "fields": dict(fields), "saved_at": now}
    statement = insert_or_change(connection, form_drafts, ("person_id", "path"), ("fields", "saved_at"))
    connection.execute(statement.values(row))
    mine = form_drafts.c.person_id == person_id
    newest = select(form_drafts.c.path).where(mine).order_by(form_drafts.c.saved_at.desc()).limit(MOST_DRAFTS)
    connection.execute(delete(form_drafts).where(mine, form_drafts.c.path.not_in(newest)))


def form_of(connection: Connection, person_id: int, path: str) -> FormDraft | None:
    """What this person typed into the form of this page and has not handed in."""
    mine = (form_drafts.c.person_id == person_id, form_drafts.c.path == path)
    row = connection.execute(select(form_drafts).where(*mine)).one_or_none()
    return FormDraft(row.fields, row.saved_at) if row is not None else None


def forget_form(connection: Connection, person_id: int, path: str) -> None:
    """The form was handed in, or what was typed is thrown away."""
    mine = (form_drafts.c.person_id == person_id, form_drafts.c.path == path)
    connection.execute(delete(form_drafts).where(*mine))


def note_editing(connection: Connection, plan_id: int, person_id: int, name: str, now: datetime) -> None:
    """This person has the draft open to write in it."""
    gone = (draft_editors.c.plan_id == plan_id, draft_editors.c.seen_at < now - EDITS_FOR)
    connection.execute(delete(draft_editors).where(*gone))
    row = {"plan_id": plan_id, "person_id": person_id, "name": name, "seen_at": now}
    statement = insert_or_change(connection, draft_editors, ("plan_id", "person_id"), ("name", "seen_at"))
    connection.execute(statement.values(row))


def editors_of(connection: Connection, plan_id: int, but: int, now: datetime) -> list[str]:
    """The names of the others who have the draft open now."""
    others = (
        draft_editors.c.plan_id == plan_id,
        draft_editors.c.person_id != but,
        draft_editors.c.seen_at >= now - EDITS_FOR,
    )
    return list(connection.scalars(select(draft_editors.c.name).where(*others).order_by(draft_editors.c.name)))
