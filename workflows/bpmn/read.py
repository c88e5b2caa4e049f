"""Reads one BPMN 2.0 file into a checked `Definition`; everything that is wrong with it is reported at once."""

from __future__ import annotations

from collections.abc import Container

from workflows.errors import BadDefinition, Finding

from .check import check_process
from .check_calls import check_calls
from .check_xml import check_tree
from .element import Element, camunda, child, child_text, children, flag, line_of, local, ref, text_of, zeebe
from .model import Definition, Flow, Lane, Mapped, Node, Process
from .names import CAMUNDA_FAMILY, FLOW_NODES, GATEWAYS, SUB_PROCESSES
from .read_data import call_target, data_values, mappings, multi_instance, properties, standard_loop
from .read_diagram import diagram_of
from .read_events import Events
from .read_functions import listeners
from .read_tasks import decision_call, human_task, job, script
from .source import tree_of


def read(data: bytes, functions: Container[str] | None = frozenset()) -> Definition:
    """The definition in these bytes; BadDefinition with every finding when the engine will not run it.

    `functions` are the names that may be called in place of code (T2). None: any, for a file that was deployed before;
    a name that is not known any more is met when its step is reached.
    """
    definition, findings = look(data, functions)
    errors = [finding for finding in findings if not finding.warning]
    if errors:
        raise BadDefinition([*errors, *definition.warnings])
    return definition


def look(data: bytes, functions: Container[str] | None = frozenset()) -> tuple[Definition, tuple[Finding, ...]]:
    """What these bytes say, finished or not, with every finding about it: for somebody who is still at work on them.

    BadDefinition only when they are not safe or no BPMN at all. The definition must not be run while there are errors.
    """
    root = tree_of(data)
    findings = check_tree(root, functions)
    reader = _Reader(root)
    processes = tuple(reader.process(item) for item in children(root, "process") if flag(item, "isExecutable"))
    findings += reader.findings
    if not processes:
        findings.append(
            Finding(
                "NOT_EXECUTABLE",
                None,
                line_of(root),
                'Tệp không có quy trình nào chạy được; hãy đặt isExecutable="true".',
            )
        )
    for process in processes:
        findings += check_process(process)
    findings += check_calls(processes)
    warnings = tuple(finding for finding in findings if finding.warning)
    return Definition(processes, diagram_of(root), reader.lines, warnings), tuple(findings)


