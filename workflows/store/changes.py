"""The rows that a projection changes, as steps of the command's one write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, delete, insert

from .projection import Changes
from .steps import Change, Insert, Remove, Step
from .tables.worklist import incidents, subscriptions, task_groups, tasks, timers


def steps_of(case_id: int, changes: Changes) -> list[Step]:
    """One step a table where nothing there changes, each for all its rows."""
    steps: list[Step] = []
    if changes.tasks:
        steps.append(Insert(tasks, list(changes.tasks.values())))
    if changes.task_groups and not changes.task_groups_gone:
        steps.append(Insert(task_groups, changes.task_groups))
    steps += _updates(changes.task_updates)
    pairs: tuple[tuple[Table, str, dict[str, Any], list[str]], ...] = (
        (timers, "timer_id", changes.timers, changes.timers_gone),
        (subscriptions, "subscription_id", changes.subscriptions, changes.subscriptions_gone),
        (incidents, "incident_id", changes.incidents, changes.incidents_gone),
    )
    for table, key, come, gone in pairs:
        if gone:
            steps.append(Remove(table, {"case_id": case_id, key: list(gone)}))
        if come:
            steps.append(Insert(table, list(come.values())))
    return steps


def offer_anew(connection: Connection, changes: Changes) -> None:
    """Write the groups of tasks that are offered to others now: rows may go that come again, so after the one write."""
    if changes.task_groups_gone:
        connection.execute(delete(task_groups).where(task_groups.c.task_id.in_(changes.task_groups_gone)))
        if changes.task_groups:
            connection.execute(insert(task_groups), changes.task_groups)


def _updates(updates: Mapping[str, Mapping[str, Any]]) -> list[Change]:
    """Tasks that change alike, as those do that are cancelled together, change in one step."""
    alike: list[tuple[Mapping[str, Any], list[str]]] = []
    for row_id, values in updates.items():
        same = next((rows for known, rows in alike if known == values), None)
        if same is None:
            alike.append((values, [row_id]))
        else:
            same.append(row_id)
    return [Change(tasks, {"id": rows if len(rows) > 1 else rows[0]}, values) for values, rows in alike]
