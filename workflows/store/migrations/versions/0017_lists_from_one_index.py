"""What an inbox asks of a task beside each of its groups, kept true by the database; indexes for lists of a person."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflows.store.tables.columns import Instant

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

ASKED = "status, assignee, kind, due, priority, opened_at, follow_up, excluded"
# A row that is written without what is asked (a known task that is offered to others now) gets it at once.
POSTGRES = """
CREATE FUNCTION keep_offers() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE changed text;
BEGIN
  IF TG_TABLE_NAME = 'tasks' THEN changed := NEW.id; ELSE changed := NEW.task_id; END IF;
  UPDATE task_groups g SET offered = (t.status = 'open' AND t.kind = 'user' AND t.assignee IS NULL), due = t.due,
    priority = t.priority, opened_at = t.opened_at, follow_up = t.follow_up,
    excludes = (t.excluded <> CAST('[]' AS jsonb))
  FROM tasks t WHERE t.id = changed AND g.task_id = changed;
  RETURN NULL;
END $$;
CREATE TRIGGER keep_offers AFTER UPDATE OF asked ON tasks FOR EACH ROW EXECUTE FUNCTION keep_offers();
CREATE TRIGGER keep_offers AFTER INSERT ON task_groups FOR EACH ROW WHEN (NEW.opened_at IS NULL)
  EXECUTE FUNCTION keep_offers();
""".replace("OF asked", f"OF {ASKED}")
SQLITE_UPDATE = """BEGIN
  UPDATE task_groups SET (offered, due, priority, opened_at, follow_up, excludes) = (
    SELECT t.status = 'open' AND t.kind = 'user' AND t.assignee IS NULL, t.due, t.priority, t.opened_at, t.follow_up,
      t.excluded <> '[]' FROM tasks t WHERE t.id = task_groups.task_id)
  WHERE task_id = NEW.changed; END"""
SQLITE = (
    f"CREATE TRIGGER keep_offers_of_tasks AFTER UPDATE OF {ASKED} ON tasks " + SQLITE_UPDATE.replace("changed", "id"),
    "CREATE TRIGGER keep_offers AFTER INSERT ON task_groups WHEN NEW.opened_at IS NULL "
    + SQLITE_UPDATE.replace("changed", "task_id"),
)
BACKFILL = """
UPDATE task_groups SET (offered, due, priority, opened_at, follow_up, excludes) = (
  SELECT t.status = 'open' AND t.kind = 'user' AND t.assignee IS NULL, t.due, t.priority, t.opened_at, t.follow_up,
    CAST(t.excluded AS text) <> '[]' FROM tasks t WHERE t.id = task_groups.task_id)"""


def upgrade() -> None:
    for column in (
        sa.Column("offered", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("due", Instant),
        sa.Column("priority", sa.Integer, nullable=False, server_default="50"),
        sa.Column("opened_at", Instant),
        sa.Column("follow_up", Instant),
        sa.Column("excludes", sa.Boolean, nullable=False, server_default=sa.false()),
    ):
        op.add_column("task_groups", column)
    op.execute(BACKFILL)
    _indexes()
    postgres = op.get_bind().dialect.name == "postgresql"
    for statement in (POSTGRES,) if postgres else SQLITE:
        op.execute(statement)


def _indexes() -> None:
    where = {"offered": ("offered IS true", "offered IS 1"), "open": ("status = 'open'",) * 2}
    where["blocking"] = ("status = 'open' AND blocking IS true", "status = 'open' AND blocking IS 1")
    offers = ["group_key", "due", "priority", "opened_at", "task_id", "follow_up", "excludes"]
    for name, table, columns, condition in (
        ("ix_task_groups_offered", "task_groups", offers, "offered"),
        ("ix_tasks_in_hand", "tasks", ["assignee"], "open"),
        ("ix_tasks_holding_up", "tasks", ["asked_in"], "blocking"),
    ):
        on_postgres, on_sqlite = (sa.text(each) for each in where[condition])
        op.create_index(name, table, columns, postgresql_where=on_postgres, sqlite_where=on_sqlite)
    op.create_index("ix_plans_created_by", "plans", ["created_by"])
    op.create_index("ix_handovers_by_person", "handovers", ["by_person"])


def downgrade() -> None:
    postgres = op.get_bind().dialect.name == "postgresql"
    if postgres:
        op.execute("DROP TRIGGER keep_offers ON tasks; DROP TRIGGER keep_offers ON task_groups")
        op.execute("DROP FUNCTION keep_offers")
    else:
        op.execute("DROP TRIGGER keep_offers_of_tasks")
        op.execute("DROP TRIGGER keep_offers")
    for name, table in (
        ("ix_handovers_by_person", "handovers"),
        ("ix_plans_created_by", "plans"),
        ("ix_tasks_holding_up", "tasks"),
        ("ix_tasks_in_hand", "tasks"),
        ("ix_task_groups_offered", "task_groups"),
    ):
        op.drop_index(name, table)
    for name in ("excludes", "follow_up", "opened_at", "priority", "due", "offered"):
        op.drop_column("task_groups", name)
