"""What the units of a plan reported in figures, added up by period."""

from __future__ import annotations

from sqlalchemy import Connection, select

from workflows.store.tables.reporting import cycles, submissions


def figures_by_period(connection: Connection, plan_id: int) -> dict[str, dict[str, float]]:
    """The sum of each figure over all units that sent, by the key of the cycle in the order of time."""
    wanted = (
        select(cycles.c.key, submissions.c.figures)
        .join(submissions, submissions.c.cycle_id == cycles.c.id)
        .where(cycles.c.plan_id == plan_id, submissions.c.status == "da_gui")
        .order_by(cycles.c.window_from, cycles.c.id, submissions.c.id)
    )
    found: dict[str, dict[str, float]] = {}
    for row in connection.execute(wanted):
        sums = found.setdefault(row.key, {})
        for name, value in row.figures.items():
            if isinstance(value, int | float) and not isinstance(value, bool):
                sums[name] = sums.get(name, 0) + value
    return found
