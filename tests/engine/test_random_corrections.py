"""Random processes under correction: the same definition changes nothing, a moved token leads to an end."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workflows.bpmn.read import read
from workflows.engine import commands as cmd
from workflows.engine import replay, state_to_json

from .building import file, process
from .random_process import BLOCKS, build
from .test_replay import Walk

CHOICES = st.lists(st.tuples(st.integers(0, 99), st.integers(0, 3)), max_size=15)
quick = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


def walked(block: tuple, choices: list[tuple[int, int]]) -> Walk:  # type: ignore[type-arg]  # a tree of tuples
    """A case of a random process, somewhere on its way; the same file is deployed a second time."""
    body, _ = build(block)
    walk = Walk(body)
    walk.definitions.add("d2", read(file(process(body))))
    for choice, x in choices:
        if not walk.state.is_over():
            walk.step(choice, x)
    return walk


def to_its_end(walk: Walk) -> None:
    for _ in range(2000):
        if walk.state.is_over():
            break
        walk.step(1, 1)
    assert walk.state.status == "completed", state_to_json(walk.state)
    assert not walk.state.tasks and not walk.state.timers and not walk.state.instances and not walk.state.children
    assert state_to_json(replay(walk.history)) == state_to_json(walk.state)


@quick
@given(BLOCKS, CHOICES)
def test_migrating_to_the_same_definition_changes_nothing_but_its_id(
    block: tuple,  # type: ignore[type-arg]  # a tree of tuples
    choices: list[tuple[int, int]],
) -> None:
    walk = walked(block, choices)
    if not walk.state.is_over():
        before = state_to_json(walk.state)
        walk.do(cmd.MigrateCase("d2", "thử"))
        assert state_to_json(walk.state) == {**before, "homes": {"0": ["d2", "P"]}}
        to_its_end(walk)


NAMES = re.compile(r'\b((?:id|sourceRef|targetRef|attachedToRef|default)=")(\w+)"')


@quick
@given(BLOCKS, CHOICES)
def test_a_definition_that_calls_everything_otherwise_keeps_everything(
    block: tuple,  # type: ignore[type-arg]  # a tree of tuples
    choices: list[tuple[int, int]],
) -> None:
    walk = walked(block, choices)
    body, _ = build(block)
    walk.definitions.add("d3", read(file(process(NAMES.sub(r'\1moi_\2"', body)))))
    mapping = {name: f"moi_{name}" for _, name in NAMES.findall(body)}
    before = walk.state
    if not before.is_over():
        walk.do(cmd.MigrateCase("d3", "đổi tên", mapping))
        after = walk.state
        assert [mapping[task.element] for task in before.tasks.values()] == [
            task.element for task in after.tasks.values()
        ]
        assert after.tasks.keys() == before.tasks.keys()
        assert sorted((mapping[timer.element], timer.due) for timer in before.timers.values()) == sorted(
            (timer.element, timer.due) for timer in after.timers.values()
        )
        assert sum(map(len, after.held.values())) == sum(map(len, before.held.values()))
        assert after.variables == before.variables
        to_its_end(walk)


@quick
@given(BLOCKS, CHOICES, st.integers(0, 99))
def test_a_step_that_is_begun_again_leads_to_the_end(
    block: tuple,  # type: ignore[type-arg]  # a tree of tuples
    choices: list[tuple[int, int]],
    which: int,
) -> None:
    walk = walked(block, choices)
    places = walk.state.instances
    handlers = {node.id for node in walk.definitions.load("d").processes[0].walk() if node.event_sub_process}
    whole = [
        place
        for place in places.values()
        if place.parent is not None and places[place.parent].role != "body" and place.role != "process"
        if place.element not in handlers  # nobody but its event starts an event sub-process
    ]
    if whole:
        place = whole[which % len(whole)]
        walk.do(cmd.MoveTokens((place.id,), (f"{place.element}@{place.parent}",), "làm lại"))
        assert place.id not in walk.state.instances
        to_its_end(walk)


@quick
@given(BLOCKS, CHOICES)
def test_a_case_that_is_taken_back_to_its_start_leads_to_the_end(
    block: tuple,  # type: ignore[type-arg]  # a tree of tuples
    choices: list[tuple[int, int]],
) -> None:
    walk = walked(block, choices)
    places = walk.state.instances.values()
    joins = walk.definitions.load("d").processes[0].flows
    held = {flow.target for flow in joins if flow.id in walk.state.held.get("0", {})}
    top = [place.id for place in places if place.parent == "0"]
    if top:
        walk.do(cmd.MoveTokens((*top, *held), ("s1",), "làm lại từ đầu"))
        assert not set(top) & walk.state.instances.keys()
        to_its_end(walk)


@quick
@given(BLOCKS, CHOICES)
def test_a_case_that_stood_still_goes_on_as_if_it_had_not(
    block: tuple,  # type: ignore[type-arg]  # a tree of tuples
    choices: list[tuple[int, int]],
) -> None:
    walk = walked(block, choices)
    if not walk.state.is_over():
        before = state_to_json(walk.state)
        walk.do(cmd.SuspendCase("chờ"))
        assert state_to_json(walk.state) == {**before, "suspended": True}
        walk.do(cmd.ResumeCase())
        assert state_to_json(walk.state) == before
        to_its_end(walk)
