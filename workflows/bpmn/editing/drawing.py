"""The drawing of a file follows its changes: room is made for a new step, lines are joined, nothing else moves.

A file or an element without a drawing stays without: it is laid out when it is shown (`layout.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

from workflows.bpmn.element import Element, local, ref
from workflows.bpmn.names import BPMNDI, DC, DI

from .document import Document, insert, remove

_TASK: Final = (110.0, 80.0)
_GATEWAY: Final = (50.0, 50.0)
_ROOM: Final = 50.0
_BELOW: Final = 40.0
Point = tuple[float, float]


class Box:
    """The bounds of a shape, written where they are changed."""

    def __init__(self, bounds: Element) -> None:
        self._bounds = bounds
        self.x, self.y, self.width, self.height = (_number(bounds.get(name)) for name in ("x", "y", "width", "height"))

    @property
    def middle(self) -> Point:
        """The point in the middle."""
        return self.x + self.width / 2, self.y + self.height / 2

    def move(self, by: float) -> None:
        """To the right."""
        self.x += by
        self._bounds.set("x", f"{self.x:g}")

    def widen(self, by: float) -> None:
        """On the right side."""
        self.width += by
        self._bounds.set("width", f"{self.width:g}")


def erase(document: Document, id: str) -> None:
    """Take away what is drawn for an element."""
    for item in list(_drawn(document)):
        if ref(item.get("bpmnElement")) == id:
            remove(item)


def join(document: Document, flow: Element, way: Element) -> None:
    """A flow that ended at a node now goes on along the line that left the node."""
    first, second = _edge(document, flow), _edge(document, way)
    if first is None or second is None:
        return
    before, after = _points(first), _points(second)
    box = _box(document, way.get("sourceRef"))
    if box is not None:
        before, after = before[:-1], after[1:]
        if before and after and before[-1][1] != after[0][1] and before[-1][0] != after[0][0]:
            before = [*before, (after[0][0], before[-1][1])]
    _set_points(first, _straight([*before, *after]))


def draw_between(document: Document, node: Element, flow: Element, way: Element) -> None:
    """Draw a node on the line of a flow that now ends at it, and the line of the flow that leaves it.

    What stands to the right of the place is moved to the right, and lanes and pools grow.
    """
    edge = _edge(document, flow)
    if edge is None:
        return
    points = _points(edge)
    wide, high = _TASK if local(node) != "exclusiveGateway" else _GATEWAY
    at = _longest_level(points)
    forward = points[at][0] <= points[at + 1][0]
    left = min(points[at][0], points[at + 1][0])
    _make_room(document, left + 1, wide + _ROOM, {node.get("id") or ""})
    points = _points(edge)
    level = points[at][1]
    x = min(points[at][0], points[at + 1][0]) + _ROOM / 2
    _new_shape(document, _plane(edge), node.get("id") or "", (x, level - high / 2, wide, high))
    near, far = (x, level), (x + wide, level)
    if not forward:
        near, far = far, near
    _set_points(edge, _straight([*points[: at + 1], near]))
    _new_edge(document, _plane(edge), way, _straight([far, *points[at + 1 :]]))


def redraw(document: Document, flow: Element) -> None:
    """A line at right angles between the two ends of a flow."""
    source, target = _box(document, flow.get("sourceRef")), _box(document, flow.get("targetRef"))
    if source is None or target is None:
        return
    edge = _edge(document, flow)
    shape = _shape(document, flow.get("sourceRef"))
    points = _route(source, target, max(box.y + box.height for box in (source, target)) + _BELOW)
    if edge is not None:
        _set_points(edge, points)
    elif shape is not None:
        _new_edge(document, _plane(shape), flow, points)


def _route(source: Box, target: Box, below: float) -> list[Point]:
    if target.x > source.x + source.width:
        start, end = (source.x + source.width, source.middle[1]), (target.x, target.middle[1])
        turn = end[0] - min(24.0, (end[0] - start[0]) / 2)
        return _straight([start, (turn, start[1]), (turn, end[1]), end])
    start, end = (source.middle[0], source.y + source.height), (target.middle[0], target.y + target.height)
    return [start, (start[0], below), (end[0], below), end]


def _make_room(document: Document, x: float, by: float, new: set[str]) -> None:
    """Move everything from `x` on to the right; what reaches over it and holds others is widened."""
    moved: dict[str, bool] = {}
    nodes = {item.get("id"): local(item) or "" for item in document.root.iter("*") if item.get("id")}
    for item in _drawn(document):
        id = ref(item.get("bpmnElement")) or ""
        if not _is(item, "BPMNShape") or id in new:
            continue
        box = _bounds(item)
        if box is None:
            continue
        holds = nodes.get(id) in ("participant", "lane", "subProcess", "transaction", "adHocSubProcess")
        moved[id] = box.x >= x
        if moved[id]:
            for bounds in item.iter(f"{{{DC}}}Bounds"):
                Box(bounds).move(by)
        elif holds and box.x + box.width > x:
            box.widen(by)
    for item in _drawn(document):
        if _is(item, "BPMNEdge"):
            _stretch(document, item, x, by, moved)


def _stretch(document: Document, edge: Element, x: float, by: float, moved: Mapping[str, bool]) -> None:
    """Move the points of a line that lie to the right; its ends go with the shapes to which they are tied."""
    flow = next((item for item in document.root.iter("*") if item.get("id") == ref(edge.get("bpmnElement"))), None)
    points = _points(edge)
    shifts = [by if point[0] >= x else 0.0 for point in points]
    if flow is not None and points:
        ends = (ref(flow.get("sourceRef")), ref(flow.get("targetRef")))
        for end, order in ((ends[0], range(len(points))), (ends[1], range(len(points) - 1, -1, -1))):
            if end is None or end not in moved:
                continue
            first = points[order[0]][0]
            for at in order:
                if points[at][0] != first:
                    break
                shifts[at] = by if moved[end] else 0.0
    _set_points(edge, [(px + shift, py) for (px, py), shift in zip(points, shifts, strict=True)])
    for bounds in edge.iter(f"{{{DC}}}Bounds"):
        if _number(bounds.get("x")) >= x:
            Box(bounds).move(by)


def _longest_level(points: list[Point]) -> int:
    """The longest level part of a line, by where it begins; the first part of a line that has none."""
    level = [at for at in range(len(points) - 1) if abs(points[at][1] - points[at + 1][1]) < 1]
    return max(level, key=lambda at: abs(points[at][0] - points[at + 1][0]), default=0)


def _straight(points: list[Point]) -> list[Point]:
    """Without points in the middle of a straight part."""
    kept: list[Point] = []
    for point in points:
        if kept and kept[-1] == point:
            continue
        if len(kept) > 1 and (kept[-2][0] == kept[-1][0] == point[0] or kept[-2][1] == kept[-1][1] == point[1]):
            kept.pop()
        kept.append(point)
    return kept if len(kept) > 1 else points[:1] + points[-1:]


def _drawn(document: Document) -> Iterator[Element]:
    yield from document.root.iter(f"{{{BPMNDI}}}BPMNShape", f"{{{BPMNDI}}}BPMNEdge")


def _is(item: Element, name: str) -> bool:
    return bool(item.tag == f"{{{BPMNDI}}}{name}")


def _edge(document: Document, flow: Element) -> Element | None:
    id = flow.get("id")
    return next((item for item in _drawn(document) if ref(item.get("bpmnElement")) == id), None)


def _shape(document: Document, node_id: str | None) -> Element | None:
    wanted = ref(node_id)
    found = (item for item in _drawn(document) if ref(item.get("bpmnElement")) == wanted)
    return next((item for item in found if _is(item, "BPMNShape")), None)


def _box(document: Document, node_id: str | None) -> Box | None:
    shape = _shape(document, node_id)
    return None if shape is None else _bounds(shape)


def _bounds(shape: Element) -> Box | None:
    bounds = shape.find(f"{{{DC}}}Bounds")
    return None if bounds is None else Box(bounds)


def _plane(item: Element) -> Element:
    plane = item.getparent()
    assert plane is not None, "shapes and edges stand on a plane"
    return plane


def _points(edge: Element) -> list[Point]:
    return [(_number(each.get("x")), _number(each.get("y"))) for each in edge.iterchildren(f"{{{DI}}}waypoint")]


def _set_points(edge: Element, points: list[Point]) -> None:
    """Write the way of a line; its name finds its own place when the line has another form than before."""
    known = list(edge.iterchildren(f"{{{DI}}}waypoint"))
    if len(known) != len(points):
        for label in list(edge.iterchildren(f"{{{BPMNDI}}}BPMNLabel")):
            remove(label)
    for extra in known[len(points) :]:
        remove(extra)
    for at, (x, y) in enumerate(points):
        if at < len(known):
            point = known[at]
        else:
            point = etree.Element(f"{{{DI}}}waypoint")
            insert(edge, at, point)
        point.set("x", f"{x:g}")
        point.set("y", f"{y:g}")


def _new_shape(document: Document, plane: Element, id: str, place: tuple[float, float, float, float]) -> None:
    shape, bounds = etree.Element(f"{{{BPMNDI}}}BPMNShape"), etree.Element(f"{{{DC}}}Bounds")
    shape.set("id", document.new_id(f"{id}_di"))
    shape.set("bpmnElement", id)
    for name, value in zip(("x", "y", "width", "height"), place, strict=True):
        bounds.set(name, f"{value:g}")
    insert(plane, len(plane), shape)
    insert(shape, 0, bounds)


def _new_edge(document: Document, plane: Element, flow: Element, points: list[Point]) -> None:
    edge = etree.Element(f"{{{BPMNDI}}}BPMNEdge")
    edge.set("id", document.new_id(f"{flow.get('id')}_di"))
    edge.set("bpmnElement", flow.get("id") or "")
    insert(plane, len(plane), edge)
    _set_points(edge, points)


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0
