"""Where lines and shapes of a drawing meet, for the tests of drawings."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from workflows.bpmn.diagram import Bounds, Diagram
from workflows.bpmn.model import Flow, Node

Point = tuple[float, float]


def overlap(one: Bounds, other: Bounds) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def contains(outer: Bounds, inner: Bounds) -> bool:
    return (
        outer.x <= inner.x
        and outer.y <= inner.y
        and inner.x + inner.width <= outer.x + outer.width
        and inner.y + inner.height <= outer.y + outer.height
    )


def on_border(node: Node, box: Bounds, point: Point) -> bool:
    """Whether a point lies on the outline of the shape (rectangle, circle or diamond), within half a unit."""
    dx, dy = abs(point[0] - box.x - box.width / 2), abs(point[1] - box.y - box.height / 2)
    if node.kind.endswith("Gateway"):
        return abs(dx / (box.width / 2) + dy / (box.height / 2) - 1) < 0.03
    if node.kind.endswith("Event"):
        return abs((dx * dx + dy * dy) ** 0.5 - box.width / 2) < 0.5
    inside = dx <= box.width / 2 + 0.5 and dy <= box.height / 2 + 0.5
    return inside and (abs(dx - box.width / 2) < 0.5 or abs(dy - box.height / 2) < 0.5)


def overlapping(nodes: tuple[Node, ...], diagram: Diagram) -> Iterator[tuple[str, str]]:
    """Pairs of nodes of one scope that are drawn over each other; a boundary event may lie on its own activity."""
    for at, one in enumerate(nodes):
        for other in nodes[at + 1 :]:
            if one.id in (other.attached_to, other.id) or other.id == one.attached_to:
                continue
            if overlap(diagram.shapes[one.id].bounds, diagram.shapes[other.id].bounds):
                yield one.id, other.id
        yield from overlapping(one.nodes, diagram)


def loose_ends(nodes: tuple[Node, ...], flows: tuple[Flow, ...], diagram: Diagram) -> Iterator[str]:
    """Flows whose line does not start and end on the outline of its shapes."""
    known = {node.id: node for node in nodes}
    for flow in flows:
        points = diagram.edges[flow.id].points
        for id, point in ((flow.source, points[0]), (flow.target, points[-1])):
            if not on_border(known[id], diagram.shapes[id].bounds, point):
                yield flow.id
    for node in nodes:
        yield from loose_ends(node.nodes, node.flows, diagram)


def crossed(nodes: tuple[Node, ...], flows: tuple[Flow, ...], diagram: Diagram) -> Iterator[tuple[str, str]]:
    """Flows whose line runs through a node that is not one of its ends (nor the activity under its boundary event)."""
    for flow in flows:
        points = diagram.edges[flow.id].points
        for node in nodes:
            host = next((each.attached_to for each in nodes if each.id == flow.source), None)
            if node.id in (flow.source, flow.target, host) or node.attached_to in (flow.source, flow.target):
                continue
            box = diagram.shapes[node.id].bounds
            core = Bounds(box.x + 1, box.y + 1, box.width - 2, box.height - 2)
            if any(_meets(core, a, b) for a, b in pairwise(points)):
                yield flow.id, node.id
    for node in nodes:
        yield from crossed(node.nodes, node.flows, diagram)


def _meets(box: Bounds, a: Point, b: Point) -> bool:
    """Whether a horizontal or vertical piece of a line enters the box."""
    line = Bounds(min(a[0], b[0]), min(a[1], b[1]), abs(a[0] - b[0]) or 0.01, abs(a[1] - b[1]) or 0.01)
    return overlap(box, line)
