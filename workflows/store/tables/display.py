"""How each person wants to see the pages, and every setting of an office as it was before and after a change."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from .columns import Instant, Json, RowId, metadata, row_id

# A row only for whoever chose something else than what holds for everybody.
display_choices = Table(
    "display_choices",
    metadata,
    Column("person_id", RowId, ForeignKey("people.id"), primary_key=True),
    Column("theme", Text, nullable=False),  # system | light | dark
    Column("text_size", Integer, nullable=False),  # 16 | 18 | 20 pixels
    Column("density", Text, nullable=False),  # role | dense | roomy
    Column("shortcuts", Text, nullable=False),  # on | alt (held with each key) | off
    Column("language", Text, nullable=False),  # vi | en
)
# Written only by what writes the setting itself, and never changed.
setting_changes = Table(
    "setting_changes",
    metadata,
    row_id(),
    Column("office_id", RowId, nullable=False),  # 0: every office
    Column("key", Text, nullable=False),
    Column("subject", Text, nullable=False),  # what of several: a day, a kind of paper
    Column("old", Json),
    Column("new", Json),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
    Index("ix_setting_changes_office_id_at", "office_id", "at"),
)
