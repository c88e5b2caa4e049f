"""Shapes of a BPMN picture as SVG (BPMN 2.0.2, clauses 7 and 10): classes for the stylesheet, light colours without."""

from __future__ import annotations

from typing import Final

from . import draw_icons as icons
from .diagram import Bounds, Shape
from .draw_text import LINE, attribute, escaped, fitted, outside, width, wrapped, written
from .marks import Marks
from .model import Node

SUB_PROCESSES: Final = ("subProcess", "transaction", "adHocSubProcess")
STROKES: Final = {
    "idle": ("#52606d", 1.5),
    "done": ("#2f855a", 2.0),
    "live": ("#b7791f", 3.0),
    "error": ("#c53030", 3.0),
    "added": ("#2f855a", 3.0),
    "changed": ("#b7791f", 3.0),
    "removed": ("#c53030", 3.0),
}
_FILLS: Final = {
    "idle": "#fff", "done": "#f0fff4", "live": "#fffbeb", "error": "#fff5f5",
    "added": "#f0fff4", "changed": "#fffbeb", "removed": "#fff5f5",
}  # fmt: skip
_THROWING: Final = ("endEvent", "intermediateThrowEvent")


def node_shape(node: Node, shape: Shape, marks: Marks, state_words: str) -> str:
    """One flow node with its name, signs and marks; `state_words` is read out for it."""
    state = marks.state(node.id)
    box = shape.bounds
    if node.kind.endswith("Event"):
        drawn = _event(node, box, state)
    elif node.kind.endswith("Gateway"):
        drawn = _gateway(node, box, state)
    else:
        drawn = _activity(node, shape, state)
    if node.kind.endswith(("Event", "Gateway")) and node.name:
        drawn += outside(node.name, name_place(node, shape))
    title = " – ".join(filter(None, (node.name or node.id, state_words)))
    heat = f" heat-{marks.heat[node.id].level}" if node.id in marks.heat else ""
    kinds = f"bpmn-node bpmn-{node.kind} is-{state}{heat}"
    drawn += _marks(node, shape, marks)
    return f'<g class="{kinds}" data-element={attribute(node.id)}><title>{escaped(title)}</title>{drawn}</g>'


def name_place(node: Node, shape: Shape) -> Bounds:
    """Where the name of an event or gateway stands: the diagram's label, else below; for others the shape itself."""
    box = shape.bounds
    if shape.label or not node.name or not node.kind.endswith(("Event", "Gateway")):
        return shape.label or box
    high = len(wrapped(node.name, 112, 11)) * 11 * LINE
    return Bounds(box.x + box.width / 2 - 50, box.y + box.height + 4, 100, high)


def _look(state: str, *, fill: str | None = None, line: float | None = None, dashed: bool = False) -> str:
    stroke, wide = STROKES[state]
    dash = ' stroke-dasharray="5 3"' if dashed else ""
    return f'class="bpmn-shape" fill="{fill or _FILLS[state]}" stroke="{stroke}" stroke-width="{line or wide:g}"{dash}'


def _rectangle(box: Bounds, radius: float, look: str, inset: float = 0) -> str:
    return (
        f'<rect x="{box.x + inset:g}" y="{box.y + inset:g}" width="{box.width - 2 * inset:g}" '
        f'height="{box.height - 2 * inset:g}" rx="{radius:g}" {look}/>'
    )


def _activity(node: Node, shape: Shape, state: str) -> str:
    box = shape.bounds
    opened = node.kind in SUB_PROCESSES and shape.expanded
    line = 4.0 if node.kind == "callActivity" else None
    look = _look(state, line=line, dashed=node.event_sub_process, fill="none" if opened and state == "idle" else None)
    drawn = _rectangle(box, 8, look)
    if node.kind == "transaction":
        drawn += _rectangle(box, 6, _look(state, fill="none", line=1.2), inset=3.5)
    signs = _activity_markers(node, opened)
    if opened:
        lines, size = fitted(node.name or "", (box.width - 20, 30))
        drawn += (
            written(lines, (box.x + box.width / 2, box.y + 8 + len(lines) * size * LINE / 2), size) if node.name else ""
        )
    elif node.name:
        lines, size = fitted(node.name, (box.width - 10, box.height - 24 - (12 if signs else 0)))
        drawn += written(lines, (box.x + box.width / 2, box.y + box.height / 2 + (0 if signs else 6)), size)
    drawn += icons.task_icon(node.kind, box.x + 14, box.y + 13)
    left = box.x + box.width / 2 - (len(signs) - 1) * 9
    return drawn + "".join(
        icons.marker_icon(sign, left + at * 18, box.y + box.height - 10) for at, sign in enumerate(signs)
    )


