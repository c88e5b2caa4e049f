"""Which year of which offices the figures are asked for, narrowed to a unit or to the plans that a unit drafts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, func, select

from workflows.store.directory import parse_group
from workflows.store.directory.groups import PERSON
from workflows.store.local_days import local_day, start_of
from workflows.store.tables.directory import bodies
from workflows.store.tables.plans import plans
from workflows.store.tables.worklist import task_groups, tasks


@dataclass(frozen=True)
class YearOfOffice:
    """The question: `unit_id` is the body that has the work, `field_id` the unit that drafts the plans (its field)."""

    office_ids: frozenset[int]
    year: int
    unit_id: int | None = None
    field_id: int | None = None

    @property
    def first(self) -> date:
        """The first day of the year."""
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        """The last day of the year."""
        return date(self.year, 12, 31)

    @property
    def span(self) -> tuple[datetime, datetime]:
        """The instant with which the year begins, and that with which the next one does."""
        return start_of(self.first), start_of(date(self.year + 1, 1, 1))

    def narrowed(self, plan_id: ColumnElement[int | None]) -> list[ColumnElement[bool]]:
        """The condition on the plan that a row belongs to."""
        if self.field_id is None:
            return []
        return [plan_id.in_(select(plans.c.id).where(plans.c.drafting_unit_id == self.field_id))]


# Who has a task: the first of its groups that is not a single person.
GROUP_OF_TASK = (
    select(func.min(task_groups.c.group_key))
    .where(task_groups.c.task_id == tasks.c.id, ~task_groups.c.group_key.startswith(f"{PERSON}@"))
    .scalar_subquery()
)


def body_of(group_key: str | None) -> int | None:
    """The body behind a group; None where only a single person is named."""
    return parse_group(group_key)[1] if group_key else None


def drafting_units(connection: Connection, office_ids: Collection[int]) -> dict[int, str]:
    """The units that draft plans of these offices, by id, in the order of their names."""
    wanted = (
        select(bodies.c.id, bodies.c.name)
        .where(bodies.c.id.in_(select(plans.c.drafting_unit_id).where(plans.c.office_id.in_(office_ids))))
        .order_by(bodies.c.sort_key, bodies.c.id)
    )
    return {row.id: row.name for row in connection.execute(wanted)}


def first_year(connection: Connection, office_ids: Collection[int]) -> int | None:
    """The year in which the first task of these offices was opened."""
    first = connection.execute(select(func.min(tasks.c.opened_at)).where(tasks.c.office_id.in_(office_ids))).scalar()
    return local_day(first).year if first is not None else None
