"""An office's open cases and all they rest on, copied into another database, where they may be played on.

Nothing is written where it is read. Letters, secrets, keys, logs and files stay behind: a table is copied only when it
is named here or hangs on the office's cases and plans.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, FromClause, LargeBinary, Select, Table, and_, insert, or_, select

from .tables import metadata
from .tables.plans import plans
from .tables.processes import cases
from .tables.reporting import cycles
from .tables.worklist import tasks

# The directory, the calendar and the rules of everybody.
WHOLE: Final = frozenset((
    "bodies", "body_names", "body_members", "posts", "people", "holdings", "delegations", "absences",
    "former_names", "definitions", "decisions", "calendar_days", "settings", "escalation_policies",
))  # fmt: skip
# What hangs on a case or a plan and is neither needed nor anybody's business in a copy.
LEFT: Final = frozenset((
    "events", "outbox", "deliveries", "notices", "comments", "plan_watches", "versions_seen", "task_drafts",
    "action_links", "incoming", "signing_orders", "document_files", "issued", "recipient_steps",
    "webhook_endpoints", "other_addresses", "api_tokens", "plan_words", "file_words", "checkpoint_leaves", "row_log",
    "foundings", "founding_lines",
))  # fmt: skip
# A row belongs to what the first of these columns names.
OWNERS: Final = ("plan_id", "case_id", "task_id")


def copy_office(source: Connection, target: Connection, office_id: int, most: int) -> int:
    """Copy the open cases of the office, at most so many of the newest; how many they are.

    The target has the schema and is empty; its foreign keys must not be enforced, for what a row outside of the office
    refers to is not copied.
    """
    chosen = select(cases.c.id).where(cases.c.office_id == office_id, cases.c.status == "active")
    ids = list(source.scalars(chosen.order_by(cases.c.started_at.desc(), cases.c.id.desc()).limit(most)))
    wanted = _Wanted(office_id, ids)
    for table in metadata.sorted_tables:
        which = wanted.rows(table)
        if which is None:
            continue
        for part in source.execute(which).mappings().partitions(500):
            target.execute(insert(table), [dict(row) for row in part])
    return len(ids)


def copy_directory(source: Connection, target: Connection) -> None:
    """Copy only what is everybody's: the directory, the calendar, the rules and the processes; no case and no plan."""
    for table in metadata.sorted_tables:
        if table.name in WHOLE:
            for part in source.execute(select(table)).mappings().partitions(500):
                target.execute(insert(table), [dict(row) for row in part])


class _Wanted:
    """Which rows of each table are copied; asked in the order in which tables refer to each other."""

    def __init__(self, office_id: int, case_ids: list[int]) -> None:
        self._office_id = office_id
        self._plans = select(plans.c.id).where(
            or_(
                plans.c.office_id == office_id,
                plans.c.id.in_(select(cases.c.plan_id).where(cases.c.id.in_(case_ids))),
            )
        )
        self._owned: dict[str, Select[Any]] = {
            "plan_id": self._plans,
            "case_id": select(cases.c.id).where(cases.c.id.in_(case_ids)),
            "task_id": select(tasks.c.id).where(tasks.c.case_id.in_(case_ids)),
        }
        self._conditions: dict[FromClause, ColumnElement[bool]] = {
            plans: plans.c.id.in_(self._plans),
            cases: cases.c.id.in_(case_ids),
            tasks: tasks.c.case_id.in_(case_ids),
        }

    def rows(self, table: Table) -> Select[Any] | None:
        """The rows of this table, or None when it stays behind."""
        if table.name in WHOLE:
            return select(table)
        if table.name in LEFT or any(isinstance(column.type, LargeBinary) for column in table.c):
            return None
        condition = self._conditions.get(table)
        if condition is None:
            condition = self._condition(table)
        if condition is None:
            return None
        self._conditions[table] = condition
        return select(table).where(condition)

    def _condition(self, table: Table) -> ColumnElement[bool] | None:
        if "subject" in table.c and "subject_id" in table.c:
            reports = select(cycles.c.id).where(cycles.c.plan_id.in_(self._plans))
            return or_(
                and_(table.c.subject == "plan", table.c.subject_id.in_(self._plans)),
                and_(table.c.subject == "report", table.c.subject_id.in_(reports)),
            )
        for name in OWNERS:
            if name in table.c:
                return table.c[name].in_(self._owned[name])
        for key in table.foreign_keys:
            above = self._conditions.get(key.column.table)
            if above is not None:
                return key.parent.in_(select(key.column).where(above))
        return table.c.office_id.in_((0, self._office_id)) if "office_id" in table.c else None
