"""Many starts of one process: those that look alike to its definition are judged once.

A decision is a function of what it looks at. Every look at a variable of a start is noted; another start in which the
same names hold the same values (or are missing) goes the same way step by step, and differs only in what it carries
along unseen: its other variables and its business key.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Protocol

from workflows.errors import Refused

from .actor import Actor, Context
from .commands import StartCase
from .decide import Decision, decide
from .definitions import Definitions
from .events import CaseCalled, CaseStarted, Event
from .handlers import start_variables
from .state import ROOT, State, to_json
from .watched import Looks

_spell = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True).encode


@dataclass(frozen=True, eq=False)
class Outline:
    """What starts that look alike have in common: all events but the first, and the state but for what it carries."""

    first: CaseStarted
    tail: tuple[Event, ...]
    state: State

    def events(self, variables: dict[str, Any], business_key: str | None) -> tuple[Event, ...]:
        """The events of a start with these variables and this key."""
        return (replace(self.first, variables=variables, business_key=business_key), *self.tail)

    def laid_over(self, variables: dict[str, Any], business_key: str | None) -> Decision:
        """The decision about that start."""
        state = self.state.copy()
        state.variables[ROOT], state.business_key = variables, business_key
        return Decision(self.events(variables, business_key), state)

    def state_json(self, variables: dict[str, Any], business_key: str | None) -> dict[str, Any]:
        """The state of that start as JSON values, at the cost of its variables alone."""
        known = self._written
        named = {} if business_key is None else {"business_key": business_key}
        return {**known, **named, "variables": {**known.get("variables", {}), ROOT: variables}}

    @cached_property
    def _written(self) -> dict[str, Any]:
        state = self.state.copy()
        state.business_key = None
        del state.variables[ROOT]
        return to_json(state)


class Judged(Protocol):
    """What was decided about one start."""

    @property
    def outline(self) -> Outline | None:
        """What it shares with all that look alike; None where none does."""

    @property
    def decision(self) -> Decision:
        """The events and the state after them."""

    @property
    def events(self) -> Sequence[Event]:
        """The events alone, which cost less."""

    @property
    def state_json(self) -> dict[str, Any]:
        """The state as JSON values, which costs less, too."""


@dataclass(frozen=True, slots=True)
class _Alone:
    decision: Decision
    outline: None = None

    @property
    def events(self) -> Sequence[Event]:
        return self.decision.events

    @property
    def state_json(self) -> dict[str, Any]:
        return to_json(self.decision.state)


@dataclass(frozen=True, slots=True)
class _LikeOthers:
    outline: Outline
    variables: dict[str, Any]
    business_key: str | None

    @property
    def decision(self) -> Decision:
        return self.outline.laid_over(self.variables, self.business_key)

    @property
    def events(self) -> Sequence[Event]:
        return self.outline.events(self.variables, self.business_key)

    @property
    def state_json(self) -> dict[str, Any]:
        return self.outline.state_json(self.variables, self.business_key)


class Starts:
    """Judges starts of new cases by one actor, each kind of them once; good for as long as no definition changes."""

    def __init__(self, definitions: Definitions, by: Actor) -> None:
        self._definitions, self._by = definitions, by
        # By what is the same before anything is looked at, then by the names that were looked at and what they held.
        self._known: dict[object, dict[tuple[str, ...], dict[str, Outline]]] = {}

    def judge(self, command: StartCase, context: Context) -> Judged:
        """What `decide` says of this start, to the letter."""
        try:
            variables = start_variables(self._definitions, command, self._by)
        except Refused:
            return _Alone(decide(self._definitions, State(), command, self._by, context))  # it knows all reasons
        same = (command.definition, command.process, command.start, command.business_key is None, context)
        alike = self._known.setdefault(same, {})
        for names, outlines in alike.items():
            known = outlines.get(_held(variables, names))
            if known is not None:
                return _LikeOthers(known, variables, command.business_key)
        looks = Looks()
        decision = decide(self._definitions, State(), command, self._by, context, watch=looks)
        first, *tail = decision.events
        assert isinstance(first, CaseStarted)
        outline = Outline(first, tuple(tail), decision.state)
        if looks.whole or any(isinstance(event, CaseCalled) for event in tail):  # a called process may take the key
            return _Alone(outline.laid_over(variables, command.business_key))
        names = tuple(sorted(looks.names))
        alike.setdefault(names, {})[_held(variables, names)] = outline
        return _LikeOthers(outline, variables, command.business_key)


def _held(variables: Mapping[str, Any], names: Iterable[str]) -> str:
    """What these names hold, as text that tells 1 from 1.0 and from true, and null from nothing."""
    return _spell([[variables[name]] if name in variables else [] for name in names])