class _Reader:
    """Reads the processes of one file."""

    def __init__(self, root: Element) -> None:
        self.findings: list[Finding] = []
        self.lines = {item.get("id", ""): line_of(item) or 0 for item in root.iter() if item.get("id") is not None}
        self._events = Events(root, self._report)
        self._base = _counter_base(root)
        self._handlers: dict[str, str] = {}

    def _report(self, code: str, element: Element, message: str) -> None:
        identity = element.get("id")
        parent = element.getparent()
        if identity is None and parent is not None:
            identity = parent.get("id")
        self.findings.append(Finding(code, identity, line_of(element), message))

    def process(self, element: Element) -> Process:
        """One process."""
        self._handlers = {
            source: target
            for item in element.iter()
            if local(item) == "association"
            if (source := ref(item.get("sourceRef"))) and (target := ref(item.get("targetRef")))
        }
        tag = zeebe(element, "versionTag")
        return Process(
            element.get("id", ""),
            element.get("name"),
            line_of(element),
            child_text(element, "documentation"),
            camunda(element, "versionTag") if tag is None else tag.get("value"),
            self._nodes(element, None),
            self._flows(element),
            self._lanes(element),
            data_values(element),
            tuple((camunda(element, "candidateStarterGroups") or "").replace(",", " ").split()),
            tuple((camunda(element, "candidateStarterUsers") or "").replace(",", " ").split()),
            properties(element),
        )

    def _nodes(self, element: Element, scope: str | None) -> tuple[Node, ...]:
        return tuple(self._node(item, local(item) or "", scope) for item in children(element, *FLOW_NODES))

    def _node(self, element: Element, kind: str, scope: str | None) -> Node:
        identity = element.get("id", "")
        inputs, outputs = mappings(element)
        if kind in SUB_PROCESSES:
            inputs = (*(Mapped(name, value) for name, value in data_values(element).items()), *inputs)
        call = call_target(element) if kind == "callActivity" else None
        holder = next(children(element, "messageEventDefinition"), element)
        has_events = kind not in GATEWAYS and kind not in SUB_PROCESSES
        inside = kind in SUB_PROCESSES
        adhoc = zeebe(element, "adHoc")
        return Node(
            identity,
            kind,
            line_of(element),
            element.get("name"),
            child_text(element, "documentation"),
            scope,
            events=(self._events.of(element) + self._events.of_task(element)) if has_events else (),
            attached_to=ref(element.get("attachedToRef")),
            interrupting=_is_interrupting(element, kind),
            default=ref(element.get("default")),
            direction=element.get("gatewayDirection"),
            multi=multi_instance(element, self._base),
            loop=standard_loop(element),
            human=human_task(element) if kind == "userTask" else None,
            job=job(element, kind, holder) if _may_have_job(kind) else None,
            listeners=listeners(element),
            decision=decision_call(element) if kind == "businessRuleTask" else None,
            script=script(element) if kind == "scriptTask" else None,
            call=call,
            inputs=() if call is not None and call.inputs and zeebe(element, "calledElement") is not None else inputs,
            outputs=outputs,
            properties=properties(element),
            initiator=camunda(element, "initiator"),
            for_compensation=flag(element, "isForCompensation"),
            compensation_handler=self._handlers.get(identity) if _is_compensation(element, kind) else None,
            event_sub_process=flag(element, "triggeredByEvent"),
            activation_condition=child_text(element, "activationCondition"),
            ordering=element.get("ordering", "Parallel"),
            completion_condition=child_text(element, "completionCondition") if inside else None,
            cancel_remaining=flag(element, "cancelRemainingInstances", default=True),
            active_elements=adhoc.get("activeElementsCollection") if adhoc is not None else None,
            nodes=self._nodes(element, identity) if inside else (),
            flows=self._flows(element) if inside else (),
        )

    def _flows(self, element: Element) -> tuple[Flow, ...]:
        flows = []
        for item in children(element, "sequenceFlow"):
            condition = child(item, "conditionExpression")
            name = item.get("id") or f"{item.get('sourceRef')} -> {item.get('targetRef')} ({line_of(item)})"
            flows.append(
                Flow(
                    name,
                    ref(item.get("sourceRef")) or "",
                    ref(item.get("targetRef")) or "",
                    text_of(condition),
                    condition.get("language") if condition is not None else None,
                    item.get("name"),
                    line_of(item),
                )
            )
        return tuple(flows)

    def _lanes(self, element: Element) -> tuple[Lane, ...]:
        return tuple(
            Lane(
                item.get("id", ""),
                item.get("name"),
                tuple(text_of(node) or "" for node in children(item, "flowNodeRef")),
            )
            for item in element.iter()
            if local(item) == "lane"
        )


def _is_interrupting(element: Element, kind: str) -> bool:
    """Errors and cancellations always interrupt, whatever is drawn (EE4)."""
    if child(element, "errorEventDefinition") is not None or child(element, "cancelEventDefinition") is not None:
        return True
    return flag(element, "cancelActivity" if kind == "boundaryEvent" else "isInterrupting", default=True)


def _is_compensation(element: Element, kind: str) -> bool:
    return kind == "boundaryEvent" and child(element, "compensateEventDefinition") is not None


def _may_have_job(kind: str) -> bool:
    return kind in {"serviceTask", "sendTask", "businessRuleTask", "intermediateThrowEvent", "endEvent"}


def _counter_base(root: Element) -> int:
    """Where loopCounter starts when a loop itself does not tell: 0 in files of the Camunda 7 family, else 1 (M1)."""
    for item in root.iter("*"):
        names = [item.tag, *map(str, item.attrib)]
        if any(name.startswith(f"{{{namespace}}}") for name in names for namespace in CAMUNDA_FAMILY):
            return 0
        if item.text is not None and "${" in item.text:
            return 0
    return 1
