"""What was done with each line of Nơi nhận: sent, sent again, another way chosen, handed over on paper, chased."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Table, Text

from .columns import Instant, RowId, metadata, row_id

recipient_steps = Table(
    "recipient_steps",
    metadata,
    row_id(),
    Column("recipient_id", RowId, ForeignKey("recipients.id"), nullable=False),
    # again | channel | handed | chased | told (of a correction, recall or replacement; `detail` says which)
    Column("step", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
    Column("detail", Text),
    Column("day", Date),  # of a reminder: one a line and day
    Index("ix_recipient_steps_recipient_id", "recipient_id", "id"),
    Index("ix_recipient_steps_chased", "recipient_id", "step", "day", unique=True),
)
