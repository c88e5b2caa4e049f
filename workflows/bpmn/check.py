"""Checks on a process that was read: references, flows, gateways, loops, something to start (semantics.md X10 to
X19)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from workflows.errors import Finding

from .check_events import check_event, check_links
from .check_expressions import check_node_expressions, is_negative_or_odd_number
from .model import Flow, Node, Process
from .names import ACTIVITIES, GATEWAYS
from .rights import OTHER_PROCESS

BINDINGS = ("latest", "deployment", "version", "versionTag")
MAPPINGS = ("raw", "singleEntry", "singleResult", "collectEntries", "resultList")


def check_process(process: Process) -> list[Finding]:
    """Everything that keeps the engine from running this process, references first."""
    checker = _Checker(process)
    return list(checker.findings())


class _Checker:
    """All checks of one process, in the order in which a reader would repair them."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._nodes = {node.id: node for node in process.walk()}
        self._scopes: list[tuple[Node | None, tuple[Node, ...], tuple[Flow, ...]]] = [
            (None, process.nodes, process.flows)
        ]
        self._attached = {node.attached_to for node in process.walk()}
        self._arriving = Counter(flow.target for flow in process.flows)
        for node in process.walk():
            self._arriving.update(flow.target for flow in node.flows)
        self._scopes += [(node, node.nodes, node.flows) for node in process.walk() if node.nodes or node.flows]

    def findings(self) -> Iterator[Finding]:
        """Every finding."""
        for _, nodes, flows in self._scopes:
            inside = {node.id for node in nodes}
            for flow in flows:
                yield from self._check_flow(flow, inside)
        for scope, nodes, flows in self._scopes:
            out: dict[str, list[Flow]] = {}
            into: dict[str, list[Flow]] = {}
            for flow in flows:
                out.setdefault(flow.source, []).append(flow)
                into.setdefault(flow.target, []).append(flow)
            for node in nodes:
                yield from self._check_node(node, scope, nodes, out.get(node.id, []), into.get(node.id, []))
            yield from check_links(nodes)
        for _, nodes, flows in self._scopes:
            for node in nodes:
                yield from check_node_expressions(node)
            for flow in flows:
                yield from check_node_expressions(flow)
        for scope, nodes, flows in self._scopes:
            yield from self._check_start(scope, nodes, flows)

    def _check_flow(self, flow: Flow, inside: set[str]) -> Iterator[Finding]:
        for end in (flow.source, flow.target):
            if end in inside:
                continue
            if end in self._nodes:
                yield Finding(
                    "FLOW_CROSSES_SCOPE",
                    flow.id,
                    flow.line,
                    f"Đường nối đi qua ranh giới của quy trình con tới «{end}»; hãy nối với quy trình con.",
                )
            else:
                yield Finding(
                    "DANGLING_REFERENCE", flow.id, flow.line, f"Đường nối trỏ tới «{end}» không có trong quy trình."
                )

    def _check_node(
        self, node: Node, scope: Node | None, siblings: tuple[Node, ...], out: list[Flow], into: list[Flow]
    ) -> Iterator[Finding]:
        if not node.id:
            yield Finding("DANGLING_REFERENCE", None, node.line, f"Phần tử {node.kind} không có mã (id).")
        yield from self._check_default(node, out)
        yield from self._check_flow_ends(node, out, into)
        yield from check_event(node, scope, siblings)
        yield from self._check_compensated(node)
        if node.kind in GATEWAYS:
            yield from self._check_gateway(node, out, into)
        if node.kind in ACTIVITIES:
            yield from _check_repetition(node)
            yield from self._check_activity(node)

    def _check_default(self, node: Node, out: list[Flow]) -> Iterator[Finding]:
        if node.default is None or any(flow.id == node.default for flow in out):
            return
        known = any(flow.id == node.default for _, _, flows in self._scopes for flow in flows)
        code = "BAD_DEFAULT" if known else "DANGLING_REFERENCE"
        yield Finding(code, node.id, node.line, f"Đường mặc định «{node.default}» không đi ra từ phần tử này.")

    def _check_flow_ends(self, node: Node, out: list[Flow], into: list[Flow]) -> Iterator[Finding]:
        if into and node.kind in {"startEvent", "boundaryEvent"}:
            yield Finding(
                "BAD_FLOW", node.id, node.line, "Không được nối vào sự kiện bắt đầu hay sự kiện gắn trên bước."
            )
        if out and node.kind == "endEvent":
            yield Finding("BAD_FLOW", node.id, node.line, "Không được nối ra từ sự kiện kết thúc.")
        if (into or out) and node.event_sub_process:
            yield Finding("BAD_FLOW", node.id, node.line, "Không được nối vào hay ra khỏi quy trình con theo sự kiện.")
        if (into or out) and node.for_compensation:
            yield Finding("BAD_FLOW", node.id, node.line, "Không được nối vào hay ra khỏi bước bù.")
        if out and node.kind == "boundaryEvent" and node.events and node.events[0].kind == "compensation":
            yield Finding("BAD_FLOW", node.id, node.line, "Sự kiện bù chỉ được nối tới bước bù bằng liên kết.")
        if not out and node.kind == "boundaryEvent" and node.events and node.events[0].kind != "compensation":
            yield Finding("BAD_FLOW", node.id, node.line, "Sự kiện gắn trên bước không có đường đi tiếp.", warning=True)

    def _check_compensated(self, node: Node) -> Iterator[Finding]:
        """What a compensation event names must be an activity that it can reach: beside it, or, from an event
        sub-process, beside that (EK4)."""
        for event in node.events:
            if event.kind != "compensation" or event.ref is None or node.kind == "boundaryEvent":
                continue
            reached = self._nodes.get(event.ref)
            if reached is None or reached.kind not in ACTIVITIES or reached.scope not in self._reach(node):
                yield Finding(
                    "DANGLING_REFERENCE",
                    node.id,
                    event.line,
                    f"activityRef trỏ tới «{event.ref}», không phải là một bước mà sự kiện bù này với tới được.",
                )

    def _reach(self, node: Node) -> Iterator[str | None]:
        """The scopes that a compensation event undoes: its own, and those that its event sub-process serves."""
        scope = node.scope
        yield scope
        while scope is not None and self._nodes[scope].event_sub_process:
            scope = self._nodes[scope].scope
            yield scope

    def _check_gateway(self, node: Node, out: list[Flow], into: list[Flow]) -> Iterator[Finding]:
        if node.kind == "exclusiveGateway" and len(out) > 1:
            bare = [flow for flow in out if flow.condition is None and flow.id != node.default]
            if bare:
                names = ", ".join(flow.id for flow in bare)
                yield Finding(
                    "MISSING_CONDITION",
                    node.id,
                    node.line,
                    f"Đường {names} không có điều kiện và không phải là mặc định.",
                    warning=len(bare) == 1,
                )
        if node.kind == "complexGateway" and len(into) > 1 and not node.activation_condition:
            yield Finding("MISSING_CONDITION", node.id, node.line, "Cổng phức hợp phải có activationCondition.")
        if node.kind == "eventBasedGateway":
            yield from self._check_event_gateway(node, out)

    def _check_event_gateway(self, node: Node, out: list[Flow]) -> Iterator[Finding]:
        if not out:
            yield Finding("BAD_EVENT_GATEWAY", node.id, node.line, "Cổng sự kiện phải nối tới ít nhất một sự kiện chờ.")
        for flow in out:
            target = self._nodes.get(flow.target)
            if target is None:
                continue
            waits = target.kind == "receiveTask" or (
                target.kind == "intermediateCatchEvent" and all(event.kind != "link" for event in target.events)
            )
            if target.multi is not None or target.loop is not None or flow.target in self._attached:
                yield Finding(
                    "BAD_EVENT_GATEWAY",
                    node.id,
                    node.line,
                    f"Sau cổng sự kiện, «{flow.target}» không được lặp hay mang sự kiện gắn kèm.",
                )
            if not waits or self._arriving[flow.target] != 1 or flow.condition is not None:
                yield Finding(
                    "BAD_EVENT_GATEWAY",
                    node.id,
                    node.line,
                    f"Sau cổng sự kiện, «{flow.target}» phải là sự kiện chờ hay bước nhận tin chỉ có một đường vào.",
                )

    def _check_activity(self, node: Node) -> Iterator[Finding]:
        if node.call is not None and not node.call.element:
            yield Finding("DANGLING_REFERENCE", node.id, node.line, "Bước gọi quy trình không nói gọi quy trình nào.")
        yield from _check_decision_call(node)
        yield from self._check_rights(node)
        if node.kind == "transaction" and node.event_sub_process:
            yield Finding("BAD_EVENT", node.id, node.line, "Giao dịch không thể là quy trình con theo sự kiện.")

    def _check_rights(self, node: Node) -> Iterator[Finding]:
        if node.human is None:
            return
        rights = node.human.rights
        for name, steps in (("exclude", rights.exclude), ("return", rights.returns or ())):
            for step in steps:
                here = OTHER_PROCESS not in step or name == "return"
                if here and step not in self._nodes:
                    message = f"kehoach:{name} trỏ tới «{step}» không có."
                    yield Finding("DANGLING_REFERENCE", node.id, node.line, message)

    def _check_start(self, scope: Node | None, nodes: tuple[Node, ...], flows: tuple[Flow, ...]) -> Iterator[Finding]:
        if scope is not None and (scope.event_sub_process or not nodes):
            return
        targets = {flow.target for flow in flows}
        for node in nodes:
            if node.kind == "startEvent":
                return
            startable = node.kind in ACTIVITIES or node.kind in GATEWAYS
            if startable and node.id not in targets and not node.event_sub_process and not node.for_compensation:
                return
        holder = scope or self._process
        yield Finding("NO_START", holder.id, holder.line, "Không có chỗ nào để bắt đầu; hãy thêm sự kiện bắt đầu.")


