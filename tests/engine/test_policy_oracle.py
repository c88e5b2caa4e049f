"""The policy against an independent oracle: every combination of person, capacity, grant and exclusion."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from workflows.engine import Actor, may_act, may_claim
from workflows.engine.state import Task

PEOPLE = ("an", "binh", "cuong")
GROUPS = ("chu_tich@3", "van_thu@3", "can_bo@4")
persons = some.sampled_from(PEOPLE)
groups = some.frozensets(some.sampled_from((*GROUPS, "*")), max_size=3)
actors = some.builds(
    Actor,
    person=some.none() | persons,
    on_behalf_of=some.none() | persons,
    capacity=some.sampled_from([None, "KT.", "TUQ."]),
    channel=some.sampled_from(["web", "link", "api", "worker", "clock"]),
    groups=groups,
)
tasks = some.builds(
    Task,
    id=some.just("1"),
    element=some.just("a"),
    assignee=some.none() | persons,
    candidate_groups=some.frozensets(some.sampled_from(GROUPS), max_size=2).map(tuple),
    candidate_users=some.frozensets(persons, max_size=2).map(tuple),
    excluded=some.frozensets(persons, max_size=2).map(tuple),
)


def allowed(actor: Actor, task: Task) -> bool:
    """The law in four lines: nobody is the program; exclusion; the holder alone; else a grant or no grants at all."""
    people = {each for each in (actor.person, actor.on_behalf_of) if each}
    if not people:
        return actor.channel in ("worker", "clock") or "*" in actor.groups
    if any(each in task.excluded for each in people):
        return False
    if task.assignee:
        return task.assignee in people
    named = any(each in task.candidate_users for each in people)
    in_group = "*" in actor.groups or any(each in actor.groups for each in task.candidate_groups)
    return named or in_group or not (task.candidate_users or task.candidate_groups)


@given(actors, tasks)
def test_the_policy_says_what_the_oracle_says(actor: Actor, task: Task) -> None:
    assert (not may_act(task, actor)) == allowed(actor, task)


@given(actors, tasks)
def test_claiming_asks_for_a_person_and_for_nothing_else_more(actor: Actor, task: Task) -> None:
    assert (not may_claim(task, actor)) == (actor.person is not None and allowed(actor, task))


@given(actors, tasks, persons)
def test_no_grant_helps_whoever_is_excluded(actor: Actor, task: Task, person: str) -> None:
    everything = Actor(
        person, actor.name, actor.capacity, actor.on_behalf_of, actor.channel, actor.groups | {"*", *GROUPS}
    )
    barred = Task("1", "a", "user", task.assignee, GROUPS, PEOPLE, (*task.excluded, person))
    assert "EXCLUDED" in {reason.code for reason in may_act(barred, everything)}
    assert "EXCLUDED" in {reason.code for reason in may_claim(barred, everything)}
