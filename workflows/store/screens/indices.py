"""What the units of a plan reported in figures, joined by period as the form of each cycle says, beside its targets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import Connection, select

from workflows.plans.consolidation import Given, totals_of
from workflows.plans.normalise import low
from workflows.plans.report_form import Line, figures_in, form_of
from workflows.store.tables.reporting import cycles, submissions


@dataclass(frozen=True)
class FigureLine:
    """One line of the forms over the periods: figures and targets by the key of the cycle.

    A period in which no unit gave a figure, or whose figures are not joined, has none.
    """

    name: str
    unit: str
    figures: dict[str, Decimal] = field(default_factory=dict)
    targets: dict[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class PlanFigures:
    """The periods in which anything was reported, in the order of time, and the lines."""

    periods: list[str]
    lines: list[FigureLine]


def figures_by_period(connection: Connection, plan_id: int) -> PlanFigures:
    """The figures over all units that sent; a line is the same one by its words and its unit."""
    lines: dict[tuple[str, str], FigureLine] = {}
    periods: dict[str, None] = {}
    for (period, label, unit), (line, given) in _given(connection, plan_id).items():
        (total,) = totals_of((line,), given)
        if total.figure is not None:
            periods[period] = None
            one = lines.setdefault((label, unit), FigureLine(line.label, line.unit))
            one.figures[period] = total.figure
            if line.target is not None:
                one.targets[period] = line.target
    return PlanFigures(list(periods), list(lines.values()))


def _given(connection: Connection, plan_id: int) -> Mapping[tuple[str, str, str], tuple[Line, list[Given]]]:
    """What was given in each period for each line, two reports of one period taken together."""
    wanted = (
        select(cycles.c.key, cycles.c.form, submissions.c.body_id, submissions.c.figures)
        .join(submissions, submissions.c.cycle_id == cycles.c.id)
        .where(cycles.c.plan_id == plan_id, submissions.c.status == "da_gui")
        .order_by(cycles.c.window_from, cycles.c.id, submissions.c.id)
    )
    found: dict[tuple[str, str, str], tuple[Line, list[Given]]] = {}
    for row in connection.execute(wanted):
        for line in figures_in(form_of(row.form)):
            if line.key in row.figures:
                first, given = found.setdefault((row.key, low(line.label), low(line.unit)), (line, []))
                given.append(Given(row.body_id, "", {first.key: row.figures[line.key]}))
    return found
