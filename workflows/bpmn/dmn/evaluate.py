"""Evaluates a decision: first all that it needs, then its own table or expression (DMN 1.3, clauses 6 to 8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from workflows.bpmn.expressions import Expression, ExpressionError, as_json, parse

from .hits import Hit, hits_of, refusal
from .model import Decision, DecisionTable, Output
from .parsed_table import ParsedTable

Functions: TypeAlias = Mapping[str, Callable[..., Any]]
LISTS = ("COLLECT", "RULE ORDER", "OUTPUT ORDER")


@dataclass(frozen=True)
class Outcome:
    """What a decision gives: its value by the standard, the same as a row for each result, and the rules that matched.

    All values are JSON.
    """

    value: Any
    rows: tuple[Mapping[str, Any], ...]
    rules: tuple[str, ...] = ()


def evaluate(decision: Decision, names: Mapping[str, Any], functions: Functions | None = None) -> Outcome:
    """The outcome for these variables.

    Refused DECISION_ERROR (decision, rules, problem, message) when the rules contradict each other or a value cannot be
    had. `functions` are those of an expression: now(), ngay_lam_viec(n).
    """
    known = dict(names)
    for needed in decision.before:
        known.update(_seen_by_others(needed, _alone(needed, known, functions or {})))
    return _alone(decision, known, functions or {})


def _seen_by_others(decision: Decision, outcome: Outcome) -> dict[str, Any]:
    """The result under the decision's names; before them its columns by their own names, as Camunda 7 has it."""
    columns: dict[str, Any] = {}
    if decision.table is not None:
        for output in decision.table.outputs:
            values = [row.get(output.name) for row in outcome.rows]
            columns[output.name] = values if decision.table.hit_policy in LISTS else next(iter(values), None)
    if decision.table is not None and decision.table.aggregation is not None:
        columns = dict.fromkeys(columns, outcome.value)
    columns.pop("", None)
    return {**columns, **dict.fromkeys(decision.names(), outcome.value)}


def _alone(decision: Decision, names: Mapping[str, Any], functions: Functions) -> Outcome:
    try:
        if decision.table is not None:
            return _of_table(decision, decision.table, names, functions)
        value = as_json(_expression(decision).evaluate(names, functions))
    except ExpressionError as problem:
        raise refusal(decision, "EXPRESSION", problem.message) from problem
    return Outcome(value, ({decision.variable or decision.name or decision.id: value},))


def _expression(decision: Decision) -> Expression:
    found: Expression | None = decision.cache.get("expression")
    if found is None:
        found = decision.cache["expression"] = parse(decision.expression or "", "feel")
    return found


def _of_table(decision: Decision, table: DecisionTable, names: Mapping[str, Any], functions: Functions) -> Outcome:
    parsed: ParsedTable | None = decision.cache.get("table")
    if parsed is None:
        parsed = decision.cache["table"] = ParsedTable(table)
    bad = parsed.inputs_not_allowed(names, functions)
    if bad:
        told = ", ".join(str(item.label or item.expression) for item in bad)
        raise refusal(decision, "INPUT_NOT_ALLOWED", f"Giá trị đưa vào không được phép ở cột: {told}.")
    found = [Hit(rule, results) for rule, results in parsed.matches(names, functions)]
    matched = tuple(hit.rule for hit in found)
    for hit in found:
        for output in parsed.outputs_not_allowed(hit.results, names, functions):
            message = f"Kết quả của cột «{output.name or output.label}» không nằm trong các giá trị cho phép."
            raise refusal(decision, "OUTPUT_NOT_ALLOWED", message, (hit.rule,))
    if not found and (defaults := parsed.defaults(names, functions)) is not None:
        found = [Hit("", defaults)]
    chosen = hits_of(decision, table, found, parsed.priorities(names, functions))
    rows = tuple(_row(table.outputs, hit.results) for hit in chosen)
    if table.aggregation is not None:
        return _aggregated(decision, table, [hit.results[0] for hit in chosen], matched)
    values = [_value(table.outputs, hit.results) for hit in chosen]
    if table.hit_policy in LISTS:
        return Outcome(values, rows, matched)
    return Outcome(values[0] if values else None, rows, matched)


def _row(outputs: Sequence[Output], results: Sequence[Any]) -> dict[str, Any]:
    return {output.name: as_json(value) for output, value in zip(outputs, results, strict=True)}


def _value(outputs: Sequence[Output], results: Sequence[Any]) -> Any:  # noqa: ANN401 - a JSON value
    """The single result, or several as a context (DMN 1.3, 8.3.3)."""
    return as_json(results[0]) if len(outputs) == 1 else _row(outputs, results)


def _aggregated(decision: Decision, table: DecisionTable, values: list[Any], rules: tuple[str, ...]) -> Outcome:
    """SUM, MIN, MAX and COUNT of what was collected; nothing collected is null, and counts 0 (DMN 1.3, 8.2.10)."""
    how = (table.aggregation or "").lower()
    value = len(values) if how == "count" else None
    if how != "count" and values:
        value = as_json(parse(f"{how}(collected)", "feel").evaluate({"collected": values}))
        if value is None:
            raise refusal(decision, "NOT_NUMBERS", f"Không gộp {table.aggregation} được các kết quả này.", rules)
    rows: tuple[Mapping[str, Any], ...] = () if value is None else ({table.outputs[0].name: value},)
    return Outcome(value, rows, rules)