def _check_decision_call(node: Node) -> Iterator[Finding]:
    call = node.decision
    if call is None:
        return
    if not call.decision:
        yield Finding("DANGLING_REFERENCE", node.id, node.line, "Bước quyết định không nói dùng quyết định nào.")
    if call.binding not in BINDINGS or (call.binding in {"version", "versionTag"} and not call.version):
        message = f"Cách chọn phiên bản «{call.binding}» không rõ; hãy chọn latest, deployment, version, versionTag."
        yield Finding("UNSUPPORTED_ATTRIBUTE", node.id, node.line, message)
    if call.mapping not in MAPPINGS:
        message = f"Cách lấy kết quả «{call.mapping}» không có; hãy chọn một trong: {', '.join(MAPPINGS)}."
        yield Finding("UNSUPPORTED_ATTRIBUTE", node.id, node.line, message)


def _check_repetition(node: Node) -> Iterator[Finding]:
    multi, loop = node.multi, node.loop
    if multi is not None and loop is not None:
        yield Finding("BAD_LOOP", node.id, node.line, "Một bước không thể vừa là nhiều bản vừa là vòng lặp.")
    if (multi is not None or loop is not None) and node.event_sub_process:
        yield Finding("BAD_LOOP", node.id, node.line, "Quy trình con theo sự kiện không lặp được.")
    if multi is not None and not multi.collection and not multi.cardinality:
        yield Finding("BAD_LOOP", node.id, multi.line, "Bước nhiều bản phải có tập hợp hoặc số lần.")
    if multi is not None and multi.cardinality and is_negative_or_odd_number(multi.cardinality):
        yield Finding("BAD_LOOP", node.id, multi.line, "Số lần của bước nhiều bản phải là số nguyên không âm.")
    if loop is not None and not loop.condition and not loop.maximum:
        yield Finding("BAD_LOOP", node.id, loop.line, "Vòng lặp phải có điều kiện hoặc số lần tối đa.")
    if loop is not None and loop.maximum and is_negative_or_odd_number(loop.maximum):
        yield Finding("BAD_LOOP", node.id, loop.line, "Số lần tối đa của vòng lặp phải là số nguyên không âm.")
