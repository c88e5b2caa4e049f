"""The state of one case: bounded by what is open, never by what is past. Records are frozen, so a copy is a few dict
copies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .records import from_fields, to_fields

ROOT = "0"


@dataclass(frozen=True, slots=True)
class Instance:
    """An open instance of an element (or of a process: its root). `parent` is the scope it runs in, `root` its
    process."""

    id: str
    element: str
    parent: str | None
    root: str = ROOT
    role: str = "activity"  # process, activity, body, handler, event, listener, asked


@dataclass(frozen=True, slots=True)
class Task:
    """An open work item; its id is the id of the element instance."""

    id: str
    element: str
    kind: str = "user"
    assignee: str | None = None
    candidate_groups: tuple[str, ...] = ()
    candidate_users: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    remembered: bool = False
    retries: int | None = None
    drafting: bool = False
    owners: tuple[str, ...] = ()  # who delegated it, first to last; the last one gets it back


@dataclass(frozen=True, slots=True)
class Timer:
    """An armed timer; `fired` and `left` count the firings of a cycle (`left` None: without end)."""

    id: str
    instance: str
    element: str
    due: datetime
    cycle: str | None = None
    anchor: datetime | None = None
    fired: int = 0
    left: int | None = 1


@dataclass(frozen=True, slots=True)
class Subscription:
    """A wait for a message or signal."""

    id: str
    instance: str
    element: str
    kind: str
    name: str
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Watch:
    """A wait for a condition, with the value it had when last looked at."""

    id: str
    instance: str
    element: str
    value: bool = False


@dataclass(frozen=True, slots=True)
class Incident:
    """Something that failed without a person to tell; `command` is what to try again."""

    id: str
    code: str
    element: str | None = None
    message: str = ""
    command: dict[str, Any] | None = None


RECORDS: dict[str, type[Any]] = {
    "instances": Instance,
    "tasks": Task,
    "timers": Timer,
    "subscriptions": Subscription,
    "watches": Watch,
    "incidents": Incident,
}
PLAIN = ("variables", "facts", "held", "kept", "rounds", "order", "performed", "handed", "homes")
DRAFTERS = "*"  # among the performers: whoever started the case or did a step that drafts; no id of an element


class State:
    """One case. Only `evolve` writes to it; everybody else reads."""

    __slots__ = (
        "business_key",
        "children",
        "counter",
        "facts",
        "handed",
        "held",
        "homes",
        "incidents",
        "instances",
        "kept",
        "order",
        "performed",
        "rounds",
        "status",
        "subscriptions",
        "suspended",
        "tasks",
        "timers",
        "variables",
        "watches",
    )

    def __init__(self) -> None:
        self.status = "new"  # new active completed terminated cancelled failed
        self.suspended = False  # only an active case can be
        self.business_key: str | None = None
        self.counter = 0  # the last id that was given out
        self.instances: dict[str, Instance] = {}
        self.children: dict[str, int] = {}  # open instances by parent; derived
        self.variables: dict[str, dict[str, Any]] = {}  # by instance
        self.facts: dict[str, dict[str, Any]] = {}  # what a rule keeps with an instance
        self.homes: dict[str, list[str]] = {}  # [definition, process] of each process root
        self.held: dict[str, dict[str, int]] = {}  # tokens at joins: scope instance -> flow -> number
        self.kept: dict[str, list[dict[str, Any]]] = {}  # what can be compensated: scope instance -> records
        self.tasks: dict[str, Task] = {}
        self.timers: dict[str, Timer] = {}
        self.subscriptions: dict[str, Subscription] = {}
        self.watches: dict[str, Watch] = {}
        self.incidents: dict[str, Incident] = {}
        self.rounds: dict[str, int] = {}  # how often each step was opened
        self.order: dict[str, int] = {}  # steps of people, in the order in which they were opened first
        self.performed: dict[str, list[str]] = {}  # who completed the steps that a four-eyes rule looks at
        self.handed: dict[str, dict[str, Any]] = {}  # what can be taken back, by the task that was completed

    def copy(self) -> State:
        """A copy that may be written to; inner dicts are replaced by evolve, never changed, so they are shared."""
        twin = State.__new__(State)
        twin.status, twin.business_key, twin.counter = self.status, self.business_key, self.counter
        twin.suspended = self.suspended
        twin.instances, twin.children = self.instances.copy(), self.children.copy()
        twin.variables, twin.facts, twin.homes = self.variables.copy(), self.facts.copy(), self.homes.copy()
        twin.held, twin.kept = self.held.copy(), self.kept.copy()
        twin.tasks, twin.timers = self.tasks.copy(), self.timers.copy()
        twin.subscriptions, twin.watches = self.subscriptions.copy(), self.watches.copy()
        twin.incidents, twin.rounds, twin.order = self.incidents.copy(), self.rounds.copy(), self.order.copy()
        twin.performed, twin.handed = self.performed.copy(), self.handed.copy()
        return twin

    def is_over(self) -> bool:
        """Whether the case has ended in any way."""
        return self.status not in {"new", "active"}

    def process_variables(self) -> dict[str, Any]:
        """The variables at process level; they stay when the case is over."""
        return self.variables.get(ROOT, {})

    def visible(self, instance: str) -> dict[str, Any]:
        """Every variable that an instance sees, the nearest first."""
        seen: list[dict[str, Any]] = []
        current: str | None = instance
        while current is not None:
            if current in self.variables:
                seen.append(self.variables[current])
            place = self.instances.get(current)
            current = place.parent if place and place.role != "process" else None
        if len(seen) == 1:
            return seen[0]
        merged = seen.pop().copy() if seen else {}
        for scope in reversed(seen):
            merged.update(scope)
        return merged

    def inside(self, instance: str) -> list[Instance]:
        """The open instances inside this one, outermost first, oldest first."""
        found: list[Instance] = []
        wanted = {instance}
        for place in self.instances.values():  # parents are always older than what is inside them
            if place.parent in wanted:
                wanted.add(place.id)
                found.append(place)
        return found

    def __eq__(self, other: object) -> bool:
        return isinstance(other, State) and to_json(self) == to_json(other)

    def __hash__(self) -> int:
        raise TypeError("a state changes")


def to_json(state: State) -> dict[str, Any]:
    """The state as JSON values, empty parts left out."""
    written: dict[str, Any] = {"status": state.status, "counter": state.counter}
    if state.suspended:
        written["suspended"] = True
    if state.business_key is not None:
        written["business_key"] = state.business_key
    for name in RECORDS:
        records = getattr(state, name)
        if records:
            written[name] = [to_fields(record) for record in records.values()]
    for name in PLAIN:
        if value := getattr(state, name):
            written[name] = value
    return written


def from_json(written: Mapping[str, Any]) -> State:
    """The state that `to_json` wrote."""
    state = State()
    state.status, state.counter = written["status"], written["counter"]
    state.business_key = written.get("business_key")
    state.suspended = written.get("suspended", False)
    for name, kind in RECORDS.items():
        setattr(
            state, name, {record.id: record for record in (from_fields(kind, item) for item in written.get(name, ()))}
        )
    for name in PLAIN:
        setattr(state, name, dict(written.get(name, {})))
    for place in state.instances.values():
        if place.parent is not None:
            state.children[place.parent] = state.children.get(place.parent, 0) + 1
    return state
