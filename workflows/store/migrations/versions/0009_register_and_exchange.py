"""Books that close, the register of what comes in, corrections and recalls, and envelopes of electronic exchange."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflows.plans.names import fold
from workflows.store.tables.columns import Instant, Json

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("bodies", sa.Column("organ_code", sa.Text))
    op.create_index("ix_bodies_organ_code", "bodies", ["organ_code"], unique=True)
    op.add_column("register", sa.Column("note", sa.Text))
    op.add_column("register", sa.Column("fold", sa.Text))
    op.add_column("recipients", sa.Column("fold", sa.Text))
    op.create_index("ix_register_symbol_number", "register", ["office_id", "year", "symbol", "number"], unique=True)
    _fold_what_is_there()
    _relations()
    _books()
    _incoming()
    _envelopes()


def _fold_what_is_there() -> None:
    connection = op.get_bind()
    book = sa.table("register", *map(sa.column, ("id", "number", "symbol", "title", "signer", "recipients", "fold")))
    for row in connection.execute(sa.select(book)).all():
        words = (f"{row.number:02d}/{row.symbol}", row.title, row.signer or "", row.recipients or "")
        connection.execute(sa.update(book).where(book.c.id == row.id).values(fold=fold(" ".join(words))))
    lines = sa.table("recipients", *map(sa.column, ("body_name", "fold")))
    for name in connection.execute(sa.select(lines.c.body_name).distinct()).scalars().all():
        connection.execute(sa.update(lines).where(lines.c.body_name == name).values(fold=fold(name)))


def _relations() -> None:
    op.create_table(
        "register_relations",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("register_id", ID, sa.ForeignKey("register.id"), nullable=False),
        sa.Column("relation", sa.Text, nullable=False),
        sa.Column("by_register_id", ID, sa.ForeignKey("register.id")),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.UniqueConstraint("register_id", "relation", "by_register_id"),
    )
    op.create_index("ix_register_relations_register_id", "register_relations", ["register_id"])


def _books() -> None:
    op.create_table(
        "books",
        sa.Column("office_id", ID, sa.ForeignKey("bodies.id"), primary_key=True),
        sa.Column("book", sa.Text, primary_key=True),
        sa.Column("year", sa.Integer, primary_key=True),
        sa.Column("closed_at", Instant),
    )
    op.create_table(
        "book_changes",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("office_id", ID, sa.ForeignKey("bodies.id"), nullable=False),
        sa.Column("book", sa.Text, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("change", sa.Text, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
    )
    op.create_index("ix_book_changes_office_id_year", "book_changes", ["office_id", "year"])


def _incoming() -> None:
    op.create_table(
        "incoming",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("office_id", ID, sa.ForeignKey("bodies.id"), nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("arrived_on", sa.Date, nullable=False),
        sa.Column("issuer", sa.Text, nullable=False),
        sa.Column("issuer_fold", sa.Text, nullable=False),
        sa.Column("issuer_body_id", ID, sa.ForeignKey("bodies.id")),
        sa.Column("cited", sa.Text, nullable=False),
        sa.Column("document_on", sa.Date, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("signer", sa.Text),
        sa.Column("copies", sa.Integer, nullable=False, server_default="1"),
        sa.Column("note", sa.Text),
        sa.Column("subject", sa.Text),
        sa.Column("subject_id", ID),
        sa.Column("plan_id", ID, sa.ForeignKey("plans.id")),
        sa.Column("lead_body_id", ID, sa.ForeignKey("bodies.id")),
        sa.Column("coop", Json, nullable=False),
        sa.Column("due_on", sa.Date),
        sa.Column("direction", sa.Text),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("fold", sa.Text, nullable=False),
        sa.Column("came_at", Instant, nullable=False),
        sa.Column("entered_at", Instant, nullable=False),
        sa.Column("entered_by", sa.Text, nullable=False),
        sa.Column("recalled_at", Instant),
        sa.Column("recall_reason", sa.Text),
        sa.UniqueConstraint("office_id", "year", "number"),
    )
    op.create_index("ix_incoming_office_id_issuer_fold", "incoming", ["office_id", "issuer_fold", "cited"])
    op.create_index("ix_incoming_plan_id", "incoming", ["plan_id"])


def _envelopes() -> None:
    op.create_table(
        "envelopes",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("direction", sa.Text, nullable=False),
        sa.Column("office_id", ID, sa.ForeignKey("bodies.id"), nullable=False),
        sa.Column("peer", sa.Text, nullable=False),
        sa.Column("document_id", sa.Text, nullable=False),
        sa.Column("cited", sa.Text, nullable=False),
        sa.Column("document_on", sa.Date, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("peer_name", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("detail", sa.Text),
        sa.Column("recipient_id", ID, sa.ForeignKey("recipients.id")),
        sa.Column("incoming_id", ID, sa.ForeignKey("incoming.id")),
        sa.Column("content", sa.LargeBinary),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("next_at", Instant),
        sa.Column("lease_until", Instant),
        sa.Column("sent_at", Instant),
        sa.Column("error", sa.Text),
        sa.UniqueConstraint("direction", "office_id", "peer", "document_id", "message"),
    )
    op.create_index("ix_envelopes_state_next_at", "envelopes", ["state", "next_at"])
    op.create_index("ix_envelopes_recipient_id", "envelopes", ["recipient_id"])
    op.create_index("ix_envelopes_incoming_id", "envelopes", ["incoming_id"])


def downgrade() -> None:
    for name in ("envelopes", "incoming", "book_changes", "books", "register_relations"):
        op.drop_table(name)
    op.drop_index("ix_register_symbol_number", "register")
    op.drop_column("recipients", "fold")
    op.drop_column("register", "fold")
    op.drop_column("register", "note")
    op.drop_index("ix_bodies_organ_code", "bodies")
    op.drop_column("bodies", "organ_code")
