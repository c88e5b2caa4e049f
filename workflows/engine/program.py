"""A process in the form the engine walks: steps that know their flows, boundaries and scope; made once per
definition."""

from __future__ import annotations

from functools import cached_property

from workflows.bpmn.expressions import Expression, parse
from workflows.bpmn.model import Definition, Flow, Node, Process

ACTIVITIES = frozenset(
    {
        "task",
        "userTask",
        "manualTask",
        "serviceTask",
        "sendTask",
        "receiveTask",
        "scriptTask",
        "businessRuleTask",
        "subProcess",
        "transaction",
        "adHocSubProcess",
        "callActivity",
    }
)
SUB_PROCESSES = frozenset({"subProcess", "transaction", "adHocSubProcess"})
GATEWAYS = frozenset({"exclusiveGateway", "parallelGateway", "inclusiveGateway", "complexGateway", "eventBasedGateway"})


class Link:
    """A sequence flow on its way to its target; `condition` is None when the flow is unconditional."""

    __slots__ = ("condition", "id", "target")

    def __init__(self, flow: Flow, target: Step) -> None:
        self.id = flow.id
        self.target = target
        self.condition: Expression | None = None
        if flow.condition is not None:
            self.condition = parse(flow.condition, "feel" if "feel" in (flow.language or "").lower() else "auto")


class Step:
    """A flow node in its place: what leaves it, what arrives, what is attached to it, what is inside it."""

    __slots__ = (
        "boundaries",
        "chart",
        "conditional",
        "default",
        "id",
        "incoming",
        "inside",
        "kind",
        "node",
        "outgoing",
    )

    def __init__(self, node: Node, chart: Chart) -> None:
        self.node = node
        self.id = node.id
        self.kind = node.kind
        self.chart = chart
        self.inside: Chart | None = None
        self.outgoing: tuple[Link, ...] = ()
        self.incoming: tuple[str, ...] = ()
        self.boundaries: tuple[Step, ...] = ()
        self.default: Link | None = None
        self.conditional = False

    def connect(self, outgoing: tuple[Link, ...], incoming: tuple[str, ...], boundaries: tuple[Step, ...]) -> None:
        """Take one's flows, in the order of the file (G10)."""
        self.outgoing, self.incoming, self.boundaries = outgoing, incoming, boundaries
        self.default = next((link for link in outgoing if link.id == self.node.default), None)
        self.conditional = self.default is not None or any(link.condition is not None for link in outgoing)


