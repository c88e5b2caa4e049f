"""The words of each plan's current text, for the search; each kind of database keeps an index of its own over them.

SQLite: the table `plan_words_index` (FTS5), kept by triggers. PostgreSQL: an index over the function
`plan_search_keys`. Both are made by migration 0032 and asked by `store/plan_words.py`; see decision 0065.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Table, Text

from .columns import RowId, metadata

plan_words = Table(
    "plan_words",
    metadata,
    Column("plan_id", RowId, ForeignKey("plans.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("office_id", RowId, nullable=False),
    Column("fold", Text, nullable=False),  # words without marks, one space between
    Column("marked", Text, nullable=False),  # the same words with their marks
)
