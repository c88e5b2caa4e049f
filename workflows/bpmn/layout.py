"""A drawing for a process that comes without one: layers from left to right, returns below, sub-processes opened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from .diagram import Bounds, Diagram, Edge, Shape
from .draw_text import LINE, width, wrapped
from .layout_lines import BOUNDARY, GAP_X, Ground, routed
from .model import Flow, Node, Process
from .steps import reading_order

_GAP_Y: Final = 50.0
_PAD: Final = 40.0


@dataclass
class _Scope:
    """One scope being laid out, with its own upper left corner at (0, 0)."""

    shapes: dict[str, Shape] = field(default_factory=dict)
    edges: dict[str, Edge] = field(default_factory=dict)
    width: float = 0
    height: float = 0


def arranged(process: Process) -> Diagram:
    """A diagram of the whole process, made from its flows alone; the same process gives the same drawing."""
    scope = _laid_out(process.nodes, process.flows)
    return Diagram(shapes=scope.shapes, edges=scope.edges)


def _laid_out(nodes: Sequence[Node], flows: Sequence[Flow]) -> _Scope:
    inner = {node.id: _laid_out(node.nodes, node.flows) for node in nodes if node.nodes}
    size = {node.id: _size(node, inner.get(node.id)) for node in nodes}
    boundary = [node for node in nodes if node.attached_to in size]
    for id, events in Counter(node.attached_to or "" for node in boundary).items():
        size[id] = max(size[id][0], BOUNDARY * events), size[id][1]
    handlers = [node for node in nodes if node.event_sub_process]
    host = {node.id: node.attached_to or "" for node in boundary}
    columns = _columns([node for node in nodes if node.id not in host and not node.event_sub_process], flows, host)
    rows = _rows(columns, flows, host)
    places = _placed(columns, rows, size)
    _place_boundary(boundary, places)
    bottom = max((box.y + box.height for box in places.values()), default=0)
    edges, bottom = routed(flows, Ground({node.id: node.kind for node in nodes}, places, columns, host), bottom)
    scope = _Scope(edges=edges)
    labels = {node.id: place for node in nodes if (place := _label(node, places.get(node.id)))}
    x = 0.0
    for node in handlers:
        wide, high = size[node.id]
        places[node.id] = Bounds(x, bottom + _GAP_Y, wide, high)
        x += wide + GAP_X
    for id, box in places.items():
        scope.shapes[id] = Shape(id, box, label=labels.get(id))
        if id in inner:
            _embed(scope, inner[id], box.x + _PAD, box.y + _PAD)
    scope.width = max((box.x + box.width for box in places.values()), default=0)
    scope.height = max([bottom, *(box.y + box.height for box in places.values())])
    return scope


def _embed(scope: _Scope, part: _Scope, dx: float, dy: float) -> None:
    for id, shape in part.shapes.items():
        box = shape.bounds
        label = shape.label and replace(shape.label, x=shape.label.x + dx, y=shape.label.y + dy)
        scope.shapes[id] = replace(shape, bounds=replace(box, x=box.x + dx, y=box.y + dy), label=label)
    for id, edge in part.edges.items():
        label = edge.label and replace(edge.label, x=edge.label.x + dx, y=edge.label.y + dy)
        scope.edges[id] = Edge(id, tuple((x + dx, y + dy) for x, y in edge.points), label)


def _size(node: Node, inner: _Scope | None) -> tuple[float, float]:
    if inner is not None:
        return max(inner.width + 2 * _PAD, 140), max(inner.height + 2 * _PAD, 100)
    if node.kind.endswith("Event"):
        return 36, 36
    return (50, 50) if node.kind.endswith("Gateway") else (110, 80)


def _label(node: Node, box: Bounds | None) -> Bounds | None:
    """Names above gateways and beside boundary events, where no line runs; the others take the usual place."""
    if box is None or not node.name or not (node.attached_to or node.kind.endswith("Gateway")):
        return None
    if node.attached_to:
        lines = wrapped(node.name, 60, 11)
        wide = max((width(line, 11) for line in lines), default=0)
        return Bounds(box.x - 2 - wide, box.y + 22, wide, len(lines) * 11 * LINE)
    high = len(wrapped(node.name, 92, 11)) * 11 * LINE
    return Bounds(box.x + box.width / 2 - 40, box.y - high - 2, 80, high)


def _columns(nodes: Sequence[Node], flows: Sequence[Flow], host: Mapping[str, str]) -> dict[str, int]:
    """The layer of each node: one behind the furthest node that leads to it, returns left out."""
    known = {node.id for node in nodes}
    links = [(host.get(flow.source, flow.source), flow.target) for flow in flows]
    attached = [Flow(f"{a}>{b}", a, b) for a, b in links if a in known and b in known]
    place = {node.id: at for at, node in enumerate(reading_order(nodes, attached))}
    column = dict.fromkeys(place, 0)
    ahead: dict[str, list[str]] = {id: [] for id in place}
    for source, target in links:
        if source in known and target in known and place[source] < place[target]:
            ahead[source].append(target)
    for source, targets in ahead.items():
        for target in targets:
            column[target] = max(column[target], column[source] + 1)
    return column


def _rows(columns: Mapping[str, int], flows: Sequence[Flow], host: Mapping[str, str]) -> dict[str, int]:
    """A row for each node: that of the node before it, else the nearest one that is free all the way to it."""
    before: dict[str, list[str]] = {id: [] for id in columns}
    for flow in flows:
        source = host.get(flow.source, flow.source)
        if source in columns and flow.target in columns and columns[source] < columns[flow.target]:
            before[flow.target].append(source)
    rows: dict[str, int] = {}
    taken = _Taken()
    for id in sorted(columns, key=lambda each: columns[each]):
        wanted = min((rows[source] for source in before[id] if source in rows), default=0)
        first = min((columns[source] for source in before[id]), default=columns[id] - 1)
        way = range(first + 1, columns[id] + 1)
        above, below = taken.free(way, wanted, -1), taken.free(way, wanted, 1)
        rows[id] = above if 0 <= wanted - above <= below - wanted and above >= 0 else below
        taken.take(way, rows[id])
    return rows


class _Taken:
    """Which rows of which columns are taken: the next free one is found without a look at each."""

    def __init__(self) -> None:
        # Of a taken place and a direction: a row further on before which none is free.
        self._next: dict[tuple[int, int, int], int] = {}

    def take(self, way: range, row: int) -> None:
        """From now on this row is taken in all these columns."""
        for column in way:
            for step in (-1, 1):
                self._next[step, column, row] = row + step

    def free(self, way: range, row: int, step: int) -> int:
        """The first row from there on that is free in all these columns; -1 where there is none above."""
        while row >= 0:
            found = row
            for column in way:
                found = self._after(column, found, step)
            if found == row:
                break
            row = found
        return row

    def _after(self, column: int, row: int, step: int) -> int:
        passed = []
        while (place := (step, column, row)) in self._next:
            passed.append(place)
            row = self._next[place]
        for place in passed:
            self._next[place] = row
        return row


def _placed(
    columns: Mapping[str, int], rows: Mapping[str, int], size: Mapping[str, tuple[float, float]]
) -> dict[str, Bounds]:
    """Centres on a grid whose columns and rows are as wide and as high as what stands in them."""
    lefts = _offsets({id: columns[id] for id in columns}, {id: size[id][0] for id in columns}, GAP_X)
    tops = _offsets(rows, {id: size[id][1] for id in columns}, _GAP_Y)
    found = {}
    for id in columns:
        wide, high = size[id]
        (left, room), (top, space) = lefts[columns[id]], tops[rows[id]]
        found[id] = Bounds(left + (room - wide) / 2, top + (space - high) / 2, wide, high)
    return found


def _offsets(track: Mapping[str, int], extent: Mapping[str, float], gap: float) -> dict[int, tuple[float, float]]:
    largest: dict[int, float] = {}
    for id, number in track.items():
        largest[number] = max(largest.get(number, 0), extent[id])
    found, at = {}, 0.0
    for number in range(max(largest, default=-1) + 1):
        room = largest.get(number, 0)
        found[number] = (at, room)
        at += room + (gap if room else 0)
    return found


def _place_boundary(boundary: Sequence[Node], places: dict[str, Bounds]) -> None:
    """Boundary events side by side on the lower edge of their activity, from the right."""
    used: Counter[str] = Counter()
    for node in boundary:
        box = places.get(node.attached_to or "")
        if box is not None:
            used[node.attached_to or ""] += 1
            right = box.x + box.width - 44 - BOUNDARY * (used[node.attached_to or ""] - 1)
            places[node.id] = Bounds(right, box.y + box.height - 18, 36, 36)
