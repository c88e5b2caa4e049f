"""Diagram interchange: where the shapes and edges of a definition are drawn (BPMN 2.0.2, clause 12)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Bounds:
    """Position and size of a shape, in the diagram's own units."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Shape:
    """The drawn shape of one element (a flow node, a lane, a participant, a data object or a text annotation)."""

    element: str
    bounds: Bounds
    expanded: bool = True
    horizontal: bool = True
    label: Bounds | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """The drawn line of one flow or association."""

    element: str
    points: tuple[tuple[float, float], ...]
    label: Bounds | None = None


@dataclass(frozen=True, slots=True)
class Annotation:
    """A drawn thing without effect on execution that a picture still shows: participant, lane, text annotation, data
    object."""

    id: str
    kind: str
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Diagram:
    """The drawing of a file by element id; empty when the file has none."""

    shapes: Mapping[str, Shape] = field(default_factory=dict)
    edges: Mapping[str, Edge] = field(default_factory=dict)
    annotations: Mapping[str, Annotation] = field(default_factory=dict)
