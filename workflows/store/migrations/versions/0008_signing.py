"""Digital signatures: keys, orders to sign, and codes to check a document by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from workflows.store.tables.columns import Instant

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "signing_keys",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("holder", sa.Text, nullable=False),
        sa.Column("holder_id", ID, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("facts", JSON, nullable=False),
        sa.Column("certificate", sa.LargeBinary, nullable=False),
        sa.Column("certificate_sha256", sa.Text, nullable=False),
        sa.Column("picture", sa.LargeBinary, nullable=False),
        sa.Column("picture_mm", sa.Integer, nullable=False),
        sa.Column("registered_at", Instant, nullable=False),
        sa.Column("registered_by", sa.Text),
        sa.Column("retired_at", Instant),
    )
    op.create_index("ix_signing_keys_holder", "signing_keys", ["holder", "holder_id"])
    op.create_index("ix_signing_keys_certificate_sha256", "signing_keys", ["certificate_sha256"])
    op.create_table(
        "signing_orders",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("key_id", ID, sa.ForeignKey("signing_keys.id"), nullable=False),
        sa.Column("signer", sa.Text, nullable=False),
        sa.Column("capacity", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_at", Instant, nullable=False),
        sa.Column("error", sa.Text),
        sa.Column("file_id", ID, sa.ForeignKey("document_files.id")),
        sa.Column("value_sha256", sa.Text),
        sa.Column("ordered_at", Instant, nullable=False),
        sa.Column("done_at", Instant),
        sa.UniqueConstraint("subject", "subject_id", "role"),
    )
    op.create_index("ix_signing_orders_due", "signing_orders", ["state", "next_at"])
    op.create_index("ix_signing_orders_value_sha256", "signing_orders", ["value_sha256"])
    op.create_table(
        "check_codes",
        sa.Column("code", sa.Text, primary_key=True),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        sa.UniqueConstraint("subject", "subject_id"),
    )
    op.create_index("ix_document_files_sha256", "document_files", ["sha256"])
    op.create_index("ix_issued_sha256", "issued", ["sha256"])


def downgrade() -> None:
    op.drop_index("ix_issued_sha256", "issued")
    op.drop_index("ix_document_files_sha256", "document_files")
    op.drop_table("check_codes")
    op.drop_table("signing_orders")
    op.drop_table("signing_keys")
