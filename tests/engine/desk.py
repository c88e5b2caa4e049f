"""One case of process P in memory, driven command by command; every step is replayed from its events."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from workflows.bpmn.read import read
from workflows.engine import Actor, Context, DefinitionSet, State, decide, replay, state_to_json
from workflows.engine import commands as cmd
from workflows.engine import events as ev

from .building import file, reasons
from .invariants import check

NOW = datetime(2026, 1, 5, 1, tzinfo=UTC)
AN = Actor("an", groups=frozenset({"van_thu@3"}))
BINH = Actor("binh", groups=frozenset({"chu_tich@3"}))
WORKER = Actor(None, channel="worker", groups=frozenset({"*"}))


class Desk:
    """One case, driven command by command."""

    def __init__(self, *parts: str, by: Actor = AN, **variables: Any) -> None:
        self.definitions = DefinitionSet()
        self.definitions.add("d", read(file(*parts)))
        self.state = State()
        self.events: list[ev.Event] = []
        self.now = NOW
        self.do(cmd.StartCase("d", "P", variables), by)

    def do(self, command: cmd.Command, by: Actor = AN) -> tuple[ev.Event, ...]:
        decision = decide(self.definitions, self.state, command, by, Context(self.now))
        self.events += decision.events
        self.state = decision.state
        check(decision.state, decision.events)
        assert state_to_json(replay(self.events)) == state_to_json(self.state)
        return decision.events

    def refuses(self, command: cmd.Command, by: Actor = AN) -> list[tuple[str, dict[str, Any]]]:
        """Why a command is refused, as (code, facts); it must have changed nothing."""
        before = state_to_json(self.state)
        found = reasons(lambda: decide(self.definitions, self.state, command, by, Context(self.now)))
        assert state_to_json(self.state) == before
        return found

    def task(self, element: str) -> str:
        return next(task.id for task in self.state.tasks.values() if task.element == element)
