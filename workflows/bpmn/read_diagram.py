"""Reading diagram interchange (BPMN 2.0.2, clause 12); a drawing that cannot be read is left out, it has no effect."""

from __future__ import annotations

from .diagram import Annotation, Bounds, Diagram, Edge, Shape
from .element import Element, child_text, local, ref
from .names import BPMNDI, DC, DI

DRAWN = {
    "participant": "participant",
    "lane": "lane",
    "textAnnotation": "text",
    "dataObjectReference": "data",
    "dataStoreReference": "store",
    "group": "group",
    "association": "association",
    "messageFlow": "message",
}


def diagram_of(root: Element) -> Diagram:
    """All shapes and edges of a file by the id of what they draw."""
    shapes: dict[str, Shape] = {}
    edges: dict[str, Edge] = {}
    for item in root.iter(f"{{{BPMNDI}}}BPMNShape"):
        element, bounds = ref(item.get("bpmnElement")), _bounds(item)
        if element is not None and bounds is not None:
            shapes[element] = Shape(
                element,
                bounds,
                item.get("isExpanded", "true") == "true",
                item.get("isHorizontal", "true") == "true",
                _label(item),
            )
    for item in root.iter(f"{{{BPMNDI}}}BPMNEdge"):
        element = ref(item.get("bpmnElement"))
        points = tuple(_point(point) for point in item.iterchildren(f"{{{DI}}}waypoint"))
        if element is not None and len(points) > 1:
            edges[element] = Edge(element, points, _label(item))
    return Diagram(shapes, edges, _annotations(root))


def _annotations(root: Element) -> dict[str, Annotation]:
    found = {}
    for item in root.iter():
        kind = DRAWN.get(local(item) or "")
        identity = item.get("id")
        if kind is not None and identity is not None:
            found[identity] = Annotation(identity, kind, item.get("name") or child_text(item, "text"))
    return found


def _label(item: Element) -> Bounds | None:
    label = item.find(f"{{{BPMNDI}}}BPMNLabel")
    return None if label is None else _bounds(label)


def _bounds(item: Element) -> Bounds | None:
    bounds = item.find(f"{{{DC}}}Bounds")
    if bounds is None:
        return None
    return Bounds(*(_number(bounds.get(name)) for name in ("x", "y", "width", "height")))


def _point(item: Element) -> tuple[float, float]:
    return _number(item.get("x")), _number(item.get("y"))


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0
