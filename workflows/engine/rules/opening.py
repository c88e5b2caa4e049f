"""Opening the inside of a scope instance: its event sub-processes armed, its first tokens on their way."""

from __future__ import annotations

from workflows.engine.program import Chart, Step
from workflows.engine.run import Run
from workflows.engine.state import Instance

from .waiting import arm_all


def open_inside(run: Run, place: Instance, chart: Chart, start: Step | None = None) -> None:
    """Start at `start`, or where tokens start by themselves (G1, G2)."""
    arm_all(run, chart.handler_starts, place)
    for step in (start,) if start is not None else chart.initial:
        run.move(step, place.id)
    run.touch(place.id)
