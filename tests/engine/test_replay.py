"""Random processes: replaying the events gives the snapshot, every path ends, no token is lost."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workflows.bpmn.read import read
from workflows.engine import (
    CLOCK,
    Context,
    DefinitionSet,
    State,
    decide,
    event_from_json,
    event_to_json,
    evolve,
    replay,
    state_from_json,
    state_to_json,
)
from workflows.engine import commands as cmd
from workflows.engine import events as ev

from .building import file, process
from .invariants import check
from .random_process import BLOCKS, build

NOW = datetime(2026, 1, 5, 1, tzinfo=UTC)


class Walk:
    """Carries out one command after the other and compares everything that must be equal."""

    def __init__(self, body: str) -> None:
        self.definitions = DefinitionSet()
        self.definitions.add("d", read(file(process(body))))
        self.state, self.history, self.now = State(), [], NOW
        self.do(cmd.StartCase("d", "P", {"x": 1}))

    def do(self, command: cmd.Command) -> None:
        before = json.dumps(state_to_json(self.state))
        decision = decide(self.definitions, self.state, command, CLOCK, Context(self.now))
        assert json.dumps(state_to_json(self.state)) == before, "decide changed the state that it was given"
        folded = self.state
        for event in decision.events:
            read_back = event_from_json(json.loads(json.dumps(event_to_json(event))))
            assert read_back == event
            folded = evolve(folded, read_back)
            self.history.append(read_back)
        snapshot = json.loads(json.dumps(state_to_json(decision.state)))
        assert snapshot == json.loads(json.dumps(state_to_json(folded)))
        check(decision.state, decision.events)
        self.state = state_from_json(snapshot)
        assert not self.state.incidents, self.state.incidents

    def step(self, choice: int, x: int) -> None:
        """Complete one open task or let the next timer fire."""
        tasks, timers = list(self.state.tasks), sorted(self.state.timers.values(), key=lambda timer: timer.due)
        if tasks and (choice % 4 or not timers):
            self.now += timedelta(minutes=20)
            self.do(cmd.CompleteTask(tasks[choice % len(tasks)], {"x": x}))
        else:
            self.now = max(self.now, timers[0].due)
            self.do(cmd.FireTimer(timers[0].id))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(BLOCKS, st.lists(st.tuples(st.integers(0, 99), st.integers(0, 3)), max_size=40))
def test_random_processes(block: tuple, choices: list[tuple[int, int]]) -> None:  # type: ignore[type-arg]  # a tree of tuples
    body, pairs = build(block)
    walk = Walk(body)
    for choice, x in choices:
        if walk.state.is_over():
            break
        walk.step(choice, x)
    for _ in range(2000):
        if walk.state.is_over():
            break
        walk.step(1, 1)
    assert walk.state.status == "completed", state_to_json(walk.state)
    assert not walk.state.tasks and not walk.state.timers and not walk.state.instances and not walk.state.children
    assert state_to_json(replay(walk.history)) == state_to_json(walk.state)
    left = Counter(event.element for event in walk.history if isinstance(event, ev.NodeLeft | ev.NodePassed))
    for pair in pairs:
        assert left[pair.before] >= left[pair.after], (pair, left)
        assert left[pair.before] == left[pair.after] or not pair.exact, (pair, left)
