"""Many starts of one process: those that look alike to its definition are judged once.

A decision is a function of what it looks at. Every look at a variable of a start is noted; another start in which the
same names hold the same values (or are missing) goes the same way step by step, and differs only in what it carries
along unseen: its other variables and its business key.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

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

    def laid_over(self, variables: dict[str, Any], business_key: str | None) -> Decision:
        """The decision about a start with these variables and this key."""
        first = replace(self.first, variables=variables, business_key=business_key)
        state = self.state.copy()
        state.variables[ROOT], state.business_key = variables, business_key
        return Decision((first, *self.tail), state)

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


@dataclass(frozen=True, slots=True)
class Judged:
    """The decision about one start, and the outline that it shares with all that look alike; None where none does."""

    decision: Decision
    outline: Outline | None = None

    @property
    def state_json(self) -> dict[str, Any]:
        """The state as JSON values."""
        state = self.decision.state
        if self.outline is None:
            return to_json(state)
        return self.outline.state_json(state.variables[ROOT], state.business_key)


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
            return Judged(decide(self._definitions, State(), command, self._by, context))  # it knows all reasons
        same = (command.definition, command.process, command.start, command.business_key is None, context)
        alike = self._known.setdefault(same, {})
        for names, outlines in alike.items():
            known = outlines.get(_held(variables, names))
            if known is not None:
                return Judged(known.laid_over(variables, command.business_key), known)
        looks = Looks()
        decision = decide(self._definitions, State(), command, self._by, context, watch=looks)
        first, *tail = decision.events
        assert isinstance(first, CaseStarted)
        outline = Outline(first, tuple(tail), decision.state)
        judged = outline.laid_over(variables, command.business_key)
        if looks.whole or any(isinstance(event, CaseCalled) for event in tail):  # a called process may take the key
            return Judged(judged)
        names = tuple(sorted(looks.names))
        alike.setdefault(names, {})[_held(variables, names)] = outline
        return Judged(judged, outline)


def _held(variables: Mapping[str, Any], names: Iterable[str]) -> str:
    """What these names hold, as text that tells 1 from 1.0 and from true, and null from nothing."""
    return _spell([[variables[name]] if name in variables else [] for name in names])
