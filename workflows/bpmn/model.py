"""A process definition as data: frozen records of what one BPMN 2.0 file says, source lines included (BPMN 2.0.2,
clauses 8 to 10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from workflows.errors import Finding

from .diagram import Diagram
from .rights import Rights

__all__ = [
    "CallTarget",
    "DecisionCall",
    "Definition",
    "Diagram",
    "EventDefinition",
    "Flow",
    "FormField",
    "HumanTask",
    "Job",
    "Lane",
    "Listener",
    "Loop",
    "Mapped",
    "MultiInstance",
    "Node",
    "Process",
    "Rights",
    "Script",
]


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow; `condition` is the text of its condition expression, `language` its declared language."""

    id: str
    source: str
    target: str
    condition: str | None = None
    language: str | None = None
    name: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class EventDefinition:
    """What an event reacts to or throws. `name` is the message, signal or link name, `code` the error or escalation
    code."""

    kind: str  # timer message signal error escalation conditional terminate link compensation cancel
    line: int | None = None
    id: str | None = None
    ref: str | None = None  # messageRef, signalRef, errorRef, escalationRef or activityRef as written
    name: str | None = None
    code: str | None = None  # None catches every code
    date: str | None = None
    duration: str | None = None
    cycle: str | None = None
    condition: str | None = None
    language: str | None = None
    correlation_key: str | None = None
    wait_for_completion: bool = True
    code_variable: str | None = None
    message_variable: str | None = None
    variable_name: str | None = None
    variable_events: tuple[str, ...] = ()
    terminate_all: bool = False


