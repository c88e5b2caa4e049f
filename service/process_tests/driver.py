"""Drives the engine alone through a scenario, over a storage that keeps only JSON: no database, no people, no wall
clock."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from workflows.bpmn.dmn import DecisionFile, is_dmn, read_decisions
from workflows.bpmn.model import Definition
from workflows.bpmn.read import read
from workflows.engine import CLOCK, Actor, Context, State, correlate, decide, following, matching, start_triggers
from workflows.engine import commands as cmd
from workflows.engine.events import FlowsTaken, MessageThrown, SignalThrown
from workflows.errors import BadDefinition, Refused

from .seen import CAPABILITIES, EngineError, seen
from .storage import Memory

API = Actor(person=None, name="API", channel="api", groups=frozenset({"*"}))


@dataclass
class Start:
    """A message start event as a candidate of correlation; it takes every key."""

    process: str
    start: str
    definition: str
    name: str


class Driver:
    """Everything that a step of a scenario may do; EngineError is a refusal.

    `flows` are the sequence flows that were passed over since the last `reset`, as (process, flow).
    """

    capabilities = CAPABILITIES

    def __init__(self, functions: Container[str] | None = frozenset()) -> None:
        self._functions = functions  # the names that may be called in place of code; a scenario answers for them
        self.store = Memory()
        self.flows: set[tuple[str, str]] = set()
        self.clock = datetime(2026, 1, 5, 1, tzinfo=UTC)
        self._behind = 0  # how many cases stand between the step and the case at hand

    # --- operations ---------------------------------------------------------------------------------------------------

    def reset(self, clock: datetime) -> None:
        """Forget everything; the clock stands at this instant."""
        self.store = Memory()
        self.flows = set()
        self.clock = clock

    def deploy(self, files: Mapping[str, bytes]) -> None:
        """Deploy files of BPMN and DMN together, and arm the start events of their processes."""
        try:
            found = [
                (data, read_decisions(data) if is_dmn(data) else read(data, self._functions)) for data in files.values()
            ]
        except BadDefinition as bad:
            raise EngineError(bad.code, str(bad)) from bad
        deployment = self.store.new_deployment()
        for _, file in found:
            if isinstance(file, DecisionFile):
                self.store.deploy_decisions(file, deployment)
        definitions = [(data, file) for data, file in found if isinstance(file, Definition)]
        try:
            armed = [start_triggers(definition, self._context(self.clock)) for _, definition in definitions]
        except Refused as refused:
            raise EngineError(refused.code, str(refused)) from refused
        for (data, definition), triggers in zip(definitions, armed, strict=True):
            key = self.store.deploy(data, definition, deployment)
            for trigger in triggers:
                self.store.triggers[trigger.process, trigger.start] = (key, trigger)
        self._fire_due(self.clock)

    def start(self, process: str, vars: Mapping[str, Any], key: str | None) -> str:
        """Start a case by its plain start event; its id."""
        definition = self.store.latest.get(process)
        if definition is None:
            raise EngineError("NOT_FOUND", process)
        case = self._start(cmd.StartCase(definition, process, vars, key), API)
        self._fire_due(self.clock)
        return case

    def complete(  # noqa: PLR0917 - the protocol calls it so
        self,
        inst: str,
        task: str,
        vars: Mapping[str, Any],
        nth: int | None,
        where: Mapping[str, Any] | None,
        local: bool = False,
    ) -> None:
        """Complete an open work item."""
        self._command(inst, cmd.CompleteTask(self._task(inst, task, nth, where), vars, local))

    def error(self, inst: str, task: str, code: str) -> None:
        """A worker reports a BPMN error."""
        self._command(inst, cmd.ThrowTaskError(self._task(inst, task, None, None), code))

    def advance(self, clock: datetime) -> None:
        """Move the clock, firing what is due on the way."""
        self._fire_due(clock)
        self.clock = clock

    def message(self, name: str, key: str | None, vars: Mapping[str, Any]) -> str | None:
        """Correlate a message; the case that it started, if it started one."""
        waiting = self.store.waiting("message")
        if not matching(waiting, name, key):
            starts = self._message_starts(name)
            if len(starts) == 1:
                case = self._start(
                    cmd.StartCase(starts[0].definition, starts[0].process, vars, key, starts[0].start), API
                )
                self._fire_due(self.clock)
                return case
            if len(starts) > 1:
                raise EngineError("AMBIGUOUS", name)
        try:
            found = correlate(waiting, name, key)
        except Refused as refused:
            raise EngineError(refused.code, str(refused)) from refused
        self._command(found.case, cmd.DeliverMessage(found.subscription, vars))
        return None

    def signal(self, name: str, vars: Mapping[str, Any]) -> None:
        """Tell all who wait for the signal."""
        self._broadcast(name, vars, None, CLOCK, self.clock)
        self._fire_due(self.clock)

    def set_vars(self, inst: str, vars: Mapping[str, Any]) -> None:
        """Write process variables from outside."""
        self._command(inst, cmd.SetVariables(vars))

    def activate(self, inst: str, adhoc: str, elements: list[str]) -> None:
        """Start activities of an ad-hoc sub-process."""
        self._command(inst, cmd.ActivateElements(adhoc, tuple(elements)))

    def cancel(self, inst: str) -> None:
        """Cancel a case."""
        self._command(inst, cmd.CancelCase("API"))

    def restart(self, clock: datetime) -> None:
        """Drop all memory and go on from storage."""
        self.store.forget()
        self.clock = clock
        self._fire_due(clock)

    # --- what can be seen ---------------------------------------------------------------------------------------------

    def count(self, process: str) -> int:
        """How many cases of a process are active, called ones included."""
        return sum(home[1] == process for _, state in self.store.open_states() for home in state.homes.values())

    def snapshot(self, inst: str) -> dict[str, Any]:
        """What can be seen of a case."""
        return seen(self.store.state(inst), self.store.history(inst))

    # --- the work -----------------------------------------------------------------------------------------------------

    def _context(self, now: datetime) -> Context:
        return Context(now)

    def _start(self, command: cmd.StartCase, by: Actor, now: datetime | None = None) -> str:
        case = str(len(self.store.cases) + 1)
        self._decide(case, State(), command, by, now or self.clock)
        return case

    def _command(self, case: str, command: cmd.Command) -> None:
        self._decide(case, self.store.state(case), command, API, self.clock)
        self._fire_due(self.clock)

    def _decide(self, case: str, state: State, command: cmd.Command, by: Actor, now: datetime) -> None:
        try:
            decision = decide(self.store, state, command, by, self._context(now))
        except Refused as refused:
            raise EngineError(refused.code, str(refused)) from refused
        self.store.save(case, decision.state, decision.events)
        for event in decision.events:
            if isinstance(event, FlowsTaken):
                self.flows.update((process, flow) for process, flows in event.flows.items() for flow in flows)
            elif isinstance(event, SignalThrown | MessageThrown):
                self._pass_on(case, event, now)

    def _pass_on(self, thrower: str, event: SignalThrown | MessageThrown, now: datetime) -> None:
        """Reach other cases from this one; LIMIT_EXCEEDED where cases reach each other without end."""
        if self._behind >= self._context(now).limits.following:
            raise EngineError("LIMIT_EXCEEDED", event.name)
        self._behind += 1
        try:
            if isinstance(event, SignalThrown):
                self._broadcast(event.name, event.variables, thrower, CLOCK, now)
            else:
                self._correlate_thrown(thrower, event, now)
        finally:
            self._behind -= 1

    def _correlate_thrown(self, thrower: str, event: MessageThrown, now: datetime) -> None:
        waiting = [
            wait
            for wait in self.store.waiting("message")
            if wait.case != thrower or wait.subscription in event.receivers
        ]
        found = matching(waiting, event.name, event.key)
        if len(found) == 1:
            state = self.store.state(found[0].case)
            self._decide(found[0].case, state, cmd.DeliverMessage(found[0].subscription, event.variables), CLOCK, now)
        elif not found:
            for start in self._message_starts(event.name)[:1]:
                self._start(
                    cmd.StartCase(start.definition, start.process, event.variables, event.key, start.start), CLOCK, now
                )

    def _broadcast(self, name: str, vars: Mapping[str, Any], thrower: str | None, by: Actor, now: datetime) -> None:
        catchers = [wait for wait in self.store.waiting("signal") if wait.name == name and wait.case != thrower]
        starts = [
            (key, item) for key, item in self.store.triggers.values() if item.kind == "signal" and item.name == name
        ]
        for wait in catchers:
            state = self.store.state(wait.case)
            if wait.subscription in state.subscriptions:
                self._decide(wait.case, state, cmd.DeliverSignal(wait.subscription, vars), by, now)
        for definition, item in starts:
            self._start(cmd.StartCase(definition, item.process, vars, None, item.start), by, now)

    def _message_starts(self, name: str) -> list[Start]:
        return [
            Start(item.process, item.start, definition, name)
            for definition, item in self.store.triggers.values()
            if item.kind == "message" and item.name == name
        ]

    def _fire_due(self, clock: datetime) -> None:
        while (found := self.store.due(clock)) is not None:
            due, case, timer = found
            now = max(due, self.clock)
            if case:
                self._decide(case, self.store.state(case), cmd.FireTimer(timer), CLOCK, now)
                continue
            process, start = timer.split("\n")
            definition, trigger = self.store.triggers.pop((process, start))
            again = following(trigger)
            if again is not None:
                self.store.triggers[process, start] = (definition, again)
            self._start(cmd.StartCase(definition, process, {}, None, start), CLOCK, now)

    def _task(self, inst: str, element: str, nth: int | None, where: Mapping[str, Any] | None) -> str:
        state = self.store.state(inst)
        found = [task for task in state.tasks.values() if task.element == element]
        if where:
            found = [
                task
                for task in found
                if all(state.visible(task.id).get(name) == value for name, value in where.items())
            ]
        index = nth or 0
        if index >= len(found):
            raise EngineError("NOT_WAITING", element)
        return found[index].id
