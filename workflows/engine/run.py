"""One command at work: emits events, applies them as it goes, and moves tokens until every one of them waits."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Container, Mapping
from datetime import datetime
from typing import Any

from workflows.bpmn.expressions import Budget, Expression, ExpressionError, as_json, parse
from workflows.errors import Refused

from .actor import Actor, Context
from .definitions import Definitions
from .events import (
    CaseEnded,
    ConditionDropped,
    Event,
    IncidentResolved,
    NodeEntered,
    NodeLeft,
    NodePassed,
    SubscriptionClosed,
    TaskClosed,
    TimerDisarmed,
    TokensTaken,
    VariablesSet,
)
from .evolve import APPLY
from .program import Program, Step, program_of
from .state import ROOT, Instance, State, Task
from .watched import Looks

NO_NAMES: Mapping[str, Any] = {}


class Rule:
    """What one kind of element does; a rule implements what can happen to it."""

    def arrive(self, run: Run, step: Step, scope: str, flow: str | None) -> None:
        """A token arrives over `flow` (None: it starts here) in the scope instance `scope`."""
        raise NotImplementedError

    def triggered(self, run: Run, place: Instance, step: Step, variables: Mapping[str, Any]) -> None:
        """What `step` waited for in the instance `place` has happened."""
        raise NotImplementedError

    def enter(
        self,
        run: Run,
        step: Step,
        scope: str,
        variables: dict[str, Any] | None = None,
        *,
        facts: dict[str, Any] | None = None,
        role: str = "activity",
    ) -> None:
        """Begin an activity, once or as often as it is repeated."""
        raise NotImplementedError

    def done(self, run: Run, place: Instance, step: Step, results: Mapping[str, Any], *, local: bool) -> None:
        """The work item of this instance was completed."""
        raise NotImplementedError

    def heard(self, run: Run, listener: Instance, step: Step, results: Mapping[str, Any]) -> None:
        """A registered function that listens to this step was carried out."""
        raise NotImplementedError(step.kind)

    def inner_left(self, run: Run, place: Instance, step: Step) -> None:
        """An activity directly inside the instance has been completed."""

    def emptied(self, run: Run, place: Instance, step: Step) -> None:
        """The last token inside the instance is gone; most elements hold nothing inside."""

    def terminated(self, run: Run, place: Instance, step: Step) -> None:
        """A terminate end event has ended everything inside the instance, which most elements take for being empty."""


class Run:
    """The working copy of a case while one command is carried out."""

    def __init__(
        self,
        definitions: Definitions,
        state: State,
        by: Actor,
        context: Context,
        *,
        rules: Mapping[str, Rule],
        look: Callable[[Run], None],
        rest: Callable[[Run], bool],
    ) -> None:
        self.definitions = definitions
        self.state = state
        self.by = by
        self.context = context
        self.rules = rules
        self.counted: dict[datetime, int] = {}  # instants that an expression counted in working days, and how many
        self.functions = self._functions()
        self.events: list[Event] = []
        self.flows: dict[str, dict[str, int]] = {}  # how often each sequence flow was taken, by process
        self.changed: list[
            tuple[str, Mapping[str, str]]
        ] = []  # variables created or updated since conditions were last looked at
        self.handing_on: tuple[Task, str] | None = None  # the completed task that may be taken back, and its scope
        self.looks: Looks | None = None  # notes what is looked at of the variables of a start, where somebody asks
        self.at: str | None = None  # the element at work, for the report of a failure
        self._look = look  # looks at watched conditions after each step that wrote variables
        self._rest = rest  # releases what only moves when no token does: the inclusive joins
        self._moves: deque[tuple[str, Callable[..., None], tuple[Any, ...]]] = deque()
        self._touched: dict[str, None] = {}
        self._steps = 0
        self._keeping = Budget(context.limits.kept)
        self._programs: dict[str, Program] = {}

    # --- events -------------------------------------------------------------------------------------------------------

    def emit(self, event: Event) -> None:
        """Record an event and let it take effect."""
        APPLY[type(event)](self.state, event)
        self.events.append(event)

    def new_id(self) -> str:
        """The next free id; it is taken as soon as the event that carries it is emitted."""
        return str(self.state.counter + 1)

    # --- where things are ---------------------------------------------------------------------------------------------

    def program(self, root: str) -> Program:
        """The compiled process of a process root."""
        known = self._programs.get(root)
        if known is None:
            definition, process = self.state.homes[root]
            known = program_of(self.definitions.load(definition), process)
            assert known is not None  # it was there when the process was started
            self._programs[root] = known
        return known

    def forget(self, root: str) -> None:
        """The process of this root is another one from now on."""
        self._programs.pop(root, None)

    def step(self, place: Instance, element: str | None = None) -> Step:
        """The step of an instance, or another step of the same process."""
        return self.program(place.root).steps[element or place.element]

    # --- data ---------------------------------------------------------------------------------------------------------

    def evaluate(self, text: str | Expression, scope: str, extra: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401 - any value of a process
        """The value of an expression or literal as seen from an instance; `extra` names hide the variables."""
        expression = parse(text) if isinstance(text, str) else text
        names: Mapping[str, Any] = NO_NAMES if expression.is_constant else self.state.visible(scope)
        if extra:
            names = {**names, **extra}
        try:
            return expression.evaluate(names, self.functions)
        except ExpressionError as problem:
            raise Refused("EXPRESSION_ERROR", element=self.at, message=problem.message) from problem

    def holds(self, text: str | Expression, scope: str, extra: Mapping[str, Any] | None = None) -> bool:
        """The truth of a condition; anything but true or false is an error (X4), unless it is written so (X3)."""
        expression = parse(text) if isinstance(text, str) else text
        value = self.evaluate(expression, scope, extra)
        if expression.is_literal and value.strip() in {"true", "false"}:
            return bool(value.strip() == "true")
        if not isinstance(value, bool):
            raise Refused("EXPRESSION_ERROR", element=self.at, message="Điều kiện phải cho giá trị đúng hoặc sai.")
        return value

    def kept(self, value: Any) -> Any:  # noqa: ANN401 - any value of a process
        """A value as the JSON that is kept of it; all that one command keeps has a bound (L2)."""
        try:
            return as_json(value, self._keeping)
        except ExpressionError as problem:
            raise Refused("EXPRESSION_ERROR", element=self.at, message=problem.message) from problem

    def write(self, scope: str, values: Mapping[str, Any]) -> None:
        """Write variables where they are already known, the nearest scope first, else at process level (D2)."""
        state = self.state
        targets: dict[str, dict[str, Any]] = {}
        for name, value in values.items():
            current = scope
            while True:
                place = state.instances[current]
                if place.role == "process" or name in state.variables.get(current, ()):
                    break
                assert place.parent is not None
                current = place.parent
            targets.setdefault(current, {})[name] = self.kept(value)
        for target, written in targets.items():
            self.write_local(target, written)

    def write_local(self, scope: str, values: dict[str, Any]) -> None:
        """Write variables in this very instance."""
        if self.state.watches:
            known = self.state.variables.get(scope, ())
            self.changed.append((scope, {name: "update" if name in known else "create" for name in values}))
        self.emit(VariablesSet(scope, values))

    # --- tokens -------------------------------------------------------------------------------------------------------

    def later(self, scope: str, act: Callable[..., None], *arguments: Any) -> None:  # noqa: ANN401 - whatever `act` takes
        """Do this when its turn comes, unless the scope instance is cancelled before."""
        self._moves.append((scope, act, arguments))

    def move(self, step: Step, scope: str, flow: str | None = None) -> None:
        """Send a token to a step."""
        if flow is not None:
            _, process = self.state.homes[self.state.instances[scope].root]
            taken = self.flows.setdefault(process, {})
            taken[flow] = taken.get(flow, 0) + 1
        self._moves.append((scope, self.rules[step.kind].arrive, (self, step, scope, flow)))

    def leave(self, step: Step, scope: str) -> None:
        """Send tokens over the outgoing flows of an activity or event: all unconditional and all true ones (G3, G7)."""
        if not step.conditional:
            for link in step.outgoing:
                self.move(link.target, scope, link.id)
        else:
            self._leave_by_conditions(step, scope)
        self._touched[scope] = None

    def _leave_by_conditions(self, step: Step, scope: str) -> None:
        self.at = step.id
        met = {
            link.id
            for link in step.outgoing
            if link.condition is not None and link is not step.default and self.holds(link.condition, scope)
        }
        taken = [
            link
            for link in step.outgoing
            if link.id in met
            or (link.condition is None and link is not step.default)
            or (link is step.default and not met)
        ]
        if not taken:
            raise Refused("NO_OUTGOING_FLOW", element=step.id)
        for link in taken:
            self.move(link.target, scope, link.id)

    def touch(self, scope: str) -> None:
        """Ask whether the scope instance is empty, as soon as the token at work has come to rest."""
        self._touched[scope] = None

    def passed(self, step: Step, scope: str) -> None:
        """Note in the history that a token went through."""
        self.emit(NodePassed(step.id, scope, step.kind))
        self._touched[scope] = None

    # --- instances ----------------------------------------------------------------------------------------------------

    def open(
        self,
        step: Step,
        scope: str,
        role: str = "activity",
        variables: dict[str, Any] | None = None,
        facts: dict[str, Any] | None = None,
    ) -> Instance:
        """Open an instance of a step inside a scope instance."""
        instance = self.new_id()
        self.emit(NodeEntered(instance, step.id, scope, role, variables, facts or {}))
        return self.state.instances[instance]

    def close(self, place: Instance, how: str = "completed", *, body: bool = False, kind: str = "") -> None:
        """The instance is over; whatever it waited for is withdrawn."""
        self.disarm(place.id)
        self.emit(NodeLeft(place.id, place.element, how, kind, body))

    def disarm(self, instance: str, elements: Container[str] | None = None) -> None:
        """Withdraw the timers, subscriptions and conditions of an instance (only those of `elements`), and its work
        item."""
        state = self.state
        task = state.tasks.get(instance)
        if task is not None and elements is None:
            self.close_task(task, "cancelled")
        for timer in list(state.timers.values()):
            if timer.instance == instance and (elements is None or timer.element in elements):
                self.emit(TimerDisarmed(timer.id, timer.element))
        for wait in list(state.subscriptions.values()):
            if wait.instance == instance and (elements is None or wait.element in elements):
                self.emit(SubscriptionClosed(wait.id, wait.element))
        for watch in list(state.watches.values()):
            if watch.instance == instance and (elements is None or watch.element in elements):
                self.emit(ConditionDropped(watch.id, watch.element))

    def close_task(self, task: Task, how: str) -> None:
        """Close a work item, with the incidents that were about it."""
        person, lender = (None, None) if how == "cancelled" else (self.by.person, self.by.on_behalf_of)
        self.emit(TaskClosed(task.id, task.element, how, person, task.kind, lender))
        for incident in list(self.state.incidents.values()):
            if incident.command is not None and incident.command.get("task_id") == task.id:
                self.emit(IncidentResolved(incident.id, how))

    def cancel(self, place: Instance) -> None:
        """Cancel an instance with everything inside it (EB1)."""
        self.clear(place.id)
        self.close(place, "cancelled")

    def clear(self, scope: str) -> None:
        """Cancel everything inside an instance: instances, waiting and moving tokens."""
        gone = self.state.inside(scope)
        for place in reversed(gone):
            self.close(place, "cancelled", body=place.role in {"body", "process"})
        names = {scope, *(place.id for place in gone)}
        self._moves = deque(move for move in self._moves if move[0] not in names)
        held = self.state.held.get(scope)
        if held:
            flows = tuple(flow for flow, count in held.items() for _ in range(count))
            self.emit(TokensTaken(scope, "", flows, cancelled=True))
        self._touched[scope] = None

    def end_case(self, status: str, reason: str | None = None) -> None:
        """End the whole case; nothing stays open, but a failed case keeps its incidents."""
        self.clear(ROOT)
        self.disarm(ROOT)
        self._moves.clear()
        for incident in list(self.state.incidents) if status != "failed" else ():
            self.emit(IncidentResolved(incident, status))
        self.emit(CaseEnded(status, reason))

    # --- going on -----------------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Move tokens until all of them wait (G8), then let joins, conditions and signals have their turn, and so
        on."""
        while True:
            while self._moves:
                self._steps += 1
                if max(self._steps, len(self._moves)) > self.context.limits.steps:
                    raise Refused("LIMIT_EXCEEDED", element=self.at, limit="steps", most=self.context.limits.steps)
                scope, act, arguments = self._moves.popleft()
                self._touched[scope] = None
                act(*arguments)
                self._complete_emptied()
                if self.changed:
                    self._look(self)
            self._complete_emptied()
            if self.changed:
                self._look(self)
            if self.state.is_over() or not (self._moves or self._rest(self)):
                return

    def _complete_emptied(self) -> None:
        """Complete the scopes whose last token is gone (G5)."""
        state = self.state
        while self._touched:
            scope = next(iter(self._touched))
            del self._touched[scope]
            place = state.instances.get(scope)
            if place is None or place.role == "body" or scope in state.children or scope in state.held:
                continue
            if any(move[0] == scope for move in self._moves):
                continue
            step = self.step(place)
            self.rules[step.kind].emptied(self, place, step)

    # --- what only the context knows ----------------------------------------------------------------------------------

    def _functions(self) -> Mapping[str, Callable[..., Any]]:
        """What expressions may call that only the context knows."""
        return {"now": lambda: self.context.now, "ngay_lam_viec": self._working_days}

    def _working_days(self, days: int) -> datetime:
        """The end of the so many-th working day from now, remembered as counted."""
        due = self.context.calendar.add_working_days(self.context.now, days)
        self.counted[due] = days
        return due
