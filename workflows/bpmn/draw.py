"""A process definition as a picture: SVG from the file's diagram, with live tokens, the path so far and troubles.

Colours are presentation attributes (legal under `style-src 'self'`); the site's stylesheet overrides them by class:
`bpmn-picture`, `bpmn-background`, `bpmn-shape`, `bpmn-line`, `bpmn-text`, `bpmn-icon`, `bpmn-icon-solid`, `bpmn-flap`,
`bpmn-halo`, `bpmn-pool`, `bpmn-lane`, `bpmn-note`, `bpmn-arrow`, `bpmn-badge-live|error|done|heat`, `bpmn-badge-text`,
`is-idle|live|done|error` on every node and flow, `heat-1` to `heat-4` on nodes with heat.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from . import draw_lines as lines
from . import draw_shapes as shapes
from .diagram import Bounds, Diagram
from .draw_text import attribute, escaped, width, written
from .layout import arranged
from .marks import Marks
from .model import Definition, Flow, Node, Process
from .steps import Step, step_list

__all__ = ["MOST_DRAWN", "Marks", "Step", "draw", "step_list"]

MOST_DRAWN: Final = 2_000  # steps and flows; nobody reads a larger picture, and making one would keep others waiting
_MARGIN: Final = 20.0
_LEGEND: Final = {
    "live": ("Đang ở đây", "#b7791f"), "done": ("Đã qua", "#2f855a"), "error": ("Có sự cố", "#c53030"),
    "added": ("Thêm", "#2f855a"), "changed": ("Đổi", "#b7791f"), "removed": ("Bớt", "#c53030"),
}  # fmt: skip
_NONE: Final = Marks()


def draw(
    definition: Definition,
    process_key: str,
    marks: Marks = _NONE,
    *,
    prefix: str = "bpmn",
    say: Callable[[str], str] = str,
) -> str:
    """The SVG of one process; `prefix` keeps the ids of pictures on one page apart. KeyError: no such process.

    Of a process with more than MOST_DRAWN steps and flows it only says so.
    `say` gives the sentence for a pattern of ours ("đã qua {} lần") in the language of whoever looks.
    """
    process = definition.process(process_key)
    if process is None:
        raise KeyError(process_key)
    nodes = {node.id: node for node in process.walk()}
    size = len(nodes) + len(process.flows) + sum(len(node.flows) for node in nodes.values())
    if size > MOST_DRAWN:
        return _undrawn(size, say)
    diagram = definition.diagram
    if any(node.id not in diagram.shapes for node in process.nodes) or not nodes:
        diagram = arranged(process)
    hidden = _hidden(process.nodes, diagram)
    marks = _surfaced(process.nodes, hidden, marks)
    visible = {id: node for id, node in nodes.items() if id not in hidden and id in diagram.shapes}
    return _Picture(process, diagram, visible, marks, prefix=prefix, say=say).svg()


def _undrawn(size: int, say: Callable[[str], str]) -> str:
    """What stands in place of a picture that would be too large."""
    told = say("Không vẽ sơ đồ: quy trình có {} bước và đường nối, nhiều hơn {}.").format(size, MOST_DRAWN)
    wide = width(told, 14) + 2 * _MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="bpmn-picture" role="img" aria-label={attribute(told)} '
        f'viewBox="0 0 {wide:g} 60" width="{wide:g}" height="60" font-family="system-ui, sans-serif">'
        f'<rect class="bpmn-background" width="{wide:g}" height="60" fill="#fff"/>'
        f"{written([told], (wide / 2, 30), 14)}</svg>"
    )


def _hidden(nodes: tuple[Node, ...], diagram: Diagram) -> set[str]:
    """What lies inside a collapsed sub-process, drawn on another plane if at all."""
    found: set[str] = set()
    for node in nodes:
        shape = diagram.shapes.get(node.id)
        if node.nodes and (shape is None or not shape.expanded):
            found.update(inner.id for inner in node.walk() if inner is not node)
        else:
            found |= _hidden(node.nodes, diagram)
    return found


def _surfaced(nodes: tuple[Node, ...], hidden: set[str], marks: Marks) -> Marks:
    """Marks inside a collapsed sub-process count for the sub-process that is drawn."""
    tokens, errors = dict(marks.tokens), set(marks.errors)
    for node in (each for outer in nodes for each in outer.walk()):
        if node.id in hidden or not node.nodes or node.nodes[0].id not in hidden:
            continue
        inner = [each.id for each in node.walk() if each is not node]
        tokens[node.id] = max(tokens.get(node.id, 0), sum(tokens.get(each, 0) for each in inner))
        errors |= {node.id} if errors & set(inner) else set()
    return replace(marks, tokens=tokens, errors=frozenset(errors))


class _Picture:
    """One drawing under way: lanes, then lines, then shapes, then names over them, then the legend."""

    def __init__(
        self,
        process: Process,
        diagram: Diagram,
        nodes: Mapping[str, Node],
        marks: Marks,
        *,
        prefix: str,
        say: Callable[[str], str],
    ) -> None:
        self._say = say
        self._process = process
        self._diagram = diagram
        self._nodes = nodes
        self._marks = marks
        self._lanes = {lane.id: lane.name for lane in process.lanes}
        self._id = re.sub(r"[^A-Za-z0-9_-]", "-", f"{prefix}-{process.id}", flags=re.ASCII)
        inner = [flow for node in nodes.values() for flow in node.flows]
        self._flows = [flow for flow in (*process.flows, *inner) if flow.id in diagram.edges]

    def svg(self) -> str:
        """The whole document."""
        frame = self._frame()
        legend = self._legend(frame)
        height = frame.height + (30 if legend else 0)
        title = self._process.name or self._process.id
        size = f'width="{frame.width:g}" height="{height:g}"'
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="bpmn-picture" role="img" '
            f'aria-labelledby="{self._id}-title {self._id}-desc" '
            f'viewBox="{frame.x:g} {frame.y:g} {frame.width:g} {height:g}" {size} font-family="system-ui, sans-serif">'
            f'<title id="{self._id}-title">{escaped(self._said("Sơ đồ quy trình: {}", title))}</title>'
            f'<desc id="{self._id}-desc">{escaped(self._description())}</desc>'
        )
        ground = f'<rect class="bpmn-background" x="{frame.x:g}" y="{frame.y:g}" {size} fill="#fff"/>'
        layers = (self._arrows(), ground, *self._containers(), *self._lines(), *self._shapes(), *self._names(), legend)
        return head + "\n".join(filter(None, layers)) + "</svg>"

    def _frame(self) -> Bounds:
        """What the process needs, lanes and labels included; other pools of the file stay outside."""
        boxes = [self._diagram.shapes[id].bounds for id in self._nodes]
        boxes += [shapes.name_place(node, self._diagram.shapes[id]) for id, node in self._nodes.items()]
        points = [point for flow in self._flows for point in self._diagram.edges[flow.id].points]
        boxes += [Bounds(x, y, 0, 0) for x, y in points]
        boxes = boxes or [Bounds(0, 0, 100, 60)]
        own = _around(boxes)
        boxes += [shape.bounds for id, shape in self._diagram.shapes.items() if self._is_beside(id, shape.bounds, own)]
        whole = _around(boxes)
        return Bounds(whole.x - _MARGIN, whole.y - _MARGIN, whole.width + 2 * _MARGIN, whole.height + 2 * _MARGIN)

    def _is_beside(self, id: str, box: Bounds, own: Bounds) -> bool:
        """Whether a lane, a pool, an annotation or data belongs to this picture: it overlaps the process."""
        drawn = id in self._diagram.annotations or id in self._lanes
        apart = (
            box.x > own.x + own.width
            or own.x > box.x + box.width
            or box.y > own.y + own.height
            or own.y > box.y + box.height
        )
        return drawn and not apart

    def _containers(self) -> Iterator[str]:
        own = _around([self._diagram.shapes[id].bounds for id in self._nodes] or [Bounds(0, 0, 0, 0)])
        for id, shape in self._diagram.shapes.items():
            if not self._is_beside(id, shape.bounds, own):
                continue
            known = self._diagram.annotations.get(id)
            if known is not None and known.kind == "textAnnotation":
                yield shapes.note(shape.bounds, known.text or "")
            elif id in self._lanes:
                yield shapes.container(shape.bounds, self._lanes[id], "lane")
            elif known is not None and known.kind in ("participant", "lane"):
                yield shapes.container(shape.bounds, known.text, "pool" if known.kind == "participant" else "lane")

    def _lines(self) -> Iterator[str]:
        for flow in self._flows:
            source = self._nodes.get(flow.source)
            yield lines.flow_line(
                flow, self._diagram.edges[flow.id], self._marks, arrow=self._id,
                default=source is not None and source.default == flow.id,
                from_activity=source is not None and not source.kind.endswith("Gateway"),
            )  # fmt: skip
        own, frame = {flow.id for process in self._all_flows() for flow in process}, self._frame()
        for id, edge in self._diagram.edges.items():
            if id not in own and all(_inside(point, frame) for point in edge.points):
                yield lines.plain_line(edge, self._id)

    def _all_flows(self) -> Iterator[tuple[Flow, ...]]:
        yield self._process.flows
        for node in self._process.walk():
            yield node.flows

    def _shapes(self) -> Iterator[str]:
        def depth(node: Node) -> tuple[int, bool]:
            return (0 if node.nodes else 1, node.kind == "boundaryEvent")

        for node in sorted(self._nodes.values(), key=depth):
            yield shapes.node_shape(node, self._diagram.shapes[node.id], self._marks, self._words(node.id))

    def _words(self, id: str) -> str:
        tokens, passes = self._marks.tokens.get(id, 0), self._marks.passes.get(id, 0)
        words = [
            self._said("có sự cố") if id in self._marks.errors else "",
            self._said("đang ở đây ({})", tokens) if tokens > 1 else self._said("đang ở đây") if tokens else "",
            self._said("đã qua {} lần", passes) if passes > 1 else self._said("đã qua") if passes else "",
            self._marks.heat[id].words if id in self._marks.heat else "",
            self._said(_LEGEND[self._marks.changes[id]][0]).lower() if id in self._marks.changes else "",
        ]
        return ", ".join(filter(None, words))

    def _names(self) -> Iterator[str]:
        for flow in self._flows:
            yield lines.flow_name(flow, self._diagram.edges[flow.id])

    def _description(self) -> str:
        def names(ids: Iterator[str]) -> str:
            return ", ".join(self._nodes[id].name or id for id in ids)

        live = names(id for id in self._nodes if self._marks.tokens.get(id, 0) > 0)
        wrong = names(id for id in self._nodes if id in self._marks.errors)
        heat = ", ".join(
            f"{self._nodes[id].name or id} {each.words}" for id, each in self._marks.heat.items() if id in self._nodes
        )
        sentences = [
            self._said("Đang ở: {}.", live) if live else "",
            self._said("Có sự cố: {}.", wrong) if wrong else "",
            self._said("Thời gian: {}.", heat) if heat else "",
        ]
        return " ".join(filter(None, sentences)) or self._said("Các bước cũng được liệt kê thành danh sách bên dưới.")

    def _said(self, pattern: str, *facts: object) -> str:
        return self._say(pattern).format(*facts)

    def _arrows(self) -> str:
        def head(state: str, colour: str, path: str, fill: str) -> str:
            return (
                f'<marker id="{self._id}-{state}" class="bpmn-arrow is-{state}" viewBox="0 0 10 10" refX="9.5" '
                f'refY="5" markerWidth="10" markerHeight="10" markerUnits="userSpaceOnUse" orient="auto">'
                f'<path d="{path}" fill="{fill}" stroke="{colour}"/></marker>'
            )

        closed = "M0 1 L10 5 L0 9Z"
        return (
            "<defs>" + head("idle", "#52606d", closed, "#52606d") + head("done", "#2f855a", closed, "#2f855a")
            + head("open", "#52606d", "M0 1 L10 5 L0 9", "none") + "</defs>"
        )  # fmt: skip

    def _legend(self, frame: Bounds) -> str:
        """What the colours mean, for those that occur."""
        present = {self._marks.state(id) for id in self._nodes}
        drawn, x, y = "", frame.x + _MARGIN, frame.y + frame.height + 6
        for state, (words, colour) in _LEGEND.items():
            if state in present:
                told = self._said(words)
                drawn += (
                    f'<g class="bpmn-badge-{state}"><rect x="{x:g}" y="{y - 7:g}" width="22" height="14" rx="7" '
                    f'fill="{colour}"/></g><text class="bpmn-text" x="{x + 30:g}" y="{y + 4:g}" fill="#1f2933" '
                    f'font-size="12">{escaped(told)}</text>'
                )
                x += 60 + width(told, 12)
        return f'<g class="bpmn-legend">{drawn}</g>' if drawn else ""


def _around(boxes: list[Bounds]) -> Bounds:
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    return Bounds(
        left, top, max(box.x + box.width for box in boxes) - left, max(box.y + box.height for box in boxes) - top
    )


def _inside(point: tuple[float, float], box: Bounds) -> bool:
    return box.x <= point[0] <= box.x + box.width and box.y <= point[1] <= box.y + box.height
