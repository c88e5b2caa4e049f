"""Lines of a BPMN picture as SVG: sequence flows with their names, and the lines that have no effect on the path."""

from __future__ import annotations

from collections.abc import Sequence

from .diagram import Bounds, Edge
from .draw_shapes import STROKES
from .draw_text import attribute, outside, width
from .marks import Marks
from .model import Flow


def flow_line(flow: Flow, edge: Edge, marks: Marks, *, arrow: str, default: bool, from_activity: bool) -> str:
    """One sequence flow; taken ones are drawn stronger. `arrow` is the id prefix of the two arrowheads."""
    taken = marks.passes.get(flow.id, 0) > 0
    state = marks.changes.get(flow.id) or ("done" if taken else "idle")
    head = state if state in ("done", "idle") else "idle"
    stroke, wide = STROKES[state]
    path = _rounded(edge.points)
    drawn = (
        f'<path class="bpmn-line" d="{path}" fill="none" stroke="{stroke}" stroke-width="{wide:g}" '
        f'marker-end="url(#{arrow}-{head})"/>'
    )
    if default:
        drawn += _default_slash(edge.points, stroke)
    elif flow.condition and from_activity:
        drawn += _diamond(edge.points, stroke)
    return f'<g class="bpmn-flow is-{state}" data-element={attribute(flow.id)}>{drawn}</g>'


def flow_name(flow: Flow, edge: Edge) -> str:
    """The name of a flow, beside its line."""
    if not flow.name:
        return ""
    (x0, y0), (x1, y1) = edge.points[0], edge.points[1]
    at = (
        ((x0 + x1) / 2, y0 - 10) if abs(x1 - x0) >= abs(y1 - y0) else (x0 + 6 + width(flow.name, 11) / 2, (y0 + y1) / 2)
    )
    return outside(flow.name, edge.label or Bounds(at[0] - 50, at[1] - 7, 100, 14))


def plain_line(edge: Edge, arrow: str) -> str:
    """An association or a message flow: dotted, without effect on the path."""
    return (
        f'<path class="bpmn-line bpmn-association" d="{_rounded(edge.points)}" fill="none" stroke="#52606d" '
        f'stroke-width="1.2" stroke-dasharray="3 4" marker-end="url(#{arrow}-open)"/>'
    )


def _rounded(points: Sequence[tuple[float, float]], radius: float = 6) -> str:
    """A path through the points with rounded corners."""
    path = [f"M{points[0][0]:g} {points[0][1]:g}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        enter, leave = _towards(corner, before, radius), _towards(corner, after, radius)
        path.append(f"L{enter[0]:g} {enter[1]:g} Q{corner[0]:g} {corner[1]:g} {leave[0]:g} {leave[1]:g}")
    path.append(f"L{points[-1][0]:g} {points[-1][1]:g}")
    return " ".join(path)


def _towards(start: tuple[float, float], end: tuple[float, float], step: float) -> tuple[float, float]:
    """The point `step` away from the start, at most half way to the end."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = (dx * dx + dy * dy) ** 0.5
    share = min(step / length, 0.5) if length else 0
    return round(start[0] + dx * share, 2), round(start[1] + dy * share, 2)


def _default_slash(points: Sequence[tuple[float, float]], stroke: str) -> str:
    x, y = _towards(points[0], points[1], 10)
    return (
        f'<path class="bpmn-line" d="M{x - 4:g} {y + 5:g} L{x + 4:g} {y - 5:g}" stroke="{stroke}" stroke-width="1.5"/>'
    )


def _diamond(points: Sequence[tuple[float, float]], stroke: str) -> str:
    x, y = _towards(points[0], points[1], 8)
    outline = f"M{x - 8:g} {y:g} L{x:g} {y - 5:g} L{x + 8:g} {y:g} L{x:g} {y + 5:g}Z"
    return f'<path class="bpmn-shape" d="{outline}" fill="#fff" stroke="{stroke}"/>'
