"""Checks on the calls between processes: none may lead back to its caller without a choice or a wait (issue 3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workflows.errors import Finding

from .expressions import ExpressionError, parse
from .model import CallTarget, Flow, Node, Process
from .names import ACTIVITIES, GATEWAYS, SUB_PROCESSES

WAITS = frozenset({"userTask", "receiveTask", "adHocSubProcess", "eventBasedGateway", "complexGateway"})
DEEPEST = 50  # calls inside calls that are followed
CHOICES = frozenset({"exclusiveGateway", "inclusiveGateway"})


def check_calls(processes: Sequence[Process]) -> list[Finding]:
    """A finding for each call that must come back to the process it stands in; such a case could never rest."""
    known = {process.id: process for process in processes}
    comes_back: dict[str, bool] = {}
    calls = {process.id: _certain_calls(process, known, comes_back) for process in processes}
    circling = _circling({process: {called for _, called in found} for process, found in calls.items()})
    return [
        Finding(
            "CALL_CYCLE",
            node.id,
            node.line,
            f"Bước này gọi «{called}», và từ đó luôn quay lại «{process}» mà không dừng ở đâu.",
        )
        for process, found in calls.items()
        for node, called in found
        if process in circling and called in circling
    ]


def _circling(calls: Mapping[str, set[str]]) -> set[str]:
    """What is left when those that call nobody are taken away, then those that nobody calls: the circles."""
    callers: dict[str, set[str]] = {process: set() for process in calls}
    for process, called in calls.items():
        for each in called:
            callers[each].add(process)
    left = set(calls)
    for ahead, back in ((calls, callers), (callers, calls)):
        number = {process: len(ahead[process] & left) for process in left}
        ends = [process for process in left if not number[process]]
        while ends:
            end = ends.pop()
            left.discard(end)
            for process in back[end] & left:
                number[process] -= 1
                if not number[process]:
                    ends.append(process)
    return left


def _certain_calls(process: Process, known: dict[str, Process], comes_back: dict[str, bool]) -> list[tuple[Node, str]]:
    """The call activities of a process that every token from its start comes to, with the processes they name."""
    if not any(node.call is not None and node.call.element in known for node in process.walk()):
        return []
    walk = _Walk(known, comes_back, 0)
    walk.through(process.nodes, process.flows)
    return walk.calls


class _Walk:
    """Follows the tokens of a process from its start for as long as nothing is chosen and nothing is waited for."""

    def __init__(self, known: dict[str, Process], comes_back: dict[str, bool], depth: int) -> None:
        self._known = known
        self._comes_back = comes_back  # by process: whether a call of it certainly ends; False while that is looked at
        self._depth = depth
        self.calls: list[tuple[Node, str]] = []

    def through(self, nodes: tuple[Node, ...], flows: tuple[Flow, ...]) -> bool:
        """Walk one scope; whether its tokens certainly come to its end."""
        by_id = {node.id: node for node in nodes}
        leaving: dict[str, list[Flow]] = {}
        missing: dict[str, int] = {}  # flows of a parallel join over which no token has come yet
        for flow in flows:
            leaving.setdefault(flow.source, []).append(flow)
            missing[flow.target] = missing.get(flow.target, 0) + 1
        todo = _initial(nodes, missing)
        certain, seen = bool(todo), {node.id for node in todo}
        while todo:
            node = todo.pop()
            out = leaving.get(node.id, [])
            if not self._passes(node, out):
                certain = False
                continue
            for target in (by_id[flow.target] for flow in out if flow.target in by_id):
                missing[target.id] -= 1
                if target.id not in seen and (target.kind != "parallelGateway" or not missing[target.id]):
                    seen.add(target.id)
                    todo.append(target)
        return certain

    def _passes(self, node: Node, out: list[Flow]) -> bool:
        """Whether a token that comes to the node certainly goes on, over every flow that leaves it."""
        if _may_rest(node):
            return False
        chosen = len(out) > 1 and (node.kind in CHOICES or any(flow.condition is not None for flow in out))
        if node.call is not None:
            return self._call(node, node.call) and not chosen
        if node.kind in SUB_PROCESSES:
            return self.through(node.nodes, node.flows) and not chosen
        return not chosen

    def _call(self, node: Node, call: CallTarget) -> bool:
        """Note a call whose process is named and known; whether it certainly comes back."""
        called = self._known.get(call.element)
        if called is None or call.binding not in {"latest", "deployment"} or not _is_literal(call.element):
            return False
        self.calls.append((node, called.id))
        if called.id not in self._comes_back:
            self._comes_back[called.id] = False
            walk = _Walk(self._known, self._comes_back, self._depth + 1)
            self._comes_back[called.id] = self._depth < DEEPEST and walk.through(called.nodes, called.flows)
        return self._comes_back[called.id]


def _may_rest(node: Node) -> bool:
    """Whether a token may stay in the node or leave it in some other way than over its flows."""
    if node.kind in WAITS or node.job is not None or node.multi is not None or node.loop is not None:
        return True
    if node.kind == "intermediateCatchEvent":
        return True
    return any(event.kind in {"error", "terminate", "cancel", "link", "escalation"} for event in node.events)


def _initial(nodes: tuple[Node, ...], arriving: Mapping[str, int]) -> list[Node]:
    """Where the tokens of a scope start: its plain start event, else whatever no flow leads to (G2)."""
    plain = [node for node in nodes if node.kind == "startEvent" and not node.events]
    return plain[:1] or [
        node
        for node in nodes
        if node.kind in ACTIVITIES | GATEWAYS and node.id not in arriving
        if not node.event_sub_process and not node.for_compensation
    ]


def _is_literal(text: str) -> bool:
    try:
        return parse(text).is_literal
    except ExpressionError:
        return False
