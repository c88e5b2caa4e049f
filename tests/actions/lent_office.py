"""The small office with its people by role, and what they lend each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from service.auth.actor import Standing, Task, actor_of, standings
from tests.stories.cast import Cast
from workflows.actions.desk import Desk
from workflows.actions.lend_authority import Loan, act_of_loan, lend_authority
from workflows.actions.step_up import keep_step_up
from workflows.engine.actor import Actor
from workflows.plans.authority import EVERYTHING, Scope
from workflows.store import directory

DOCUMENT = ("07/GUQ-UBND", date(2024, 2, 1))


def number_of(cast: Cast, role: str, body_id: int | None = None) -> int:
    """The row of whoever holds this role."""
    return int(cast.actor(role, body_id).person or 0)


def loan(
    cast: Cast,
    lender: str,
    borrower: str,
    groups: list[str] | None = None,
    *,
    capacity: str = "TUQ.",
    days: int = 5,
    scope: Scope = EVERYTHING,
    since: datetime | None = None,
) -> Loan:
    """What one role lends to another from now on."""
    begins = since or cast.now
    keys = groups if groups is not None else [f"{lender}@{cast.office.id}"]
    return Loan(
        number_of(cast, lender),
        number_of(cast, borrower),
        capacity,
        tuple(keys),
        begins,
        begins + timedelta(days=days),
        "",
        *DOCUMENT,
        scope,
    )


def lend(cast: Cast, given: Loan) -> int:
    """The lender enters it in person."""
    return proved_and_lent(desk_of(cast, given.from_person_id), given)


def proved_and_lent(desk: Desk, given: Loan) -> int:
    """The lender proves who they are, as the page asks, and enters it."""
    with desk.open() as work:
        keep_step_up(work, act_of_loan(given), "simulated")
    return lend_authority(desk, given)


def desk_of(cast: Cast, person_id: int) -> Desk:
    """The desk of a person in the own right."""
    return Desk(cast.database, cast.now, person(cast, person_id))


def person(cast: Cast, person_id: int) -> Actor:
    """A person in the own right."""
    with cast.database.read() as connection:
        name = directory.person(connection, person_id).name
        return actor_of(connection, person_id, name, cast.now)


def shifted(given: Loan, **by: float) -> Loan:
    """The same loan at another time."""
    return replace(given, valid_from=given.valid_from + timedelta(**by), valid_to=given.valid_to + timedelta(**by))


def options(cast: Cast, role: str, task: Task) -> tuple[Standing, ...]:
    """Every capacity in which whoever holds this role may do the task now."""
    somebody = person(cast, number_of(cast, role))
    with cast.database.read() as connection:
        return standings(connection, somebody, task, cast.now)
