"""Tokens of people, answers that are kept for a day, secrets of the installation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflows.store.tables.columns import Instant, Json, RowId

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("api_tokens") as table:
        table.add_column(sa.Column("person_id", RowId, sa.ForeignKey("people.id")))
    op.create_index("ix_api_tokens_person_id", "api_tokens", ["person_id"])
    op.create_table(
        "kept_answers",
        sa.Column("id", RowId, primary_key=True, autoincrement=True),
        sa.Column("token_id", RowId, sa.ForeignKey("api_tokens.id"), nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("done_at", Instant(), nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("headers", Json),
        sa.Column("body", sa.LargeBinary),
        sa.UniqueConstraint("token_id", "key", name="uq_kept_answers_token_id_key"),
    )
    op.create_table(
        "installation_secrets",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("installation_secrets")
    op.drop_table("kept_answers")
    op.drop_index("ix_api_tokens_person_id", "api_tokens")
    with op.batch_alter_table("api_tokens") as table:
        table.drop_column("person_id")
