"""Checks on events: which kind may stand where, and what it needs there (BPMN 2.0.2, Table 10.93; semantics.md X16,
X17)."""

from __future__ import annotations

from collections.abc import Iterator

from workflows.errors import Finding

from .model import EventDefinition, Node
from .names import ACTIVITIES

WAITING = frozenset({"message", "timer", "signal", "conditional"})
FOUND = frozenset({"error", "escalation", "compensation"})
ALLOWED = {
    "process start": WAITING - {"conditional"},
    "sub-process start": frozenset[str](),
    "event sub-process start": WAITING | FOUND,
    "intermediateCatchEvent": WAITING | {"link"},
    "intermediateThrowEvent": frozenset({"message", "signal", "escalation", "compensation", "link"}),
    "boundaryEvent": WAITING | FOUND | {"cancel"},
    "endEvent": frozenset({"message", "signal", "error", "escalation", "terminate", "compensation", "cancel"}),
}
NEEDED = frozenset({"event sub-process start", "intermediateCatchEvent", "boundaryEvent"})
WORDS = {
    "process start": "bắt đầu quy trình",
    "sub-process start": "bắt đầu quy trình con",
    "event sub-process start": "bắt đầu quy trình con theo sự kiện",
    "intermediateCatchEvent": "chờ giữa chừng",
    "intermediateThrowEvent": "phát giữa chừng",
    "boundaryEvent": "gắn trên bước",
    "endEvent": "kết thúc",
}


def check_event(node: Node, scope: Node | None, siblings: tuple[Node, ...]) -> Iterator[Finding]:
    """What is wrong with an event, a receive task, or an event sub-process and its start."""
    position = _position(node, scope)
    if position is not None:
        yield from _check_definitions(node, position)
        for event in node.events:
            yield from _check_definition(node, event, position)
    if node.kind == "receiveTask" and not node.events:
        yield Finding("BAD_EVENT", node.id, node.line, "Bước nhận tin phải nói chờ tin nào (messageRef).")
    if node.kind == "boundaryEvent":
        yield from _check_boundary(node, siblings)
    if node.event_sub_process:
        yield from _check_event_sub_process(node)
    if node.kind == "endEvent" and any(event.kind == "cancel" for event in node.events):
        yield from _check_cancel_end(node, scope)
    if node.kind == "transaction":
        yield from _check_transaction(node, siblings)


def check_links(nodes: tuple[Node, ...]) -> Iterator[Finding]:
    """Every link throw needs exactly one catch of its name in the same scope (EL1)."""
    links = [(node, event) for node in nodes for event in node.events if event.kind == "link"]
    catches = [event.name for node, event in links if node.kind == "intermediateCatchEvent"]
    for node, event in links:
        if not event.name:
            yield Finding("BAD_EVENT", node.id, node.line, "Sự kiện liên kết phải có tên.")
        elif catches.count(event.name) != 1:
            yield Finding(
                "BAD_EVENT",
                node.id,
                node.line,
                f"Liên kết «{event.name}» phải có đúng một điểm nhận trong cùng phạm vi.",
            )


def _position(node: Node, scope: Node | None) -> str | None:
    if node.kind == "startEvent":
        if scope is None:
            return "process start"
        return "event sub-process start" if scope.event_sub_process else "sub-process start"
    return node.kind if node.kind in ALLOWED else None


def _check_definitions(node: Node, position: str) -> Iterator[Finding]:
    if len(node.events) > 1:
        yield Finding(
            "BAD_EVENT", node.id, node.line, "Một sự kiện chỉ được có một loại; sự kiện nhiều loại không được hỗ trợ."
        )
    if not node.events and position in NEEDED:
        yield Finding("BAD_EVENT", node.id, node.line, f"Sự kiện {WORDS[position]} phải nói nó chờ điều gì.")


def _check_definition(node: Node, event: EventDefinition, position: str) -> Iterator[Finding]:
    if event.kind not in ALLOWED[position]:
        yield Finding(
            "BAD_EVENT",
            node.id,
            event.line or node.line,
            f"Sự kiện {event.kind} không được đứng ở chỗ {WORDS[position]}.",
        )
        return
    named = {"message", "signal"}
    if event.kind in named and not event.name and node.kind not in {"endEvent", "intermediateThrowEvent"}:
        yield Finding("BAD_EVENT", node.id, event.line, "Sự kiện phải nói tên tin hay tín hiệu mà nó chờ.")
    if event.kind == "signal" and not event.name and node.kind in {"endEvent", "intermediateThrowEvent"}:
        yield Finding("BAD_EVENT", node.id, event.line, "Sự kiện phải nói tên tín hiệu mà nó phát.")
    if event.kind == "error" and position == "endEvent" and event.code is None:
        yield Finding("BAD_EVENT", node.id, event.line, "Sự kiện báo lỗi phải nói mã lỗi (errorRef).")
    if event.kind == "conditional" and not event.condition:
        yield Finding("BAD_EVENT", node.id, event.line, "Sự kiện điều kiện phải có điều kiện.")


def _check_boundary(node: Node, siblings: tuple[Node, ...]) -> Iterator[Finding]:
    holder = next((other for other in siblings if other.id == node.attached_to), None)
    if holder is None:
        yield Finding(
            "DANGLING_REFERENCE",
            node.id,
            node.line,
            f"attachedToRef trỏ tới «{node.attached_to}» không có ở cùng phạm vi.",
        )
        return
    if holder.kind not in ACTIVITIES or holder.event_sub_process:
        yield Finding("BAD_EVENT", node.id, node.line, "Sự kiện chỉ gắn được trên một bước.")
    for event in node.events:
        if event.kind == "cancel" and holder.kind != "transaction":
            yield Finding("BAD_EVENT", node.id, node.line, "Sự kiện huỷ chỉ gắn được trên giao dịch.")
        if event.kind == "compensation":
            handler = next((other for other in siblings if other.id == node.compensation_handler), None)
            if handler is None or handler.kind not in ACTIVITIES or not handler.for_compensation:
                yield Finding(
                    "BAD_EVENT", node.id, node.line, "Sự kiện bù phải liên kết tới một bước bù (isForCompensation)."
                )


def _check_event_sub_process(node: Node) -> Iterator[Finding]:
    starts = [inner for inner in node.nodes if inner.kind == "startEvent"]
    if len(starts) != 1:
        yield Finding("BAD_EVENT", node.id, node.line, "Quy trình con theo sự kiện phải có đúng một sự kiện bắt đầu.")


def _check_cancel_end(node: Node, scope: Node | None) -> Iterator[Finding]:
    if scope is None or scope.kind != "transaction":
        yield Finding("BAD_EVENT", node.id, node.line, "Sự kiện kết thúc huỷ chỉ được đứng trong giao dịch.")


def _check_transaction(node: Node, siblings: tuple[Node, ...]) -> Iterator[Finding]:
    cancels = any(event.kind == "cancel" for inner in node.nodes for event in inner.events if inner.kind == "endEvent")
    caught = any(
        other.attached_to == node.id and event.kind == "cancel" for other in siblings for event in other.events
    )
    if cancels and not caught:
        yield Finding("BAD_EVENT", node.id, node.line, "Giao dịch có kết thúc huỷ thì phải có sự kiện huỷ gắn trên nó.")
