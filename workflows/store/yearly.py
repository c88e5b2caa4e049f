"""Reviews of plans at the end of a year, archives of finished plans, and how long an office keeps them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from workflows.errors import NotFound

from .local_days import local_day
from .plans import Plan, plan
from .suspending import goes_on
from .tables.plans import plans
from .tables.processes import cases
from .tables.yearly import archives, plan_reviews, retention_rules

OF_YEAR, OF_YEARS = "ke_hoach_nam", "ke_hoach_nhieu_nam"
KINDS = (OF_YEAR, OF_YEARS)


@dataclass(frozen=True)
class Review:
    """The review of a plan in one year; `proposal` is giu, sua_doi or thay_the once the drafting unit made it."""

    id: int
    plan_id: int
    year: int
    case_id: int | None
    opened_at: datetime
    proposal: str | None
    remark: str | None
    proposed_by: str | None
    decided_at: datetime | None
    decided_by: str | None
    draft_plan_id: int | None = None


@dataclass(frozen=True)
class Archive:
    """A finished plan's file (hồ sơ); `keep_until` is its last day, None: for ever, or no rule says how long."""

    id: int
    plan_id: int
    office_id: int
    kind: str
    year: int
    closed_on: date
    made_at: datetime
    documents: int
    title: str
    basis: str | None
    keep_years: int | None

    @property
    def keep_until(self) -> date | None:
        """The last day on which it must be kept: the end of the last whole year after the one in which it ended."""
        return None if self.keep_years is None else date(self.year + self.keep_years, 12, 31)

    def falls_due_in(self, year: int) -> bool:
        """Whether a rule with its legal basis lets the keeping end with this year."""
        return self.basis is not None and self.keep_until is not None and self.keep_until.year == year

    def may_be_destroyed(self, today: date) -> bool:
        """Whether a rule with its legal basis says so; nothing is destroyed by the program."""
        return self.basis is not None and self.keep_until is not None and self.keep_until < today


def plans_to_review(connection: Connection, year: int, issued_by: date, limit: int) -> list[Plan]:
    """Plans in force that go on after this year, were issued by that day and have no review of the year yet."""
    reviewed = select(plan_reviews.c.plan_id).where(plan_reviews.c.year == year)
    wanted = (
        select(plans.c.id)
        .where(
            plans.c.status == "in_force",
            plans.c.period_from <= year,
            plans.c.period_to > year,
            plans.c.issued_on <= issued_by,
            plans.c.id.not_in(reviewed),
            goes_on(plans.c.office_id),
        )
        .order_by(plans.c.id)
        .limit(limit)
    )
    return [plan(connection, row.id) for row in connection.execute(wanted)]


def add_review(connection: Connection, plan_id: int, year: int, at: datetime) -> int:
    """Begin the review; a second one of the year is refused by the table."""
    values = {"plan_id": plan_id, "year": year, "opened_at": at}
    return int(connection.execute(insert(plan_reviews).values(values).returning(plan_reviews.c.id)).scalar_one())


def review(connection: Connection, review_id: int) -> Review:
    """One review, or NotFound."""
    row = connection.execute(select(plan_reviews).where(plan_reviews.c.id == review_id)).one_or_none()
    if row is None:
        raise NotFound("review", id=review_id)
    return Review(**row._mapping)


def reviews_of(connection: Connection, plan_id: int) -> list[Review]:
    """The reviews of a plan, oldest first."""
    rows = connection.execute(
        select(plan_reviews).where(plan_reviews.c.plan_id == plan_id).order_by(plan_reviews.c.year)
    )
    return [Review(**row._mapping) for row in rows]


def review_that_made(connection: Connection, plan_id: int) -> Review | None:
    """The review of which this plan is the draft, if it came of one."""
    row = connection.execute(select(plan_reviews).where(plan_reviews.c.draft_plan_id == plan_id)).one_or_none()
    return None if row is None else Review(**row._mapping)


def change_review(connection: Connection, review_id: int, **values: Any) -> None:  # noqa: ANN401 - column values
    """Write these columns of the review."""
    connection.execute(update(plan_reviews).where(plan_reviews.c.id == review_id).values(**values))


def plans_to_archive(connection: Connection, limit: int) -> list[tuple[Plan, datetime]]:
    """Plans whose life is over and which have no file yet, with the instant at which it ended."""
    there = select(archives.c.plan_id)
    rows = connection.execute(
        select(plans.c.id, cases.c.ended_at)
        .join(cases, cases.c.id == plans.c.case_id)
        .where(plans.c.status.in_(("closed", "stopped")), cases.c.ended_at.is_not(None), plans.c.id.not_in(there))
        .where(plans.c.number.is_not(None), goes_on(plans.c.office_id))
        .order_by(cases.c.ended_at, plans.c.id)
        .limit(limit)
    ).all()
    return [(plan(connection, row.id), row.ended_at) for row in rows]


def add_archive(connection: Connection, of: Plan, ended_at: datetime, made_at: datetime, documents: int) -> int:
    """Note that the plan has its file."""
    years = (of.period_to or 0) - (of.period_from or 0)
    closed_on = local_day(ended_at)
    values: Mapping[str, Any] = {
        "plan_id": of.id,
        "office_id": of.office_id,
        "kind": OF_YEARS if years else OF_YEAR,
        "year": closed_on.year,
        "closed_on": closed_on,
        "made_at": made_at,
        "documents": documents,
    }
    return int(connection.execute(insert(archives).values(values).returning(archives.c.id)).scalar_one())


def archives_of(
    connection: Connection, *, office_ids: Collection[int] = (), plan_id: int | None = None
) -> list[Archive]:
    """The files of these offices, or that of one plan, the newest year first, with how long they are kept."""
    rule = retention_rules
    wanted = (
        select(archives, plans.c.title, rule.c.basis, rule.c.years.label("keep_years"))
        .join(plans, plans.c.id == archives.c.plan_id)
        .outerjoin(rule, (rule.c.office_id == archives.c.office_id) & (rule.c.kind == archives.c.kind))
        .order_by(archives.c.year.desc(), archives.c.closed_on, archives.c.id)
    )
    chosen = archives.c.plan_id == plan_id if plan_id is not None else archives.c.office_id.in_(office_ids)
    return [Archive(**row._mapping) for row in connection.execute(wanted.where(chosen))]


def offices_with_due(connection: Connection, year: int) -> list[tuple[int, int]]:
    """The offices whose rules let the keeping of files end with this year, with how many files it is."""
    rule = retention_rules
    wanted = (
        select(archives.c.office_id, func.count())
        .join(rule, (rule.c.office_id == archives.c.office_id) & (rule.c.kind == archives.c.kind))
        .where(archives.c.year + rule.c.years == year, goes_on(archives.c.office_id))
        .group_by(archives.c.office_id)
        .order_by(archives.c.office_id)
    )
    return [(office_id, number) for office_id, number in connection.execute(wanted)]


def set_retention(connection: Connection, values: Mapping[str, Any]) -> None:
    """Set how long an office keeps files of a kind, in place of what was set before."""
    rule = retention_rules
    connection.execute(delete(rule).where(rule.c.office_id == values["office_id"], rule.c.kind == values["kind"]))
    connection.execute(insert(rule).values(**values))


def retention_of(connection: Connection, office_id: int) -> dict[str, Any]:
    """What an office set, by kind."""
    rows = connection.execute(select(retention_rules).where(retention_rules.c.office_id == office_id))
    return {row.kind: row for row in rows}
