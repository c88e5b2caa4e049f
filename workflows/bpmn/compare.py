"""Two versions of a process side by side: which elements came, went or changed, and in what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Final, Literal

from .model import Flow, Node, Process
from .steps import kind_name, step_name

# What does not change what a process does, or is compared by itself.
_LEFT_OUT: Final = frozenset({"id", "line", "nodes", "flows", "lanes", "ref"})
How = Literal["added", "removed", "changed"]


@dataclass(frozen=True)
class Aspect:
    """One thing that is otherwise now: a field of the model, and its value then and now in plain text."""

    name: str
    was: str
    now: str


@dataclass(frozen=True)
class Change:
    """One element that came, went or changed; `kind` is what it is, in Vietnamese; a flow is named by its two ends."""

    how: How
    element: str
    kind: str
    name: str
    aspects: tuple[Aspect, ...] = ()


def compare_processes(old: Process, new: Process) -> list[Change]:
    """Every difference: the process itself, then steps in the order of the new file, then what is gone, then flows."""
    changes = list(_changed(old, new, "Quy trình", new.name or new.id))
    steps = {node.id: node for node in old.walk()}, {node.id: node for node in new.walk()}
    lanes = _lanes(old), _lanes(new)
    for id, node in steps[1].items():
        known = steps[0].get(id)
        if known is None:
            changes.append(Change("added", id, kind_name(node), step_name(node)))
            continue
        lane = _aspect("lane", lanes[0].get(id), lanes[1].get(id))
        changes += _changed(known, node, kind_name(node), step_name(node), lane)
    gone = (node for id, node in steps[0].items() if id not in steps[1])
    changes += [Change("removed", node.id, kind_name(node), step_name(node)) for node in gone]
    return [*changes, *_flow_changes(_flows(old), _flows(new), steps)]


def _flow_changes(
    old: Mapping[str, Flow], new: Mapping[str, Flow], steps: tuple[Mapping[str, Node], Mapping[str, Node]]
) -> Iterator[Change]:
    def ends(flow: Flow, nodes: Mapping[str, Node]) -> str:
        source, target = (step_name(nodes[id]) if id in nodes else id for id in (flow.source, flow.target))
        return f"{source} → {target}"

    for id, flow in new.items():
        if id not in old:
            yield Change("added", id, "Đường nối", ends(flow, steps[1]))
        else:
            yield from _changed(old[id], flow, "Đường nối", ends(flow, steps[1]))
    for id, flow in old.items():
        if id not in new:
            yield Change("removed", id, "Đường nối", ends(flow, steps[0]))


def _flows(process: Process) -> dict[str, Flow]:
    inner = (flow for node in process.walk() for flow in node.flows)
    return {flow.id: flow for flow in (*process.flows, *inner)}


def _lanes(process: Process) -> dict[str, str | None]:
    return {id: lane.name for lane in process.lanes for id in lane.nodes}


def _changed(old: Any, new: Any, kind: str, name: str, *more: Aspect | None) -> Iterator[Change]:  # noqa: ANN401 - records of the model
    aspects = (*_aspects(old, new), *(each for each in more if each is not None))
    if aspects:
        yield Change("changed", new.id, kind, name, aspects)


def _aspects(old: Any, new: Any) -> Iterator[Aspect]:  # noqa: ANN401 - records of the model
    """The fields that differ; a record inside a record is looked into."""
    for field in fields(new):
        if field.name in _LEFT_OUT:
            continue
        was, now = getattr(old, field.name), getattr(new, field.name)
        if was is now or (isinstance(was, str) and was == now):
            continue  # nearly all of them, and quickly told
        if type(was) is type(now) and is_dataclass(now):
            yield from _aspects(was, now)
        elif (found := _aspect(field.name, was, now)) is not None:
            yield found


def _aspect(name: str, was: Any, now: Any) -> Aspect | None:  # noqa: ANN401 - values of the model
    said = _plain(was), _plain(now)
    return Aspect(name, *said) if said[0] != said[1] else None


def _plain(value: Any) -> str:  # noqa: ANN401 - values of the model
    """A value of the model as a reader may see it; source lines and references left out."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, tuple):
        return ", ".join(filter(None, map(_plain, value)))
    if isinstance(value, Mapping):
        return ", ".join(f"{key} = {_plain(item)}" for key, item in value.items())
    if is_dataclass(value):
        parts = (getattr(value, field.name) for field in fields(value) if field.name not in _LEFT_OUT)
        return " ".join(filter(None, map(_plain, parts)))
    return str(value)
