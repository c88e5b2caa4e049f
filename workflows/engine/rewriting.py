"""What a migration does to a state: the same case under another definition, element by element."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from .correction_events import CaseMigrated
from .state import ROOT, Incident, State

Record = dict[str, Any]


def rewrite(state: State, event: CaseMigrated) -> None:
    """Name the elements and flows of the case's own process as the new definition does; those it calls stay."""
    names = event.elements
    state.handed.clear()
    state.homes[ROOT] = [event.definition, state.homes[ROOT][1]]
    if not names:
        return
    own = {place.id for place in state.instances.values() if place.root == ROOT}
    for key in own - {ROOT}:
        place = state.instances[key]
        state.instances[key] = replace(place, element=names.get(place.element, place.element))
    for task in list(state.tasks.values()):
        if task.id in own:
            state.tasks[task.id] = replace(task, element=names.get(task.element, task.element))
    for watch in list(state.watches.values()):
        if watch.instance in own:
            state.watches[watch.id] = replace(watch, element=names.get(watch.element, watch.element))
    for scope in own & state.held.keys():
        state.held[scope] = {names.get(flow, flow): count for flow, count in state.held[scope].items()}
    for scope in own & state.kept.keys():
        state.kept[scope] = _records(state.kept[scope], names)
    for key in own & state.facts.keys():
        state.facts[key] = _facts(state.facts[key], names)
    for incident in list(state.incidents.values()):
        state.incidents[incident.id] = _incident(incident, names)
    _counts(state, names)


def _records(records: Iterable[Record], names: Mapping[str, str]) -> list[Record]:
    written = []
    for record in records:
        again = {**record, "element": names.get(record["element"], record["element"])}
        if "inner" in record:
            again["inner"] = _records(record["inner"], names)
        written.append(again)
    return written


def _facts(facts: Record, names: Mapping[str, str]) -> Record:
    written = dict(facts)
    for part in ("todo", "running"):
        if part in facts:
            written[part] = _records(facts[part], names)
    if "fired" in facts:
        written["fired"] = {
            names.get(gateway, gateway): [names.get(flow, flow) for flow in flows]
            for gateway, flows in facts["fired"].items()
        }
    if "interrupted" in facts:
        written["interrupted"] = names.get(facts["interrupted"], facts["interrupted"])
    return written


def _incident(incident: Incident, names: Mapping[str, str]) -> Incident:
    command = incident.command
    if command is not None and "timer" in command:
        timer = command["timer"]
        command = {**command, "timer": {**timer, "element": names.get(timer["element"], timer["element"])}}
    element = names.get(incident.element, incident.element) if incident.element is not None else None
    return replace(incident, element=element, command=command)


def _counts(state: State, names: Mapping[str, str]) -> None:
    rounds: dict[str, int] = {}
    for element, count in state.rounds.items():
        known = names.get(element, element)
        rounds[known] = max(rounds.get(known, 0), count)
    performed: dict[str, list[str]] = {}
    for element, people in state.performed.items():
        known = names.get(element, element)
        performed[known] = list(dict.fromkeys([*performed.get(known, ()), *people]))
    order: dict[str, int] = {}
    for element, number in state.order.items():
        known = names.get(element, element)
        order[known] = min(order.get(known, number), number)
    state.rounds, state.performed, state.order = rounds, performed, order
