"""What stands beside the work items of the cases: who held them, what was typed, said, put off and watched."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table, Text

from .columns import Instant, Json, RowId, metadata, row_id

# The chain of hands, one row a change of holder (the events hold the same, hashed).
handovers = Table(
    "handovers",
    metadata,
    row_id(),
    Column("task_id", Text, ForeignKey("tasks.id"), nullable=False, index=True),
    Column("how", Text, nullable=False),  # claimed | released | reassigned | delegated | handed_back
    Column("from_person", Text),
    Column("to_person", Text),
    Column("by_person", Text, index=True),
    Column("by_name", Text, nullable=False),
    Column("reason", Text),
    Column("at", Instant, nullable=False),
)
# What somebody typed into the form of an open task and has not handed in yet.
task_drafts = Table(
    "task_drafts",
    metadata,
    Column("task_id", Text, ForeignKey("tasks.id"), primary_key=True),
    Column("person", Text, primary_key=True),
    Column("fields", Json, nullable=False),
    Column("saved_at", Instant, nullable=False),
)
# Put off until a day by one person, for that person's list only.
follow_ups = Table(
    "follow_ups",
    metadata,
    Column("task_id", Text, ForeignKey("tasks.id"), primary_key=True),
    Column("person", Text, primary_key=True),
    Column("until", Instant, nullable=False),  # the beginning of the day
    Column("set_at", Instant, nullable=False),
)
# Files of a comment are document_files of the subject "comment".
comments = Table(
    "comments",
    metadata,
    row_id(),
    Column("plan_id", RowId, ForeignKey("plans.id"), nullable=False, index=True),
    Column("task_id", Text, ForeignKey("tasks.id"), index=True),
    Column("kind", Text, nullable=False),  # comment | filed (handed in with the decision on the task)
    Column("text", Text, nullable=False),
    Column("mentions", Json, nullable=False),  # ids of people
    Column("by_person", Text),
    Column("by_name", Text, nullable=False),
    Column("at", Instant, nullable=False),
)
plan_watches = Table(
    "plan_watches",
    metadata,
    Column("plan_id", RowId, ForeignKey("plans.id"), primary_key=True),
    Column("person_id", RowId, ForeignKey("people.id"), primary_key=True),
    Column("since", Instant, nullable=False),
)
Index("ix_follow_ups_person", follow_ups.c.person)
Index("ix_plan_watches_person_id", plan_watches.c.person_id)
