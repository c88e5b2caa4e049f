"""A decision table with its texts parsed once: which rules match, with which results."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from workflows.bpmn.expressions import Expression, UnaryTests, parse, parse_unary

from .model import DecisionTable, Input, Output

Names: TypeAlias = Mapping[str, Any]
Functions: TypeAlias = Mapping[str, Callable[..., Any]]
# Variables are JSON, where days and durations are texts; a column that says its type has them read (typeRef).
READERS = {
    "date": "date(x)",
    "time": "time(x)",
    "datetime": "date and time(x)",
    "dateandtime": "date and time(x)",
    "duration": "duration(x)",
    "daysandtimeduration": "duration(x)",
    "daytimeduration": "duration(x)",
    "yearsandmonthsduration": "duration(x)",
    "yearmonthduration": "duration(x)",
}


class ParsedTable:
    """The table ready to be evaluated."""

    def __init__(self, table: DecisionTable) -> None:
        tests: dict[str, UnaryTests] = {}  # the same text often stands in many rules
        results: dict[str, Expression] = {}
        for rule in table.rules:
            tests.update({text: parse_unary(text) for text in rule.tests if text not in tests})
            results.update({text: parse(text or "null", "feel") for text in rule.results if text not in results})
        self._inputs = [(item, parse(item.expression, "feel"), _reader(item.kind)) for item in table.inputs]
        self._allowed = [parse_unary(item.allowed) if item.allowed else None for item in table.inputs]
        self._outputs = table.outputs
        self._values = [parse_unary(item.values) if item.values else None for item in table.outputs]
        self._orders = [_order(table, item) for item in table.outputs]
        self._defaults = [parse(item.default, "feel") if item.default else None for item in table.outputs]
        self._rules = [
            (rule.id, [tests[text] for text in rule.tests], [results[text] for text in rule.results])
            for rule in table.rules
        ]

    def inputs_not_allowed(self, names: Names, functions: Functions) -> list[Input]:
        """The columns whose value is none of those that they allow."""
        given = zip(self._values_of_inputs(names, functions), self._allowed, self._inputs, strict=True)
        return [
            item
            for value, allowed, (item, _, _) in given
            if allowed is not None and not allowed.holds(value, names, functions)
        ]

    def matches(self, names: Names, functions: Functions) -> Iterator[tuple[str, list[Any]]]:
        """The rules all of whose tests hold, in the order of the table, with the values of their outputs."""
        values = self._values_of_inputs(names, functions)
        seen = [{**names, item.variable: value} for value, (item, _, _) in zip(values, self._inputs, strict=True)]
        for rule, tests, results in self._rules:
            if all(test.holds(value, known, functions) for test, value, known in zip(tests, values, seen, strict=True)):
                yield rule, [result.evaluate(names, functions) for result in results]

    def outputs_not_allowed(self, results: Sequence[Any], names: Names, functions: Functions) -> list[Output]:
        """The columns whose result is none of those that they allow."""
        return [
            output
            for output, allowed, value in zip(self._outputs, self._values, results, strict=True)
            if allowed is not None and not allowed.holds(value, names, functions)
        ]

    def defaults(self, names: Names, functions: Functions) -> list[Any] | None:
        """The results when no rule matches; None when no column has a default."""
        if not any(self._defaults):
            return None
        return [None if default is None else default.evaluate(names, functions) for default in self._defaults]

    def priorities(self, names: Names, functions: Functions) -> list[list[Any] | None]:
        """For each output its allowed values, the most important first; None where the table does not order by it."""
        return [None if order is None else order.evaluate(names, functions) for order in self._orders]

    def _values_of_inputs(self, names: Names, functions: Functions) -> list[Any]:
        found = []
        for _, expression, reader in self._inputs:
            value = expression.evaluate(names, functions)
            found.append(reader.evaluate({"x": value}) if reader is not None and isinstance(value, str) else value)
        return found


def _reader(kind: str | None) -> Expression | None:
    plain = (kind or "").rpartition(":")[2].replace(" ", "").replace("_", "").lower()
    found = READERS.get(plain)
    return parse(found, "feel") if found else None


def _order(table: DecisionTable, output: Output) -> Expression | None:
    if table.hit_policy not in {"PRIORITY", "OUTPUT ORDER"} or not output.values:
        return None
    return parse(f"[{output.values}]", "feel")
