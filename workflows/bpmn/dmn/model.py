"""Decisions as data: frozen records of what one DMN file says (DMN 1.3, clauses 6 to 8); every expression is a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workflows.errors import Finding

HIT_POLICIES = ("UNIQUE", "FIRST", "PRIORITY", "ANY", "COLLECT", "RULE ORDER", "OUTPUT ORDER")
AGGREGATIONS = ("SUM", "COUNT", "MIN", "MAX")


@dataclass(frozen=True, slots=True)
class Input:
    """A condition column: the value of `expression`, which must pass `allowed` where that is given."""

    id: str | None
    expression: str
    label: str | None = None
    kind: str | None = None  # typeRef: a text is read as a date, time or duration where it says so
    allowed: str | None = None
    variable: str = "cellInput"  # camunda:inputVariable: another name for `?` in the tests of this column
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """A result column; `values` are those allowed, the most important first, `default` is for when no rule matches."""

    id: str | None
    name: str
    label: str | None = None
    values: str | None = None
    default: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: a test for each input, an expression for each output."""

    id: str
    tests: tuple[str, ...]
    results: tuple[str, ...]
    line: int | None = None


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """A decision table."""

    hit_policy: str
    aggregation: str | None
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]
    line: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Decision:
    """One decision: its logic is a table or an expression. `before` are all decisions that it needs, in their order."""

    id: str
    name: str | None = None
    line: int | None = None
    variable: str | None = None  # name under which those that need this decision see its result
    version_tag: str | None = None
    table: DecisionTable | None = None
    expression: str | None = None
    requires: tuple[str, ...] = ()
    before: tuple[Decision, ...] = ()
    languages: tuple[tuple[str, int | None], ...] = ()  # declared expression languages, with the line of each
    unsupported: tuple[tuple[str, int | None], ...] = ()  # parts that are not evaluated here, with the line of each
    cache: dict[str, Any] = field(default_factory=dict, repr=False)  # its parsed form, made once

    def names(self) -> tuple[str, ...]:
        """The names under which its result is seen by the decisions that need it."""
        return tuple(dict.fromkeys(name for name in (self.id, self.name, self.variable) if name))


@dataclass(frozen=True, slots=True, eq=False)
class DecisionFile:
    """One DMN file that was read and checked."""

    id: str
    name: str | None
    decisions: tuple[Decision, ...]
    lines: Mapping[str, int] = field(default_factory=dict)
    warnings: tuple[Finding, ...] = ()

    def decision(self, key: str) -> Decision | None:
        """The decision with this id, or None."""
        return next((decision for decision in self.decisions if decision.id == key), None)