@dataclass(frozen=True, slots=True)
class MultiInstance:
    """Multi-instance characteristics; exactly one of `cardinality` and `collection` counts the instances, once, at
    entry."""

    sequential: bool = False
    cardinality: str | None = None
    collection: str | None = None
    element_variable: str | None = None
    completion_condition: str | None = None
    output_collection: str | None = None
    output_element: str | None = None
    counter_base: int = 1  # loopCounter of the first instance: 0 in the Camunda 7 family, 1 in the standard and Zeebe
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Loop:
    """Standard loop: repeat while `condition` is true, at most `maximum` times."""

    test_before: bool = False
    condition: str | None = None
    maximum: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Mapped:
    """One data mapping: the value of `source` (an expression, a literal, or a nested list or map of them) goes to
    `target`."""

    target: str
    source: Any
    variable: bool = False  # `source` is the name of a variable rather than an expression
    local: bool = False  # of a call activity: in, only its own variables are seen; out, the result stays with it


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form that the definition describes itself."""

    id: str
    label: str | None = None
    type: str | None = None
    default: str | None = None
    choices: tuple[tuple[str, str], ...] = ()
    validation: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class HumanTask:
    """Who may do a user task, until when, with which form; every text is a literal or an expression."""

    assignee: str | None = None
    candidate_groups: tuple[str, ...] = ()
    candidate_users: tuple[str, ...] = ()
    due: str | None = None
    follow_up: str | None = None
    priority: str | None = None
    form_key: str | None = None
    form_fields: tuple[FormField, ...] = ()
    escalation: tuple[tuple[int, str], ...] = ()  # kehoach:escalation, (working days relative to the due date, target)
    rights: Rights = field(default_factory=Rights)


@dataclass(frozen=True, slots=True)
class Job:
    """Work for an automation worker that fetches by `topic`; `retries` is how often a failure is tried again."""

    topic: str
    retries: str | None = None
    priority: str | None = None
    by_name: bool = False  # the file calls a function of this name, rather than leaving the work to any worker


@dataclass(frozen=True, slots=True)
class Listener:
    """A registered function that is called at a moment of a step: start, create, complete or end."""

    moment: str
    function: str


@dataclass(frozen=True, slots=True)
class Script:
    """An expression whose value goes to `result`; None drops it."""

    text: str
    result: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class CallTarget:
    """Which process a call activity runs and which variables cross the border."""

    element: str
    binding: str = "latest"  # latest, deployment, version, versionTag
    version: str | None = None
    business_key: str | None = None
    all_in: bool = False
    all_out: bool = False
    all_in_local: bool = False  # of the variables that the call activity itself holds, all
    all_out_local: bool = False  # all results, which stay with the call activity
    inputs: tuple[Mapped, ...] = ()
    outputs: tuple[Mapped, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionCall:
    """Which decision a business rule task asks, and which part of the outcome it keeps in `variable`."""

    decision: str
    binding: str = "latest"  # latest, deployment, version, versionTag
    version: str | None = None
    mapping: str = "raw"  # raw, singleEntry, singleResult, collectEntries, resultList
    variable: str | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """One flow node. Its `kind` is the element's local name; the parts that do not belong to that kind are empty."""

    id: str
    kind: str
    line: int | None = None
    name: str | None = None
    documentation: str | None = None
    scope: str | None = None  # id of the sub-process that holds it; None directly in the process
    events: tuple[EventDefinition, ...] = ()
    attached_to: str | None = None
    interrupting: bool = True  # boundary: cancelActivity; start of an event sub-process: isInterrupting
    default: str | None = None
    direction: str | None = None  # of a gateway, as drawn
    multi: MultiInstance | None = None
    loop: Loop | None = None
    human: HumanTask | None = None
    job: Job | None = None
    listeners: tuple[Listener, ...] = ()
    decision: DecisionCall | None = None
    script: Script | None = None
    call: CallTarget | None = None
    inputs: tuple[Mapped, ...] = ()
    outputs: tuple[Mapped, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)  # camunda:properties, zeebe:taskHeaders: kept and shown
    initiator: str | None = None  # start event: variable that receives the starter
    for_compensation: bool = False
    compensation_handler: str | None = None  # compensation boundary: the activity that its association points to
    event_sub_process: bool = False
    activation_condition: str | None = None  # complex gateway
    ordering: str = "Parallel"  # ad-hoc sub-process: Parallel or Sequential
    completion_condition: str | None = None  # ad-hoc sub-process
    cancel_remaining: bool = True  # ad-hoc sub-process
    active_elements: str | None = None  # ad-hoc sub-process: expression with the ids that start at entry
    nodes: tuple[Node, ...] = ()
    flows: tuple[Flow, ...] = ()

    def walk(self) -> Iterator[Node]:
        """This node and everything inside it, outside first."""
        yield self
        for node in self.nodes:
            yield from node.walk()


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane and the ids of the nodes drawn in it; lanes have no effect on execution (BPMN 2.0.2, 10.8)."""

    id: str
    name: str | None
    nodes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Process:
    """One executable process of a file."""

    id: str
    name: str | None = None
    line: int | None = None
    documentation: str | None = None
    version_tag: str | None = None
    nodes: tuple[Node, ...] = ()
    flows: tuple[Flow, ...] = ()
    lanes: tuple[Lane, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)  # data objects that come with a value
    starter_groups: tuple[str, ...] = ()
    starter_users: tuple[str, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)

    def walk(self) -> Iterator[Node]:
        """Every node of the process, outside first, in the order of the file."""
        for node in self.nodes:
            yield from node.walk()


@dataclass(frozen=True, slots=True, eq=False)
class Definition:
    """One BPMN file that was read and checked. `cache` belongs to the engine, which keeps its compiled form there."""

    processes: tuple[Process, ...]
    diagram: Diagram = field(default_factory=Diagram)
    lines: Mapping[str, int] = field(default_factory=dict)
    warnings: tuple[Finding, ...] = ()
    cache: dict[str, Any] = field(default_factory=dict, repr=False)

    def process(self, key: str) -> Process | None:
        """The process with this id, or None."""
        return next((process for process in self.processes if process.id == key), None)
