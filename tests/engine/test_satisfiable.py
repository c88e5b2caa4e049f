"""Whether somebody can act at each step: named cases, and every small office against trying all assignments."""

from __future__ import annotations

from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as some

from workflows.engine.satisfiable import Demand, Stuck, stuck

PEOPLE = "abc"
GROUPS = ("x", "y", "z")
STEPS = ("one", "two", "three", "four")


def test_two_steps_by_one_person_are_named_with_the_person() -> None:
    tasks = [
        Demand("draft", "Soạn thảo", ("officer",)),
        Demand("sign", "Ký", ("chair",), apart_from=frozenset({"draft"})),
    ]
    assert stuck(tasks, {"officer": ["an"], "chair": ["an"]}) == (Stuck("sign", "Ký", ("chair",), ("an",), ("draft",)),)
    assert stuck(tasks, {"officer": ["an"], "chair": ["binh"]}) == ()
    assert stuck(tasks, {"officer": ["an", "binh"], "chair": ["an"]}) == ()


def test_a_post_that_nobody_holds_is_named() -> None:
    assert stuck([Demand("number", "Cấp số", ("clerk",))], {"chair": ["an"]}) == (
        Stuck("number", "Cấp số", ("clerk",), (), ()),
    )


def test_a_step_without_candidates_is_open_to_everybody_in_the_office() -> None:
    assert stuck([Demand("read")], {"chair": ["an"]}) == ()
    assert [each.step for each in stuck([Demand("read")], {})] == ["read"]


def test_two_of_a_role_need_two_persons() -> None:
    pair = Demand("approve", groups=("deputy",), persons=2)
    assert stuck([pair], {"deputy": ["an", "binh"]}) == ()
    assert [each.step for each in stuck([pair], {"deputy": ["an"]})] == ["approve"]


def test_a_large_office_with_many_steps_is_answered_at_once() -> None:
    steps = [Demand(f"s{at}", apart_from=frozenset(f"s{other}" for other in range(at))) for at in range(12)]
    assert stuck(steps, {"all": [f"p{number}" for number in range(40)]}) == ()
    assert [each.step for each in stuck(steps, {"all": [f"p{number}" for number in range(11)]})] == ["s11"]


groups_of = some.sets(some.sampled_from(GROUPS), max_size=2).map(lambda names: tuple(sorted(names)))
demands = some.tuples(
    *(
        some.builds(
            Demand,
            some.just(step),
            groups=groups_of,
            apart_from=some.frozensets(some.sampled_from(STEPS), max_size=3),
            persons=some.integers(1, 2),
        )
        for step in STEPS
    )
)
offices = some.fixed_dictionaries({group: some.sets(some.sampled_from(PEOPLE)) for group in GROUPS})


@given(demands, offices)
def test_nobody_is_stuck_exactly_when_some_assignment_of_persons_fits(
    tasks: tuple[Demand, ...], holders: dict[str, set[str]]
) -> None:
    assert (stuck(tasks, holders) == ()) == _some_assignment_fits(tasks, holders)


@given(demands, offices)
def test_the_steps_that_are_not_named_can_all_be_done(tasks: tuple[Demand, ...], holders: dict[str, set[str]]) -> None:
    named = {each.step for each in stuck(tasks, holders)}
    assert _some_assignment_fits([task for task in tasks if task.step not in named], holders)


def _some_assignment_fits(tasks: tuple[Demand, ...] | list[Demand], holders: dict[str, set[str]]) -> bool:
    everybody = {person for group in holders.values() for person in group}
    pools = [
        everybody if not task.groups else {person for group in task.groups for person in holders[group]}
        for task in tasks
    ]
    chosen = product(*(combinations(sorted(pool), task.persons) for task, pool in zip(tasks, pools, strict=True)))
    return any(
        all(
            not set(mine) & set(theirs)
            for task, mine in zip(tasks, choice, strict=True)
            for other, theirs in zip(tasks, choice, strict=True)
            if other.step != task.step and other.step in task.apart_from
        )
        for choice in chosen
    )
