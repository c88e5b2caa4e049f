"""What holds after every command, whatever the process: the tests' drivers look at it each time."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import datetime
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from service.process_tests.driver import Driver
from service.process_tests.storage import Memory
from workflows.engine import State, state_from_json, state_to_json
from workflows.engine import events as ev
from workflows.engine.events import Event, NodeLeft, NodePassed
from workflows.engine.state import RECORDS

Check = Callable[[Any], bool]
WORDS: dict[type[Event], dict[str, set[str]]] = {
    ev.CaseEnded: {"status": {"completed", "terminated", "cancelled", "failed"}},
    ev.NodeEntered: {"role": {"activity", "body", "handler", "event", "listener", "asked"}},
    ev.NodeLeft: {"how": {"completed", "cancelled"}},
    ev.TaskOpened: {"kind": {"user", "job"}},
    ev.TaskAssigned: {"how": {"claimed", "released", "reassigned", "delegated", "handed_back"}},
    ev.TaskClosed: {"how": {"completed", "cancelled", "failed"}, "kind": {"user", "job"}},
    ev.SubscriptionOpened: {"kind": {"message", "signal"}},
}


def check(state: State, events: Iterable[Event]) -> None:
    """Every field of what happened and of what is open has its declared type; nothing refers to what is gone."""
    for event in events:
        assert well_typed(event), event
        for name, words in WORDS.get(type(event), {}).items():
            assert getattr(event, name) in words, event
    for name in RECORDS:
        for key, record in getattr(state, name).items():
            assert record.id == key
            assert well_typed(record), record
    ids = [int(key) for name in RECORDS if name != "tasks" for key in getattr(state, name)]
    assert max(ids, default=0) <= state.counter
    assert len(ids) == len(set(ids)), "an id was given twice"
    if state.is_over():
        assert not any(getattr(state, name) for name in RECORDS if name != "incidents")
        assert not (state.held or state.kept or state.children or state.suspended)
        return
    places = state.instances
    assert state.children == state_from_json(state_to_json(state)).children
    assert all(place.parent is None or place.parent in places for place in places.values())
    assert places.keys() >= {*state.variables, *state.facts, *state.held, *state.kept, *state.homes, *state.tasks}
    assert {place.id for place in places.values() if place.role == "process"} == state.homes.keys()
    assert all(count >= 1 for held in state.held.values() for count in held.values())
    waiting = [*state.timers.values(), *state.subscriptions.values(), *state.watches.values()]
    assert places.keys() >= {wait.instance for wait in waiting}


def well_typed(record: Any) -> bool:
    return all(fits(getattr(record, name)) for name, fits in _checks(type(record)))


@cache
def _checks(kind: type[Any]) -> tuple[tuple[str, Check], ...]:
    hints = get_type_hints(kind)
    return tuple((item.name, _check_of(hints[item.name])) for item in fields(kind))


def _check_of(hint: Any) -> Check:
    origin, inner = get_origin(hint), get_args(hint)
    if origin in {Union, types.UnionType}:
        choices = [_check_of(each) for each in inner]
        return lambda value: any(fits(value) for fits in choices)
    if origin is tuple:
        if inner[-1] is Ellipsis:
            fits = _check_of(inner[0])
            return lambda value: type(value) is tuple and all(map(fits, value))
        parts = [_check_of(each) for each in inner]
        return lambda value: type(value) is tuple and all(fit(each) for fit, each in zip(parts, value, strict=True))
    if origin is dict:
        names, values = map(_check_of, inner)
        return lambda value: type(value) is dict and all(names(key) and values(each) for key, each in value.items())
    if hint is Any:
        return lambda value: True
    if hint is datetime:
        return lambda value: isinstance(value, datetime) and value.tzinfo is not None
    return lambda value: type(value) is hint


class WatchedMemory(Memory):
    """A storage that looks at everything it keeps."""

    def __init__(self) -> None:
        super().__init__()
        self._seen: set[str] = set()
        self._known: dict[str, set[str]] = {}

    def save(self, case: str, state: State, events: tuple[Event, ...]) -> None:
        check(state, events)
        kinds = self._kinds()
        for event in events:
            element = getattr(event, "element", None)
            assert not element or element in kinds, event
            if isinstance(event, NodePassed) or (
                isinstance(event, NodeLeft) and (event.kind or event.how == "completed")
            ):
                assert event.kind in kinds[event.element], event
        super().save(case, state, events)

    def _kinds(self) -> dict[str, set[str]]:
        """The kinds of all elements that are deployed, by id."""
        for key in self.files.keys() - self._seen:
            self._seen.add(key)
            for process in self.load(key).processes:
                self._known.setdefault(process.id, set()).add("process")
                for node in process.walk():
                    self._known.setdefault(node.id, set()).add(node.kind)
        return self._known


class WatchedDriver(Driver):
    """A driver whose every step is looked at."""

    def __init__(self) -> None:
        super().__init__()
        self.store = WatchedMemory()

    def reset(self, clock: datetime) -> None:
        super().reset(clock)
        self.store = WatchedMemory()
