"""A delegation that is limited shows the plans that it covers, and nothing beside them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.actions.lent_office import lend, loan, number_of, person
from tests.actions.small_office import PLAN, started
from tests.stories.cast import Cast
from workflows.actions import import_plan
from workflows.plans.authority import EVERYTHING, Scope
from workflows.store import directory
from workflows.store.database import Database
from workflows.store.screens import sight


@pytest.fixture
def cast(memory: Database) -> Cast:
    return started(memory)


def outsider(cast: Cast) -> int:
    """Somebody of the Mặt trận, who sees none of the office's plans by themselves."""
    return number_of(cast, "thu_truong", cast.office.front_id)


def seen(cast: Cast) -> set[int]:
    """The plans that the borrower may look at now."""
    borrower = outsider(cast)
    groups = person(cast, borrower).groups
    with cast.database.read() as connection:
        own = sight.sight_with_lent(connection, groups, borrower, cast.now)
        return {plan for plan in (cast.plan_id, cast.plan_id + 1) if sight.sees(connection, own, plan)}


@pytest.mark.parametrize(
    ("scope", "covered"),
    [
        (EVERYTHING, {0, 1}),
        (Scope(plans=frozenset({0})), {0}),
        (Scope(plans=frozenset({1})), {1}),
        (Scope(steps=frozenset({"ky"})), set()),
        (Scope(steps=frozenset({"soan_thao"})), {0}),
        (Scope(kinds=frozenset({"ke_hoach"})), {0}),
        (Scope(plans=frozenset({1}), steps=frozenset({"soan_thao"})), set()),
        (Scope(kinds=frozenset({"bao_cao"})), set()),
    ],
)
def test_what_a_limited_delegation_shows(cast: Cast, scope: Scope, covered: set[int]) -> None:
    unit = cast.office.drafting_unit_id
    second = import_plan(cast.drafter(), office_id=cast.office.id, drafting_unit_id=unit, text=PLAN)
    assert second == cast.plan_id + 1
    assert seen(cast) == set()
    limits = Scope(frozenset(cast.plan_id + each for each in scope.plans), scope.kinds, scope.steps)
    lender, borrower = number_of(cast, "thu_truong", unit), outsider(cast)
    with cast.database.write() as connection:
        made = directory.delegate(
            connection,
            lender,
            borrower,
            capacity="TUQ.",
            groups=[f"thu_truong@{unit}", f"thanh_vien@{unit}"],
            basis="",
            valid_from=cast.now,
            valid_to=cast.now + timedelta(days=5),
            scope=limits,
        )
    assert seen(cast) == {cast.plan_id + each for each in covered}
    cast.now += timedelta(hours=1)
    with cast.database.write() as connection:
        directory.revoke_delegation(connection, made, cast.now)
    assert seen(cast) == set()


def test_the_page_of_the_plan_opens_for_the_signature_that_was_lent(cast: Cast) -> None:
    cast.pass_to_signature()
    assert cast.plan_id not in seen_by_deputy(cast)
    lend(cast, loan(cast, "chu_tich", "pho_chu_tich", scope=Scope(steps=frozenset({"ky"}))))
    assert cast.plan_id in seen_by_deputy(cast)


def seen_by_deputy(cast: Cast) -> set[int]:
    """What the deputy sees through what was lent alone."""
    deputy = number_of(cast, "pho_chu_tich")
    with cast.database.read() as connection:
        lent = sight.sight_with_lent(connection, (), deputy, cast.now)
        return {cast.plan_id} if sight.sees(connection, lent, cast.plan_id) else set()
