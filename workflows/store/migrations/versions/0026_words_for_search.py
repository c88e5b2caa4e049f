"""Duties and opinions without marks beside their text, so that one box finds them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflows.plans.names import fold

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

FOLDED = (("duties", "title"), ("opinions", "text"))


def upgrade() -> None:
    connection = op.get_bind()
    for name, source in FOLDED:
        op.add_column(name, sa.Column("fold", sa.Text))
        table = sa.table(name, sa.column("id"), sa.column(source), sa.column("fold"))
        rows = connection.execute(sa.select(table.c.id, table.c[source]).where(table.c[source].is_not(None)))
        folded = [{"row": row[0], "folded": fold(row[1])} for row in rows]
        if folded:
            change = sa.update(table).where(table.c.id == sa.bindparam("row")).values(fold=sa.bindparam("folded"))
            connection.execute(change, folded)


def downgrade() -> None:
    for name, _ in FOLDED:
        op.drop_column(name, "fold")
