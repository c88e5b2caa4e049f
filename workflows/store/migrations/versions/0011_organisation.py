"""Former names, changes of the directory, absences; scope and document of a delegation; for whom a task was done."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflows.store.tables.columns import Instant, Json

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OF_DELEGATIONS = (
    ("scope", Json),
    ("document_no", sa.Text()),
    ("document_on", sa.Date()),
    ("entered_at", Instant()),
    ("entered_by", sa.Text()),
    ("revoked_by", sa.Text()),
)


def upgrade() -> None:
    for name, kind in OF_DELEGATIONS:
        op.add_column("delegations", sa.Column(name, kind))
    op.add_column("holdings", sa.Column("basis", sa.Text()))
    op.add_column("tasks", sa.Column("closed_for", sa.Text()))
    op.create_index("ix_tasks_closed_for", "tasks", ["closed_for"])
    op.create_table(
        "former_names",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("body_id", ID, sa.ForeignKey("bodies.id"), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("short_name", sa.Text),
        sa.Column("until", sa.Date, nullable=False),
        sa.Column("entered_at", Instant, nullable=False),
        sa.Column("entered_by", sa.Text, nullable=False),
    )
    op.create_index("ix_former_names_body_id", "former_names", ["body_id"])
    op.create_table(
        "directory_changes",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("office_id", ID, sa.ForeignKey("bodies.id"), nullable=False),
        sa.Column("change", sa.Text, nullable=False),
        sa.Column("body_id", ID, sa.ForeignKey("bodies.id")),
        sa.Column("person_id", ID, sa.ForeignKey("people.id")),
        sa.Column("facts", Json, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
    )
    op.create_index("ix_directory_changes_office_id_at", "directory_changes", ["office_id", "at"])
    op.create_table(
        "absences",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("person_id", ID, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("first_day", sa.Date, nullable=False),
        sa.Column("last_day", sa.Date, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("stuck", Json, nullable=False),
        sa.Column("entered_at", Instant, nullable=False),
        sa.Column("entered_by", sa.Text, nullable=False),
        sa.Column("cancelled_at", Instant),
        sa.Column("cancelled_by", sa.Text),
    )
    op.create_index("ix_absences_person_id", "absences", ["person_id"])


def downgrade() -> None:
    for name in ("absences", "directory_changes", "former_names"):
        op.drop_table(name)
    op.drop_index("ix_tasks_closed_for", "tasks")
    op.drop_column("tasks", "closed_for")
    op.drop_column("holdings", "basis")
    for name, _ in reversed(OF_DELEGATIONS):
        op.drop_column("delegations", name)
