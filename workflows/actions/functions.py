"""Functions of an office's own that processes call by name: what they are given, what they may answer (T2).

A registered function takes one `Call` and returns the variables that it sets (a mapping), or nothing. It may raise
`BpmnError`, which goes the way that the process has for it; anything else that it raises is a failure, tried again with
growing pauses and then an incident.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, TypeAlias

from workflows.bpmn.expressions import as_json

SLOW = "kehoach_slow"
LONGEST_MESSAGE = 500


class BpmnError(Exception):
    """A business error: caught by the error event with this code, with variables for whoever catches it."""

    def __init__(self, code: str, message: str = "", variables: Mapping[str, Any] | None = None) -> None:
        super().__init__(f"{code} {message}".strip())
        self.code, self.message, self.variables = code, message, dict(variables or {})


@dataclass(frozen=True)
class Call:
    """What a function sees of the case that calls it; the variables are a copy that cannot be written to."""

    function: str
    case_id: int
    business_key: str | None
    variables: Mapping[str, Any]
    now: datetime


Function: TypeAlias = Callable[[Call], Mapping[str, Any] | None]


def slow(function: Function) -> Function:
    """Mark a function that speaks to something outside: it is run by `run_jobs`, never inside a person's command."""
    setattr(function, SLOW, True)
    return function


@dataclass(frozen=True)
class Functions:
    """The registered functions by name."""

    known: Mapping[str, Function] = field(default_factory=dict)

    def __contains__(self, name: object) -> bool:
        return name in self.known

    def __len__(self) -> int:
        return len(self.known)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, in order."""
        return tuple(sorted(self.known))

    def is_slow(self, name: str) -> bool:
        """Whether this function must not hold up a person's command."""
        return bool(getattr(self.known[name], SLOW, False))


NO_FUNCTIONS = Functions()


@dataclass(frozen=True)
class Answer:
    """What became of a call: variables, or a BPMN error, or a failure in words."""

    variables: Mapping[str, Any] = field(default_factory=dict)
    error: BpmnError | None = None
    failure: str | None = None


def call_function(functions: Functions, call: Call) -> Answer:
    """Call it; whatever it raises or returns that is no mapping of JSON values is a failure, never an exception."""
    guarded = Call(
        call.function,
        call.case_id,
        call.business_key,
        MappingProxyType(copy.deepcopy(dict(call.variables))),
        call.now,
    )
    try:
        return Answer(_as_variables(functions.known[call.function](guarded)))
    except BpmnError as error:
        return Answer(error=error)
    except Exception as failure:
        return Answer(failure=f"{call.function}: {type(failure).__name__}: {failure}"[:LONGEST_MESSAGE])


def _as_variables(returned: object) -> dict[str, Any]:
    """The returned mapping as JSON values; TypeError or ValueError for anything else."""
    if returned is None:
        return {}
    if not isinstance(returned, Mapping) or not all(isinstance(name, str) for name in returned):
        raise TypeError(f"a mapping of variables was expected, not {type(returned).__name__}")
    variables = {name: as_json(value) for name, value in returned.items()}
    json.dumps(variables, allow_nan=False)
    return variables