class Chart:
    """The contents of one scope: a process or a sub-process."""

    def __init__(self, nodes: tuple[Node, ...], flows: tuple[Flow, ...], steps: dict[str, Step]) -> None:
        self.owner: Step | None = None
        self.steps = {node.id: Step(node, self) for node in nodes}
        steps.update(self.steps)
        for node in nodes:
            if node.kind in SUB_PROCESSES:
                inside = steps[node.id].inside = Chart(node.nodes, node.flows, steps)
                inside.owner = steps[node.id]
        outgoing: dict[str, list[Link]] = {}
        incoming: dict[str, list[str]] = {}
        attached: dict[str | None, list[Step]] = {}
        for flow in flows:
            outgoing.setdefault(flow.source, []).append(Link(flow, self.steps[flow.target]))
            incoming.setdefault(flow.target, []).append(flow.id)
        for step in self.steps.values():
            attached.setdefault(step.node.attached_to, []).append(step)
        for name, step in self.steps.items():
            step.connect(tuple(outgoing.get(name, ())), tuple(incoming.get(name, ())), tuple(attached.get(name, ())))
        self.sources = {flow.id: flow.source for flow in flows}
        self.targets = {flow.id: flow.target for flow in flows}
        handlers = (step.inside for step in self.steps.values() if step.node.event_sub_process)
        self.handler_starts = tuple(
            start for inside in handlers if inside for start in inside.steps.values() if start.kind == "startEvent"
        )
        self._reach: dict[tuple[str, bool], dict[str, frozenset[str]]] = {}

    @cached_property
    def plain_start(self) -> Step | None:
        """The none start event."""
        starts = (step for step in self.steps.values() if step.kind == "startEvent" and not step.node.events)
        return next(starts, None)

    @cached_property
    def initial(self) -> tuple[Step, ...]:
        """Where tokens start: the none start event, else everything without incoming flow (G2)."""
        if self.plain_start is not None:
            return (self.plain_start,)
        return self.sourceless

    @cached_property
    def sourceless(self) -> tuple[Step, ...]:
        """Activities and gateways without incoming flow; not event sub-processes, not compensation handlers."""
        return tuple(
            step
            for step in self.steps.values()
            if (step.kind in ACTIVITIES or step.kind in GATEWAYS)
            and not step.incoming
            and not step.node.event_sub_process
            and not step.node.for_compensation
        )

    @cached_property
    def link_catches(self) -> dict[str, Step]:
        """Link catch events by link name."""
        found = {}
        for step in self.steps.values():
            if step.kind == "intermediateCatchEvent" and step.node.events and step.node.events[0].kind == "link":
                found[step.node.events[0].name or ""] = step
        return found

    def reach(self, gateway: Step, *, boundaries: bool = True) -> dict[str, frozenset[str]]:
        """For each incoming flow of a joining gateway: from which steps a token can come to it without passing the
        gateway (without `boundaries`: nor a boundary event)."""
        known = self._reach.get((gateway.id, boundaries))
        if known is None:
            known = {
                flow: self.leading_to(self.sources[flow], gateway.id, boundaries=boundaries)
                for flow in gateway.incoming
            }
            self._reach[gateway.id, boundaries] = known
        return known

    def leading_to(self, step_id: str, barrier: str | None = None, *, boundaries: bool = True) -> frozenset[str]:
        """Every step from which `step_id` can be reached without passing `barrier`, itself included (GI8: within the
        scope)."""
        found: set[str] = set()
        open_steps = [step_id]
        while open_steps:
            current = open_steps.pop()
            if current not in found and current != barrier:
                found.add(current)
                if boundaries or self.steps[current].kind != "boundaryEvent":
                    open_steps.extend(self._sources_of.get(current, ()))
        return frozenset(found)

    @cached_property
    def _sources_of(self) -> dict[str, list[str]]:
        sources: dict[str, list[str]] = {}
        for step in self.steps.values():
            for link in step.outgoing:
                sources.setdefault(link.target.id, []).append(step.id)
            for boundary in step.boundaries:
                sources.setdefault(boundary.id, []).append(step.id)
            event = step.node.events[0] if step.node.events else None
            if step.kind == "intermediateThrowEvent" and event is not None and event.kind == "link":
                caught = self.link_catches.get(event.name or "")
                if caught is not None:
                    sources.setdefault(caught.id, []).append(step.id)
        return sources


class Program:
    """A whole process: its outermost scope, and every step by id."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.steps: dict[str, Step] = {}
        self.chart = Chart(process.nodes, process.flows, self.steps)
        outline = Step(Node(process.id, "process", process.line), self.chart)
        outline.inside = self.chart
        self.chart.owner = outline
        self.steps[process.id] = outline
        people = [node.human.rights for node in process.walk() if node.human is not None]
        self.calls = any(node.call is not None for node in process.walk())
        self.approves = any(rights.approval and not rights.self_approval for rights in people)
        self._remembered = frozenset(step for rights in people for step in rights.excluded_steps)

    def remembers(self, step: str) -> bool:
        """Whether it matters later who did this step: to a step here, or to one of a process that this one calls."""
        return self.calls or step in self._remembered


def program_of(definition: Definition, process_id: str) -> Program | None:
    """The compiled process, kept in the definition's cache; None when the file has no such process."""
    known: Program | None = definition.cache.get(process_id)
    if known is None:
        process = definition.process(process_id)
        if process is None:
            return None
        known = definition.cache[process_id] = Program(process)
    return known
