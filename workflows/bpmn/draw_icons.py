"""The signs inside shapes: task types, event triggers, gateways and markers, each drawn around the point (0, 0)."""

from __future__ import annotations

import math
from typing import Final

_LINE: Final = (
    'class="bpmn-icon" fill="none" stroke="#1f2933" stroke-width="{}" stroke-linejoin="round" stroke-linecap="round"'
)
_SOLID: Final = 'class="bpmn-icon-solid" fill="#1f2933" stroke="#1f2933" stroke-width="{}" stroke-linejoin="round"'


def _gear() -> str:
    points = []
    for tooth in range(8):
        for turn, radius in ((-0.27, 5.2), (-0.16, 7.2), (0.16, 7.2), (0.27, 5.2)):
            angle = (tooth + turn * 1.3) * math.pi / 4
            points.append(f"{radius * math.cos(angle):.1f} {radius * math.sin(angle):.1f}")
    return "M" + " L".join(points) + "Z M2.4 0 A2.4 2.4 0 1 0 -2.4 0 A2.4 2.4 0 1 0 2.4 0Z"


def _star(arms: int, radius: float) -> str:
    ends = [(radius * math.cos(arm * math.pi / arms), radius * math.sin(arm * math.pi / arms)) for arm in range(arms)]
    return " ".join(f"M{x:.1f} {y:.1f} L{-x:.1f} {-y:.1f}" for x, y in ends)


def _pentagon(radius: float) -> str:
    corners = [(radius * math.sin(at * math.tau / 5), -radius * math.cos(at * math.tau / 5)) for at in range(5)]
    return "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in corners) + "Z"


def _ring(radius: float) -> str:
    return f"M{radius} 0 A{radius} {radius} 0 1 0 {-radius} 0 A{radius} {radius} 0 1 0 {radius} 0Z"


_ENVELOPE: Final = "M-8 -5.5 H8 V5.5 H-8Z M-8 -5.5 L0 1 L8 -5.5"
_SHOULDERS: Final = "M-7 7 V4 C-7 1.5 -4 0.5 -2 0.2 L0 2 L2 0.2 C4 0.5 7 1.5 7 4 V7Z"
_HEAD: Final = "M3.2 -3.6 A3.2 3.4 0 1 0 -3.2 -3.6 A3.2 3.4 0 1 0 3.2 -3.6Z"
_TASKS: Final = {
    "userTask": f"{_SHOULDERS} {_HEAD}",
    "serviceTask": _gear(),
    "scriptTask": "M-5 -7 H5 C2 -4 8 2 5 7 H-5 C-2 2 -8 -4 -5 -7Z M-2.5 -3.5 H2.5 M-1.5 0 H3.5 M-1 3.5 H4",
    "businessRuleTask": "M-8 -6 H8 V6 H-8Z M-8 -2.5 H8 M-8 1.8 H8 M-3.5 -2.5 V6",
    "manualTask": "M-7 6 V-1 L-2.5 -6.5 L-1 -5.5 L-3 -2 H7.5 V0.7 H1 M7.5 0.7 H6.5 V3.4 H1 M6.5 3.4 H5.5 V6 H-7",
    "receiveTask": _ENVELOPE,
    "sendTask": _ENVELOPE,
}
_EVENTS: Final = {
    "timer": _ring(10) + " M0 -6.5 V0 L4.5 2.5 M0 -10 V-8 M0 10 V8 M-10 0 H-8 M10 0 H8",
    "message": _ENVELOPE,
    "signal": "M0 -8 L8 6 H-8Z",
    "error": "M-7 7 L-3 -7 L2 1 L7 -7 L3 7 L-2 -1Z",
    "escalation": "M0 -8 L6 7 L0 1 L-6 7Z",
    "conditional": "M-6 -8 H6 V8 H-6Z M-4 -4.5 H4 M-4 -1.5 H4 M-4 1.5 H4 M-4 4.5 H4",
    "link": "M-8 -3 H1 V-7 L8 0 L1 7 V3 H-8Z",
    "compensation": "M-9 0 L0 -6 V6Z M0 0 L9 -6 V6Z",
    "cancel": "M-7 -5 L-5 -7 L0 -2 L5 -7 L7 -5 L2 0 L7 5 L5 7 L0 2 L-5 7 L-7 5 L-2 0Z",
    "terminate": _ring(9),
}
_GATEWAYS: Final = {
    "exclusiveGateway": ("M-7 -7 L7 7 M7 -7 L-7 7", 3.0),
    "parallelGateway": ("M-10 0 H10 M0 -10 V10", 3.0),
    "inclusiveGateway": (_ring(10), 2.5),
    "complexGateway": (_star(4, 10), 2.5),
    "eventBasedGateway": (f"{_ring(13)} {_ring(10.5)} {_pentagon(6.5)}", 1.2),
}
_MARKERS: Final = {
    "parallel": "M-5 -6 V6 M0 -6 V6 M5 -6 V6",
    "sequential": "M-6 -5 H6 M-6 0 H6 M-6 5 H6",
    "loop": "M-2 5.6 A6 6 0 1 1 2.4 5.5 M-6 6.5 L-2 5.6 L-2.6 1.6",
    "compensation": "M-8 0 L0 -5 V5Z M0 0 L8 -5 V5Z",
    "ad_hoc": "M-7 2 C-4 -5 -1 -2 0 0 C1 2 4 5 7 -2",
    "collapsed": "M-6 -6 H6 V6 H-6Z M-4 0 H4 M0 -4 V4",
}


def _path(shape: str, x: float, y: float, line: float, *, solid: bool = False, scale: float = 1.0) -> str:
    look = (_SOLID if solid else _LINE).format(f"{line:g}")
    return f'<path {look} {_at(x, y, scale)} d="{shape}"/>'


def _at(x: float, y: float, scale: float = 1.0) -> str:
    grown = f" scale({scale:g})" if scale != 1 else ""
    return f'transform="translate({x:g} {y:g}){grown}"'


def task_icon(kind: str, x: float, y: float) -> str:
    """The sign of a task's type; nothing for a plain task."""
    shape = _TASKS.get(kind)
    if shape is None:
        return ""
    if kind == "sendTask":
        return _solid_envelope(x, y)
    return _path(shape, x, y, 1.2)


def event_icon(kind: str, x: float, y: float, *, throws: bool, scale: float = 1.0) -> str:
    """The sign of an event's trigger; filled when the event throws it."""
    shape = _EVENTS[kind]
    if throws and kind == "message":
        return _solid_envelope(x, y, scale)
    return _path(shape, x, y, 1.3, solid=throws and kind != "timer", scale=scale)


def _solid_envelope(x: float, y: float, scale: float = 1.0) -> str:
    look = 'class="bpmn-flap" fill="none" stroke="#fff" stroke-width="1.4"'
    flap = f'<path {look} {_at(x, y, scale)} d="M-8 -5.5 L0 1 L8 -5.5"/>'
    return _path("M-8 -5.5 H8 V5.5 H-8Z", x, y, 1.2, solid=True, scale=scale) + flap


def gateway_icon(kind: str, x: float, y: float) -> str:
    """The sign of a gateway."""
    shape, line = _GATEWAYS[kind]
    return _path(shape, x, y, line)


def marker_icon(marker: str, x: float, y: float) -> str:
    """A marker at the lower edge of an activity."""
    return _path(_MARKERS[marker], x, y, 1.8 if marker in ("parallel", "sequential") else 1.4)
