"""Lines of an automatic layout: right angles, forward flows through the gaps, returns on tracks of their own below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from .diagram import Bounds, Edge
from .draw_text import width
from .model import Flow

GAP_X: Final = 90.0
BOUNDARY: Final = 100.0  # from one boundary event of an activity to the next, with room for its name
_TRACK: Final = 22.0
_FIRST_TRACK: Final = 40.0
_BEND: Final = 24.0
Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True)
class Ground:
    """What the lines run between: kinds, places and columns of the nodes, and the hosts of boundary events."""

    kinds: Mapping[str, str]
    places: Mapping[str, Bounds]
    columns: Mapping[str, int]
    host: Mapping[str, str]

    def column(self, id: str) -> int:
        """The column of a node, or of the activity that it is attached to."""
        return self.columns.get(self.host.get(id, id), 0)

    def below(self, id: str, offset: float) -> Point:
        """A point on the lower border of a node, beside its middle as far as its outline allows."""
        box = self.places[id]
        reach = box.width / 2 - 4
        offset = max(-reach, min(reach, offset))
        middle = (box.x + box.width / 2, box.y + box.height / 2)
        if self.kinds[id].endswith("Gateway"):
            return middle[0] + offset, box.y + box.height - abs(offset)
        if self.kinds[id].endswith("Event"):
            return middle[0] + offset, middle[1] + ((box.height / 2) ** 2 - offset**2) ** 0.5
        return middle[0] + offset, box.y + box.height


def routed(flows: Sequence[Flow], ground: Ground, bottom: float) -> tuple[dict[str, Edge], float]:
    """A line for each flow whose ends are placed, and how far down they reach."""
    drawn = [flow for flow in flows if flow.source in ground.places and flow.target in ground.places]
    back = [flow for flow in drawn if ground.column(flow.source) >= ground.column(flow.target)]
    edges: dict[str, Edge] = {}
    leaving, arriving = Counter(flow.source for flow in back), Counter(flow.target for flow in back)
    left: Counter[str] = Counter()
    arrived: Counter[str] = Counter()
    for number, flow in enumerate(back):
        own = 8 if flow.source == flow.target else 0
        start = ground.below(flow.source, _spread(left[flow.source], leaving[flow.source]) + own)
        end = ground.below(flow.target, _spread(arrived[flow.target], arriving[flow.target]) - own)
        left[flow.source] += 1
        arrived[flow.target] += 1
        track = bottom + _FIRST_TRACK + number * _TRACK
        edges[flow.id] = Edge(
            flow.id, (start, (start[0], track), (end[0], track), end), _on_track(flow, start[0], end[0], track)
        )
    for flow in drawn:
        if flow.id not in edges:
            edges[flow.id] = _forward(flow, ground)
    return edges, bottom + _FIRST_TRACK + len(back) * _TRACK if back else bottom


def _spread(number: int, count: int) -> float:
    """Places beside each other around the middle, at most 8 apart and never beyond a gateway's slope."""
    step = min(8.0, 32.0 / count)
    return (number - (count - 1) / 2) * step


def _on_track(flow: Flow, start: float, end: float, track: float) -> Bounds | None:
    if not flow.name:
        return None
    wide = width(flow.name, 11) + 8
    x = start - 14 - wide if end < start else start + 14
    return Bounds(x, track - 17, wide, 14)


def _forward(flow: Flow, ground: Ground) -> Edge:
    """Right to the first gap, there to the height of the target, whose row is free up to it (see the rows), and on."""
    source, target = ground.places[flow.source], ground.places[flow.target]
    end = (target.x, target.y + target.height / 2)
    wide = width(flow.name, 11) + 8 if flow.name else 0
    if flow.source in ground.host:
        start = ground.below(flow.source, 0)
        host = ground.places[ground.host[flow.source]]
        number = (host.x + host.width - start[0]) // BOUNDARY  # on the same activity, counted from the right
        run = host.x + host.width + _BEND + 6 * number
        low = start[1] + 10 + 6 * number
        points = [start, (start[0], low), (run, low), (run, end[1]), end]
    else:
        start = (source.x + source.width, source.y + source.height / 2)
        run = start[0] + _BEND
        points = [start, (run, start[1]), (run, end[1]), end]
        if abs(start[1] - end[1]) < 0.5:
            run, points = start[0] + 10, [start, end]
    return Edge(flow.id, tuple(points), Bounds(run + 8, end[1] - 17, wide, 14) if wide else None)
