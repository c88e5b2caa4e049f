"""Whether a running case can go on under another definition: all findings, and what has to change for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from workflows.bpmn.model import EventDefinition
from workflows.errors import Reason, Refused

from .commands import MigrateCase
from .definitions import Definitions
from .program import Chart, Program, Step, program_of
from .rules.waiting import ARM
from .state import ROOT, Instance, State

# What only tells; every other finding forbids.
NOTICES = frozenset({"WAIT_DROPPED", "WAIT_ADDED", "TIMER_KEPT", "MESSAGE_RENAMED"})


def forbids(finding: Reason) -> bool:
    """Whether the case cannot be migrated as long as this holds."""
    return finding.code not in NOTICES


@dataclass
class Check:
    """The findings, each once, and what changes among the things that the case waits for."""

    old: Program
    new: Program
    names: Mapping[str, str]
    findings: dict[tuple[str, str], Reason] = field(default_factory=dict)
    dropped: set[tuple[str, str]] = field(default_factory=set)  # (instance, element in the old definition)
    added: list[tuple[str, str]] = field(default_factory=list)  # (instance, element in the new definition)

    def target(self, name: str) -> str:
        """What an element or a flow is called in the new definition."""
        return self.names.get(name, name)

    def find(self, code: str, element: str, **facts: object) -> None:
        """One more finding about an element."""
        self.findings.setdefault((code, element), Reason(code, {"element": element, **facts}))


def check(definitions: Definitions, state: State, command: MigrateCase) -> Check:
    """Compare what is open in the case with the new definition; Refused when there is nothing to compare."""
    home, process = state.homes[ROOT]
    if home == command.definition:
        raise Refused("SAME_VERSION")
    old, new = program_of(definitions.load(home), process), program_of(definitions.load(command.definition), process)
    if new is None or old is None:
        raise Refused("NOT_FOUND", what="process", process=process)
    known = Check(old, new, command.mapping)
    _mapping(known)
    for place in state.instances.values():
        if place.root == ROOT:
            if place.id == ROOT or _instance(known, place):
                _waits(known, state, place)
            _tokens(known, state, place)
            _records(known, [*state.kept.get(place.id, ()), *_undoing(state, place)])
    _incidents(known, state)
    return known


def migration_findings(definitions: Definitions, state: State, command: MigrateCase) -> tuple[Reason, ...]:
    """All findings about this case: those that forbid its migration (`forbids`), and those that only tell."""
    return tuple(check(definitions, state, command).findings.values())


def _mapping(known: Check) -> None:
    before = known.old.steps.keys() | _flows(known.old)
    after = known.new.steps.keys() | _flows(known.new)
    for name, target in known.names.items():
        if name not in before or target not in after:
            known.find("BAD_MAPPING", name, target=target)


def _flows(program: Program) -> set[str]:
    return {flow for chart in _charts(program) for flow in chart.sources}


def _charts(program: Program) -> list[Chart]:
    return [step.inside for step in program.steps.values() if step.inside is not None]


def _instance(known: Check, place: Instance) -> bool:
    """Whether the element of the instance is still there, with the same nature and in the same place."""
    was, now = known.old.steps[place.element], known.new.steps.get(known.target(place.element))
    if now is None:
        known.find("ELEMENT_GONE", place.element, target=known.target(place.element))
        return False
    if _nature(was) != _nature(now):
        known.find("KIND_CHANGED", place.element, was=was.kind, now=now.kind)
        return False
    if known.target(_owner(was)) != _owner(now):
        known.find("SCOPE_CHANGED", place.element, was=_owner(was), now=_owner(now))
    if _repetition(was) != _repetition(now):
        known.find("REPETITION_CHANGED", place.element)
    return True


def _owner(step: Step) -> str:
    assert step.chart.owner is not None
    return step.chart.owner.id


def _nature(step: Step) -> tuple[Any, ...]:
    node = step.node
    own = tuple(event.kind for event in node.events) if step.kind.endswith("Event") else ()
    return step.kind, own, bool(node.job), node.event_sub_process, node.for_compensation


def _repetition(step: Step) -> tuple[Any, ...]:
    multi = step.node.multi
    kept = (multi.sequential, bool(multi.output_collection)) if multi is not None else None
    return kept, bool(step.node.loop)


def _waits(known: Check, state: State, place: Instance) -> None:
    """Timers, messages, signals and conditions: kept where they are the same, dropped and added where not."""
    before = waits_of(state, place, known.old.steps[place.element])
    after = waits_of(state, place, known.new.steps[known.target(place.element)])
    armed = {
        wait.element
        for waits in (state.timers, state.subscriptions, state.watches)
        for wait in waits.values()
        if wait.instance == place.id
    }
    same = set()
    for element, was in before.items():
        now = after.get(known.target(element))
        if now is not None and _event(now).kind == _event(was).kind:
            same.add(now.id)
            if element in armed:
                _compare(known, place, was, now)
        elif element in armed:
            known.dropped.add((place.id, element))
            known.find("WAIT_DROPPED", element)
    for element in after.keys() - same:
        known.added.append((place.id, element))
        known.find("WAIT_ADDED", element)


def waits_of(state: State, place: Instance, step: Step) -> dict[str, Step]:
    """The elements that make an open instance of this step wait for something, by id."""
    outer = state.instances[place.parent] if place.parent is not None else None
    found: list[Step] = []
    handler = place.role == "handler" and step.node.for_compensation
    if handler or (place.role in {"activity", "body"} and not (outer is not None and outer.role == "body")):
        found += step.boundaries
    works = handler or place.role in {"process", "activity"}
    if works and step.inside is not None and "interrupted" not in state.facts.get(place.id, {}):
        found += step.inside.handler_starts
    if step.kind == "intermediateCatchEvent" or (works and step.kind == "receiveTask"):
        found.append(step)
    if step.kind == "eventBasedGateway":
        found += [link.target for link in step.outgoing]
    return {each.id: each for each in found if each.node.events and each.node.events[0].kind in ARM}


def _event(step: Step) -> EventDefinition:
    return step.node.events[0]


def _compare(known: Check, place: Instance, was: Step, now: Step) -> None:
    before, after = _event(was), _event(now)
    if before.kind == "timer":
        if (before.date, before.duration, before.cycle) != (after.date, after.duration, after.cycle):
            known.find("TIMER_KEPT", was.id)
    elif (before.name, before.correlation_key) != (after.name, after.correlation_key):
        known.dropped.add((place.id, was.id))
        known.added.append((place.id, now.id))
        known.find("MESSAGE_RENAMED", was.id, was=before.name, now=after.name)


def _tokens(known: Check, state: State, place: Instance) -> None:
    """Tokens that are held at joins: their flow must still lead to that join."""
    inside = known.old.steps[place.element].inside
    scope = known.new.steps.get(known.target(place.element))
    targets = scope.inside.targets if scope is not None and scope.inside is not None else {}
    for flow in state.held.get(place.id, ()):
        assert inside is not None
        join = inside.targets[flow]
        now = known.new.steps.get(targets.get(known.target(flow), ""))
        if now is None or now.id != known.target(join) or now.kind != known.old.steps[join].kind:
            known.find("FLOW_GONE", flow, join=join)
    for gateway in state.facts.get(place.id, {}).get("fired", ()):
        now = known.new.steps.get(known.target(gateway))
        if now is None or now.kind != "complexGateway" or now.chart is not (scope.inside if scope else None):
            known.find("ELEMENT_GONE", gateway, target=known.target(gateway))


def _undoing(state: State, place: Instance) -> list[dict[str, Any]]:
    facts = state.facts.get(place.id, {})
    return [*facts.get("todo", ()), *facts.get("running", ())]


def _records(known: Check, records: Iterable[Mapping[str, Any]]) -> None:
    """Completed steps that may have to be undone later."""
    for record in records:
        element = record["element"]
        now = known.new.steps.get(known.target(element))
        if now is None or now.kind != known.old.steps[element].kind:
            known.find("COMPENSATION_GONE", element)
        _records(known, record.get("inner", ()))


def _incidents(known: Check, state: State) -> None:
    """A timer that failed is armed again when it is tried again: it needs its element."""
    for incident in state.incidents.values():
        timer = (incident.command or {}).get("timer")
        if timer is None:
            continue
        place = state.instances.get(timer["instance"])
        if place is not None and place.root == ROOT:
            step = known.new.steps.get(known.target(place.element))
            if step is None or known.target(timer["element"]) not in waits_of(state, place, step):
                known.find("INCIDENT_OPEN", timer["element"], incident=incident.id)
