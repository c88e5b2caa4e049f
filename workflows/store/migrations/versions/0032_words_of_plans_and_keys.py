"""The words of plans with the index that each kind of database has for them; keys on, held with Alt, or off."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from workflows.plans.written_words import folded_words, marked_words

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AT_ONCE = 200
TEXTS = sa.text(
    "SELECT p.id, p.office_id, p.number, p.symbol, p.title, v.text FROM plans AS p"
    " JOIN plan_versions AS v ON v.plan_id = p.id AND v.version = p.version"
    " WHERE p.id > :after ORDER BY p.id LIMIT :most"
)
# The index holds no text of its own: it is told of each row that comes, changes and goes.
COLUMNS = "office_id, fold, marked"
TOLD = f"INSERT INTO plan_words_index (rowid, {COLUMNS}) VALUES (new.plan_id, new.office_id, new.fold, new.marked);"  # noqa: S608 - our own names
UNTOLD = (
    f"INSERT INTO plan_words_index (plan_words_index, rowid, {COLUMNS})"  # noqa: S608 - our own names
    " VALUES ('delete', old.plan_id, old.office_id, old.fold, old.marked);"
)
OF_SQLITE = (
    f"CREATE VIRTUAL TABLE plan_words_index USING fts5({COLUMNS},"
    " content = 'plan_words', content_rowid = 'plan_id', tokenize = 'ascii')",
    f"CREATE TRIGGER plan_words_came AFTER INSERT ON plan_words BEGIN {TOLD} END",
    f"CREATE TRIGGER plan_words_went AFTER DELETE ON plan_words BEGIN {UNTOLD} END",
    f"CREATE TRIGGER plan_words_changed AFTER UPDATE ON plan_words BEGIN {UNTOLD} {TOLD} END",
)
# Every word, and every two that follow each other.
KEYS = (
    "SELECT unnest(ARRAY[word, word || ' ' || following])"
    " FROM (SELECT word, lead(word) OVER (ORDER BY place) AS following"
    " FROM unnest(string_to_array({words}, ' ')) WITH ORDINALITY AS each (word, place)) AS of_{words}"
)
# A frequent word visits the rows of all that have it, so their texts lie elsewhere.
NARROW = "ALTER TABLE plan_words SET (toast_tuple_target = 128)"
OF_POSTGRES = (
    # Its cost keeps the planner from ever working it out for a row that the index can answer for.
    "CREATE FUNCTION plan_search_keys (office bigint, fold text, marked text) RETURNS text[]"  # noqa: S608 - our own names
    " LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 5000 AS"
    " $$SELECT array_agg(DISTINCT key COLLATE \"C\") FROM (SELECT '@' || office AS key"
    f" UNION ALL {KEYS.format(words='fold')} UNION ALL {KEYS.format(words='marked')}) AS keys WHERE key <> ''$$",
    "CREATE INDEX ix_plan_words_keys ON plan_words USING gin"
    ' (plan_search_keys(office_id, fold, marked) COLLATE "C") WITH (fastupdate = off)',
    # Counted words would lead the planner to read plan after plan for a frequent one.
    "ALTER INDEX ix_plan_words_keys ALTER COLUMN 1 SET STATISTICS 0",
)


def upgrade() -> None:
    op.create_table(
        "plan_words",
        sa.Column("plan_id", ID, sa.ForeignKey("plans.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("fold", sa.Text, nullable=False),
        sa.Column("marked", sa.Text, nullable=False),
    )
    connection = op.get_bind()
    on_sqlite = connection.dialect.name == "sqlite"
    for statement in OF_SQLITE if on_sqlite else (NARROW,):
        op.execute(statement)
    _fill(connection)
    for statement in () if on_sqlite else OF_POSTGRES:
        op.execute(statement)
    _respell_keys(sa.Text(), "CASE WHEN shortcuts THEN 'on' ELSE 'off' END")


def downgrade() -> None:
    _respell_keys(sa.Boolean(), "shortcuts <> 'off'")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE plan_words_index")
        op.drop_table("plan_words")
    else:
        op.drop_table("plan_words")
        op.execute("DROP FUNCTION plan_search_keys (bigint, text, text)")


def _respell_keys(kind: sa.types.TypeEngine[Any], spelled: str) -> None:
    """Let the column be of another type, each value as this expression says it."""
    with op.batch_alter_table("display_choices") as table:
        table.add_column(sa.Column("keys", kind))
    op.execute(f"UPDATE display_choices SET keys = {spelled}")  # noqa: S608 - our own words
    with op.batch_alter_table("display_choices") as table:
        table.drop_column("shortcuts")
    with op.batch_alter_table("display_choices") as table:
        table.alter_column("keys", new_column_name="shortcuts", existing_type=kind, nullable=False)


def _fill(connection: sa.Connection) -> None:
    """The words of the plans that there are, some at a time."""
    table = sa.table("plan_words", *map(sa.column, ("plan_id", "office_id", "fold", "marked")))
    after = 0
    while rows := connection.execute(TEXTS, {"after": after, "most": AT_ONCE}).all():
        after = rows[-1].id
        connection.execute(sa.insert(table), [_words_of(row) for row in rows])


def _words_of(row: sa.Row[Any]) -> dict[str, object]:
    whole = f"{row.number or ''} {row.symbol or ''}\n{row.title}\n{row.text}"
    return {
        "plan_id": row.id,
        "office_id": row.office_id,
        "fold": folded_words(whole),
        "marked": marked_words(whole),
    }
