"""Read models of the cases: what is open, for whom, until when, and what waits for the clock, a message or help."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text, and_, false

from .columns import Instant, Json, RowId, metadata

# The id is "<case>-<task of the case>", so that it is known before the row is written.
tasks = Table(
    "tasks",
    metadata,
    Column("id", Text, primary_key=True),
    Column("case_id", RowId, ForeignKey("cases.id"), nullable=False, index=True),
    Column("process", Text, nullable=False),
    Column("element", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),  # user | job
    Column("topic", Text),
    Column("form", Text),
    Column("office_id", RowId),
    Column("plan_id", RowId, index=True),
    Column("status", Text, nullable=False),  # open | completed | cancelled | failed
    Column("assignee", Text),
    Column("due", Instant),
    Column("due_days", Integer),  # the working days that `due` was counted in; null where a day was named
    Column("follow_up", Instant),
    Column("priority", Integer, nullable=False, default=50),
    Column("variables", Json, nullable=False),
    Column("escalation", Json, nullable=False),
    Column("excluded", Json, nullable=False),
    Column("next_escalation_at", Instant),
    Column("round", Integer, nullable=False, default=1),  # how often this step was opened in its case
    Column("retries", Integer),  # of a job: how often a worker may still fail; 0 waits for help
    Column("locked_by", Text),  # of a job: the worker that fetched it
    Column("locked_until", Instant),  # of a job: nobody else fetches it before
    Column("opened_at", Instant, nullable=False),
    Column("closed_at", Instant),
    Column("closed_by", Text),
    Column("closed_for", Text),  # the person in whose place it was done
    Column("outcome", Text),
    Column("remark", Text),
    Column("asked_in", Text),  # one more person was asked this inside that task
    Column("blocking", Boolean, nullable=False, default=False, server_default=false()),  # which waits for it
)
# What an inbox asks of a task stands beside each of its groups, so that a list is read from one index. It is written
# with the row where the task is new; afterwards the database itself keeps it true (triggers of migration 0017).
task_groups = Table(
    "task_groups",
    metadata,
    Column("task_id", Text, ForeignKey("tasks.id"), primary_key=True),
    Column("group_key", Text, primary_key=True),
    Column("offered", Boolean, nullable=False, default=False, server_default=false()),  # open, in nobody's hands
    Column("due", Instant),
    Column("priority", Integer, nullable=False, default=50, server_default="50"),
    Column("opened_at", Instant),
    Column("follow_up", Instant),
    Column("excludes", Boolean, nullable=False, default=False, server_default=false()),  # some may not do it
)
escalations = Table(
    "escalations",
    metadata,
    Column("task_id", Text, ForeignKey("tasks.id"), primary_key=True),
    Column("level", Integer, primary_key=True),  # working days relative to the due date
    Column("target", Text, primary_key=True),  # nguoi_giu | thu_truong | pho_chu_tich | chu_tich | van_thu
    Column("at", Instant, nullable=False),
)
timers = Table(
    "timers",
    metadata,
    Column("case_id", RowId, ForeignKey("cases.id"), primary_key=True),
    Column("timer_id", Text, primary_key=True),
    Column("element", Text, nullable=False),
    Column("due", Instant, nullable=False, index=True),
)
subscriptions = Table(
    "subscriptions",
    metadata,
    Column("case_id", RowId, ForeignKey("cases.id"), primary_key=True),
    Column("subscription_id", Text, primary_key=True),
    Column("element", Text, nullable=False),
    Column("kind", Text, nullable=False),  # message | signal
    Column("name", Text, nullable=False),
    Column("key", Text),
    Column("business_key", Text),  # of the process that waits, which may be one that the case called
)
incidents = Table(
    "incidents",
    metadata,
    Column("case_id", RowId, ForeignKey("cases.id"), primary_key=True),
    Column("incident_id", Text, primary_key=True),
    Column("element", Text),
    Column("code", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("at", Instant, nullable=False),
)
Index("ix_task_groups_group_key_task_id", task_groups.c.group_key, task_groups.c.task_id)
Index(
    "ix_task_groups_offered",
    *(
        task_groups.c[name]
        for name in ("group_key", "due", "priority", "opened_at", "task_id", "follow_up", "excludes")
    ),
    postgresql_where=task_groups.c.offered.is_(True),
    sqlite_where=task_groups.c.offered.is_(True),
)
Index(
    "ix_tasks_in_hand",
    tasks.c.assignee,
    postgresql_where=tasks.c.status == "open",
    sqlite_where=tasks.c.status == "open",
)
Index(
    "ix_tasks_holding_up",
    tasks.c.asked_in,
    postgresql_where=and_(tasks.c.status == "open", tasks.c.blocking.is_(True)),
    sqlite_where=and_(tasks.c.status == "open", tasks.c.blocking.is_(True)),
)
Index("ix_tasks_status_due", tasks.c.status, tasks.c.due)
Index("ix_tasks_office_id_due", tasks.c.office_id, tasks.c.due)
Index("ix_tasks_office_id_opened_at", tasks.c.office_id, tasks.c.opened_at)
# Each write of a task writes into every index that it stands in: only what it has of these, most have one or two.
for _column in ("asked_in", "assignee", "closed_by", "closed_for", "next_escalation_at", "topic"):
    _there = tasks.c[_column].is_not(None)
    Index(f"ix_tasks_{_column}", tasks.c[_column], postgresql_where=_there, sqlite_where=_there)
Index("ix_subscriptions_kind_name", subscriptions.c.kind, subscriptions.c.name)

# What is open in a case, as its events lead to it.
READ_MODELS = (tasks, task_groups, timers, subscriptions, incidents)
