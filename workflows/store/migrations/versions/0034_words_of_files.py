"""What can be found in attached files: a row for each that there is, waiting to be read, and the index over it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from workflows.plans.written_words import folded_words, marked_words

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WAITING = sa.text("state = 'waiting'")
AT_ONCE = 500
FILES = sa.text(
    "SELECT f.id, f.name, p.office_id, p.id AS plan_id FROM document_files AS f JOIN plans AS p ON p.id = f.subject_id"
    " WHERE f.subject = 'plan' AND f.role = 'appendix' UNION ALL"
    " SELECT f.id, f.name, p.office_id, p.id FROM document_files AS f JOIN comments AS c ON c.id = f.subject_id"
    " JOIN plans AS p ON p.id = c.plan_id WHERE f.subject = 'comment' AND f.role = 'attachment' UNION ALL"
    " SELECT f.id, f.name, p.office_id, p.id FROM document_files AS f JOIN opinions AS o ON o.id = f.subject_id"
    " JOIN rounds AS r ON r.id = o.round_id JOIN plans AS p ON p.id = r.plan_id"
    " WHERE f.subject = 'opinion' AND f.role = 'attachment' UNION ALL"
    " SELECT f.id, f.name, i.office_id, NULL FROM document_files AS f JOIN incoming AS i ON i.id = f.subject_id"
    " WHERE f.subject = 'incoming' AND f.role = 'attachment'"
)
# The index holds no text of its own: it is told of each row that comes, changes and goes.
COLUMNS = "office_id, fold, marked"
TOLD = f"INSERT INTO file_words_index (rowid, {COLUMNS}) VALUES (new.file_id, new.office_id, new.fold, new.marked);"  # noqa: S608 - our own names
UNTOLD = (
    f"INSERT INTO file_words_index (file_words_index, rowid, {COLUMNS})"  # noqa: S608 - our own names
    " VALUES ('delete', old.file_id, old.office_id, old.fold, old.marked);"
)
OF_SQLITE = (
    f"CREATE VIRTUAL TABLE file_words_index USING fts5({COLUMNS},"
    " content = 'file_words', content_rowid = 'file_id', tokenize = 'ascii')",
    f"CREATE TRIGGER file_words_came AFTER INSERT ON file_words BEGIN {TOLD} END",
    f"CREATE TRIGGER file_words_went AFTER DELETE ON file_words BEGIN {UNTOLD} END",
    f"CREATE TRIGGER file_words_changed AFTER UPDATE ON file_words BEGIN {UNTOLD} {TOLD} END",
)
OF_POSTGRES = (
    # As for the words of plans (0032): texts lie elsewhere, the index answers for words and pairs, nothing is counted.
    "ALTER TABLE file_words SET (toast_tuple_target = 128)",
    "CREATE INDEX ix_file_words_keys ON file_words USING gin"
    ' (plan_search_keys(office_id, fold, marked) COLLATE "C") WITH (fastupdate = off)',
    "ALTER INDEX ix_file_words_keys ALTER COLUMN 1 SET STATISTICS 0",
)


def upgrade() -> None:
    op.create_table(
        "file_words",
        sa.Column(
            "file_id",
            ID,
            sa.ForeignKey("document_files.id", ondelete="CASCADE"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("plan_id", ID),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("fold", sa.Text, nullable=False),
        sa.Column("marked", sa.Text, nullable=False),
    )
    op.create_index("ix_file_words_plan_id", "file_words", ["plan_id"])
    op.create_index(
        "ix_file_words_waiting", "file_words", ["file_id"], sqlite_where=WAITING, postgresql_where=WAITING
    )
    connection = op.get_bind()
    for statement in OF_SQLITE if connection.dialect.name == "sqlite" else OF_POSTGRES:
        op.execute(statement)
    _let_wait(connection)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE file_words_index")
    op.drop_table("file_words")


def _let_wait(connection: sa.Connection) -> None:
    """The files that there are wait to be read; until then they are found by their names."""
    names = ("file_id", "office_id", "plan_id", "state", "text", "fold", "marked")
    table = sa.table("file_words", *map(sa.column, names))
    rows = connection.execute(FILES).all()
    for first in range(0, len(rows), AT_ONCE):
        connection.execute(sa.insert(table), [_waiting(row) for row in rows[first : first + AT_ONCE]])


def _waiting(row: sa.Row[Any]) -> dict[str, object]:
    return {
        "file_id": row.id,
        "office_id": row.office_id,
        "plan_id": row.plan_id,
        "state": "waiting",
        "text": "",
        "fold": folded_words(row.name),
        "marked": marked_words(row.name),
    }
