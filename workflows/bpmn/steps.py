"""The steps of a process as a list, in the order in which a reader expects them: the accessible twin of the picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from .model import Definition, Flow, Node

_KINDS: Final = {
    "startEvent": "Bắt đầu", "endEvent": "Kết thúc", "userTask": "Việc của người", "serviceTask": "Việc tự động",
    "sendTask": "Gửi đi", "receiveTask": "Chờ nhận", "scriptTask": "Tính toán",
    "businessRuleTask": "Quy tắc quyết định",
    "manualTask": "Việc làm ngoài hệ thống", "task": "Việc", "exclusiveGateway": "Rẽ nhánh chọn một",
    "parallelGateway": "Đồng thời", "inclusiveGateway": "Rẽ nhánh chọn nhiều",
    "eventBasedGateway": "Chờ sự kiện nào đến trước",
    "complexGateway": "Rẽ nhánh theo điều kiện riêng", "intermediateCatchEvent": "Chờ sự kiện",
    "intermediateThrowEvent": "Phát sự kiện", "boundaryEvent": "Sự kiện gắn với bước", "subProcess": "Quy trình con",
    "transaction": "Giao dịch", "adHocSubProcess": "Quy trình con tùy chọn", "callActivity": "Gọi quy trình khác",
}  # fmt: skip


@dataclass(frozen=True)
class Next:
    """One way on from a step: the flow, its name, and the step it leads to."""

    flow: str
    name: str | None
    target: str
    target_name: str


@dataclass(frozen=True)
class Step:
    """One step: which element, what it is called, what kind it is, in which lane, how deep inside sub-processes."""

    element: str
    name: str
    kind: str
    kind_name: str
    lane: str | None
    depth: int
    several: bool  # multi-instance or loop: may be done many times
    attached_to: str | None
    next: tuple[Next, ...]


def step_list(definition: Definition, process_key: str) -> list[Step]:
    """Every step once: along the flows from the start, first way first, boundary events after their step.

    KeyError: no such process.
    """
    process = definition.process(process_key)
    if process is None:
        raise KeyError(process_key)
    lanes = {id: lane.name for lane in process.lanes for id in lane.nodes}
    return list(_steps(process.nodes, process.flows, lanes, 0, None))


def _steps(
    nodes: Sequence[Node], flows: Sequence[Flow], lanes: dict[str, str | None], depth: int, lane: str | None
) -> Iterator[Step]:
    names = {node.id: step_name(node) for node in nodes}
    leaving: dict[str, list[Flow]] = {}
    for flow in flows:
        leaving.setdefault(flow.source, []).append(flow)
    for node in reading_order(nodes, flows):
        ways = (
            Next(flow.id, flow.name, flow.target, names.get(flow.target, flow.target))
            for flow in leaving.get(node.id, ())
        )
        own = lanes.get(node.id) or lane
        yield Step(
            node.id, names[node.id], node.kind, kind_name(node), own, depth,
            bool(node.multi or node.loop), node.attached_to, tuple(ways),
        )  # fmt: skip
        yield from _steps(node.nodes, node.flows, lanes, depth + 1, own)


def step_name(node: Node) -> str:
    """The name of a node, or what it is when it has none."""
    return node.name or f"{kind_name(node)} ({node.id})"


def kind_name(node: Node) -> str:
    """What kind of step a node is, in Vietnamese."""
    return _KINDS[node.kind]


def reading_order(nodes: Sequence[Node], flows: Sequence[Flow]) -> list[Node]:
    """The nodes of one scope so that a step stands before what follows it, returns to earlier steps aside."""
    known = {node.id: node for node in nodes}
    after: dict[str, list[str]] = {node.id: [] for node in nodes}
    for node in nodes:
        if node.attached_to in after:
            after[node.attached_to].append(node.id)
    for flow in flows:
        if flow.source in after and flow.target in known:
            after[flow.source].append(flow.target)
    reached = {flow.target for flow in flows}
    starts = [
        node for node in nodes if node.id not in reached and node.attached_to is None and not node.event_sub_process
    ]
    seen: set[str] = set()
    order: list[str] = []
    for roots in ([*reversed(starts)], *([node] for node in nodes if not node.event_sub_process)):
        finished: list[str] = []
        for root in roots:
            _visit(root.id, after, seen, finished)
        order += reversed(finished)
    return [*(known[id] for id in order), *(node for node in nodes if node.id not in seen)]


def _visit(start: str, after: dict[str, list[str]], seen: set[str], finished: list[str]) -> None:
    """Depth first without recursion; a node is finished after everything behind it, so the reverse is the order."""
    if start in seen:
        return
    seen.add(start)
    stack = [(start, iter(reversed(after[start])))]
    while stack:
        id, ways = stack[-1]
        for way in ways:
            if way not in seen:
                seen.add(way)
                stack.append((way, iter(reversed(after[way]))))
                break
        else:
            stack.pop()
            finished.append(id)