def _activity_markers(node: Node, opened: bool) -> list[str]:
    signs = []
    if node.multi:
        signs.append("sequential" if node.multi.sequential else "parallel")
    if node.loop:
        signs.append("loop")
    if node.for_compensation:
        signs.append("compensation")
    if node.kind == "adHocSubProcess":
        signs.append("ad_hoc")
    if (node.kind in SUB_PROCESSES and not opened) or node.kind == "callActivity":
        signs.append("collapsed")
    return signs


def _event(node: Node, box: Bounds, state: str) -> str:
    x, y, radius = box.x + box.width / 2, box.y + box.height / 2, min(box.width, box.height) / 2
    dashed = not node.interrupting and node.kind in ("boundaryEvent", "startEvent")
    line = 4.0 if node.kind == "endEvent" else None
    drawn = f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" {_look(state, line=line, dashed=dashed)}/>'
    if node.kind in ("boundaryEvent", "intermediateCatchEvent", "intermediateThrowEvent"):
        inner = _look(state, fill="none", line=1.2, dashed=dashed)
        drawn += f'<circle cx="{x:g}" cy="{y:g}" r="{max(radius - 4, 1):g}" {inner}/>'
    if node.events:
        scale = radius / 18 * (0.85 if node.events[0].kind != "terminate" else 1)
        drawn += icons.event_icon(node.events[0].kind, x, y, throws=node.kind in _THROWING, scale=scale)
    return drawn


def _gateway(node: Node, box: Bounds, state: str) -> str:
    x, y = box.x + box.width / 2, box.y + box.height / 2
    points = f"{x:g},{box.y:g} {box.x + box.width:g},{y:g} {x:g},{box.y + box.height:g} {box.x:g},{y:g}"
    return f'<polygon points="{points}" {_look(state)}/>' + icons.gateway_icon(node.kind, x, y)


def _marks(node: Node, shape: Shape, marks: Marks) -> str:
    """Token badge at the upper right corner, trouble at the upper left, passes at the lower right, heat below."""
    drawn, box = "", shape.bounds
    tokens, passes = marks.tokens.get(node.id, 0), marks.passes.get(node.id, 0)
    if tokens > 0:
        drawn += _badge(box.x + box.width, box.y, "bpmn-badge-live", "#b7791f", str(tokens))
    if node.id in marks.errors:
        drawn += _badge(box.x, box.y, "bpmn-badge-error", "#c53030", "!")
    if node.id in marks.heat:
        drawn += _badge(
            box.x + box.width / 2, box.y + box.height, "bpmn-badge-heat", "#1f2933", marks.heat[node.id].words
        )
    if passes > 1:
        x, y = box.x + box.width, box.y + box.height
        if node.kind.endswith(("Event", "Gateway")):  # on the left, away from the name
            name_above = name_place(node, shape).y < box.y
            x, y = box.x - (24 if node.id in marks.errors else 0), box.y + (box.height - 4 if name_above else 4)
        drawn += _badge(x, y, "bpmn-badge-done", "#2f855a", f"×{passes}")
    return drawn


def _badge(x: float, y: float, look: str, colour: str, text: str) -> str:
    half = max(10.0, width(text, 11) / 2 + 5)
    return (
        f'<g class="bpmn-badge {look}">'
        f'<rect x="{x - half:g}" y="{y - 10:g}" width="{2 * half:g}" height="20" rx="10" fill="{colour}"/>'
        f'<text class="bpmn-badge-text" x="{x:g}" y="{y + 4:g}" fill="#fff" font-size="11" font-weight="700" '
        f'text-anchor="middle">{escaped(text)}</text></g>'
    )


def container(box: Bounds, name: str | None, look: str) -> str:
    """A pool or a lane with its name written upwards in a band at the left."""
    drawn = (
        f'<rect class="bpmn-{look}" x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}" '
        'fill="none" stroke="#9aa5b1" stroke-width="1"/>'
    )
    if name:
        lines, size = fitted(name, (box.height - 12, 28))
        drawn += written(lines, (box.x + 15, box.y + box.height / 2), size, turned=True)
    line = f"M{box.x + 30:g} {box.y:g} V{box.y + box.height:g}"
    band = f'<path class="bpmn-{look}" d="{line}" stroke="#9aa5b1" stroke-width="1"/>'
    return drawn + (band if look == "pool" or name else "")


def note(box: Bounds, text: str) -> str:
    """A text annotation: an open bracket and the text."""
    outline = f"M{box.x + 12:g} {box.y:g} H{box.x:g} V{box.y + box.height:g} H{box.x + 12:g}"
    bracket = f'<path class="bpmn-note" d="{outline}" fill="none" stroke="#52606d"/>'
    lines, size = fitted(text, (box.width - 14, box.height))
    return bracket + written(lines, (box.x + box.width / 2 + 3, box.y + box.height / 2), size)
