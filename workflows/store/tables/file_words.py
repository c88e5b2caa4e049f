"""What can be found in files that people attached: one row a file, waiting to be read from the moment it is kept.

Indexed like the words of plans (`plan_words.py`), by migration 0034; asked through `store/file_words.py`.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table, Text, text

from .columns import RowId, metadata
from .issuing import document_files

_WAITING = text("state = 'waiting'")
file_words = Table(
    "file_words",
    metadata,
    Column(
        "file_id", RowId, ForeignKey(document_files.c.id, ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    Column("office_id", RowId, nullable=False),
    Column("plan_id", RowId, index=True),  # whoever sees it sees the file; null: only the office does
    Column("state", Text, nullable=False),  # waiting | whole | beginning | scan | unreadable
    Column("reason", Text),  # the code of what could not be read
    Column("text", Text, nullable=False),  # what stands in it, for the passage that is shown
    Column("fold", Text, nullable=False),  # its name and its words without marks, one space between
    Column("marked", Text, nullable=False),  # the same with their marks
    Index("ix_file_words_waiting", "file_id", sqlite_where=_WAITING, postgresql_where=_WAITING),
)
