"""What a person lays out on the own desk: filters with a name, what was typed into a form, which draft is open."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Table, Text, UniqueConstraint

from .columns import Instant, Json, RowId, metadata, row_id

saved_filters = Table(
    "saved_filters",
    metadata,
    row_id(),
    Column("person_id", RowId, ForeignKey("people.id"), nullable=False),
    Column("list", Text, nullable=False),  # viec
    Column("name", Text, nullable=False),
    Column("query", Text, nullable=False),  # as in the address, without the question mark
    Column("made_at", Instant, nullable=False),
    UniqueConstraint("person_id", "list", "name"),
)
# What was typed into a form that belongs to no task, by the path of its page.
form_drafts = Table(
    "form_drafts",
    metadata,
    Column("person_id", RowId, ForeignKey("people.id"), primary_key=True),
    Column("path", Text, primary_key=True),
    Column("fields", Json, nullable=False),
    Column("saved_at", Instant, nullable=False),
)
# Who has a draft open to write in it, and since when nothing more was heard of them.
draft_editors = Table(
    "draft_editors",
    metadata,
    Column("plan_id", RowId, ForeignKey("plans.id"), primary_key=True),
    Column("person_id", RowId, ForeignKey("people.id"), primary_key=True),
    Column("name", Text, nullable=False),
    Column("seen_at", Instant, nullable=False),
)
