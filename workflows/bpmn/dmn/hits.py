"""Hit policies: which of the matching rules of a table count, and in which order (DMN 1.3, 8.2.10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from workflows.bpmn.expressions import as_json
from workflows.errors import Refused

from .model import Decision, DecisionTable


@dataclass(frozen=True)
class Hit:
    """A rule that matched, with the values of its outputs."""

    rule: str
    results: Sequence[Any]


def hits_of(
    decision: Decision, table: DecisionTable, found: list[Hit], priorities: Sequence[Sequence[Any] | None]
) -> list[Hit]:
    """The hits that count by the table's hit policy; `priorities` are the values of each output, the first first.

    Refused DECISION_ERROR when more rules match than may, or when those that match differ and may not.
    """
    policy = table.hit_policy
    if policy == "UNIQUE" and len(found) > 1:
        raise _contradiction(decision, found, "NOT_UNIQUE", "Nhiều luật cùng khớp trong khi chỉ một luật được khớp.")
    if policy == "ANY" and any(_differ(hit, found[0]) for hit in found[1:]):
        raise _contradiction(decision, found, "NOT_THE_SAME", "Các luật cùng khớp nhưng cho kết quả khác nhau.")
    if policy in {"PRIORITY", "OUTPUT ORDER"}:
        found = sorted(found, key=lambda hit: _rank(hit, priorities))
    return found[:1] if policy in {"FIRST", "ANY", "PRIORITY"} else found


def _differ(one: Hit, other: Hit) -> bool:
    """Whether the results differ; true is not 1 here."""
    return repr(_plain(one)) != repr(_plain(other))


def _plain(hit: Hit) -> list[Any]:
    return [_sorted(as_json(value)) for value in hit.results]


def _sorted(value: Any) -> Any:  # noqa: ANN401 - a JSON value
    """The value with the entries of contexts in one order, and whole numbers as such."""
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return [_sorted(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _rank(hit: Hit, priorities: Sequence[Sequence[Any] | None]) -> tuple[int, ...]:
    """The places of the results among the values of their columns, the leftmost column first."""
    return tuple(
        order.index(value) if value in order else len(order)
        for value, order in zip(hit.results, priorities, strict=True)
        if order is not None
    )


def _contradiction(decision: Decision, found: list[Hit], problem: str, message: str) -> Refused:
    rules = tuple(hit.rule for hit in found)
    return refusal(decision, problem, f"{message} Các luật: {', '.join(rules)}.", rules)


def refusal(decision: Decision, problem: str, message: str, rules: tuple[str, ...] = ()) -> Refused:
    """The refusal of a decision that has no outcome."""
    return Refused("DECISION_ERROR", decision=decision.id, rules=rules, problem=problem, message=message)
