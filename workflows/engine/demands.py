"""What the steps of a process ask of people, as far as it can be known before a case runs: for `satisfiable.stuck`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from workflows.bpmn.expressions import ExpressionError, parse
from workflows.bpmn.model import Node, Process

from .satisfiable import Demand
from .state import DRAFTERS

CANNOT_BE_KNOWN = (ExpressionError, TypeError, ValueError)


def demands_of(
    process: Process, names: Mapping[str, Any], is_known: Callable[[str], bool], *, starter: str | None = None
) -> tuple[Demand, ...]:
    """The demands of all steps of people whose candidates these variables tell, in the order of the file.

    Left out are steps with an assignee, with candidates that only a running case knows, or with a group that is not
    `is_known`. With `starter` that person stands for whoever started the case.
    """
    nodes = [node for node in process.walk() if node.kind == "userTask" and node.human is not None]
    drafting = frozenset(node.id for node in nodes if node.human is not None and node.human.rights.draft)
    started = [Demand(DRAFTERS, users=(starter,))] if starter is not None else []
    found = [_demand(node, names, is_known, drafting) for node in nodes]
    return (*started, *(each for each in found if each is not None))


def _demand(
    node: Node, names: Mapping[str, Any], is_known: Callable[[str], bool], drafting: frozenset[str]
) -> Demand | None:
    human = node.human
    if human is None or human.assignee is not None:
        return None
    try:
        groups = tuple(_named(human.candidate_groups, names))
        users = tuple(_named(human.candidate_users, names))
        persons = _persons(node, names) if human.rights.distinct else 1
    except CANNOT_BE_KNOWN:
        return None
    if not (groups or users) or not all(map(is_known, groups)):
        return None
    apart = frozenset(human.rights.excluded_steps)
    if human.rights.approval and not human.rights.self_approval:
        apart |= drafting | {DRAFTERS}
    return Demand(node.id, node.name or node.id, groups, users, apart - {node.id}, persons)


def _named(texts: tuple[str, ...], names: Mapping[str, Any]) -> Iterator[str]:
    for text in texts:
        value = parse(text).evaluate(names)
        parts = value if isinstance(value, list | tuple) else str(value).split(",")
        yield from (name for name in (str(part).strip() for part in parts) if name)


def _persons(node: Node, names: Mapping[str, Any]) -> int:
    """How many different persons the rounds need at least: a number that is written, else one."""
    multi = node.multi
    if multi is None or multi.cardinality is None or multi.completion_condition is not None:
        return 1
    return int(parse(multi.cardinality).evaluate(names))
