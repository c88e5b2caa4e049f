"""Plays conformance cases (PROTOCOL.md) on the whole program: class `Adapter`, through the verbs, over the real store.

The database is the one that KEHOACH_DATABASE_URL names, else one in memory.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, Select, bindparam, func, select, union_all

from workflows.actions import (
    Desk,
    activate_elements,
    broadcast_signal,
    cancel_case,
    complete_job,
    complete_task,
    deploy_together,
    publish_message,
    report_task_error,
    set_case_variables,
    start_process,
)
from workflows.actions.definitions import forget_parsed
from workflows.actions.fire_timers import fire_timers
from workflows.engine import Actor, State, state_from_json
from workflows.errors import BadDefinition, Refused
from workflows.store import cases
from workflows.store.cases import load_case
from workflows.store.directory.groups import PERSON
from workflows.store.tables.processes import cases as case_rows
from workflows.store.tables.processes import start_triggers
from workflows.store.tables.worklist import incidents, tasks, timers
from workflows.store.worklist import TaskRow, task_rows

from .playground import Playground
from .seen import CAPABILITIES, EngineError, seen

__all__ = ["Adapter", "EngineError"]

API = Actor(person=None, name="API", channel="api", groups=frozenset({"*"}))
WORKER = "conformance"


def _due(column: Column[datetime | None]) -> Select[Any]:
    return select(column).where(column > bindparam("after"), column <= bindparam("clock"))


# Asked before and after each step of a case, so it is put together once.
_DUE = union_all(_due(timers.c.due), _due(start_triggers.c.due)).subquery()
FIRST_DUE = select(func.min(_DUE.c.due))


class Adapter:
    """Everything the protocol asks for; an instance is the id of a case."""

    capabilities = CAPABILITIES

    def __init__(self, url: str | None = None) -> None:
        self.clock = datetime(2026, 1, 5, 1, tzinfo=UTC)
        self.playground = Playground(url or os.environ.get("KEHOACH_DATABASE_URL"))

    # --- operations ---------------------------------------------------------------------------------------------------

    def reset(self, clock: datetime) -> None:
        self.playground.clear()
        self.clock = clock

    def deploy(self, files: Mapping[str, bytes]) -> None:
        with _refusals():
            deploy_together(self._desk(), list(files.values()))
        self._fire_due(self.clock)

    def start(self, process: str, vars: Mapping[str, Any], key: str | None) -> int:
        with _refusals():
            case = start_process(self._desk(), process, vars, key)
        self._fire_due(self.clock)
        return case

    def complete(  # noqa: PLR0917 - the protocol calls it so
        self,
        inst: int,
        task: str,
        vars: Mapping[str, Any],
        nth: int | None,
        where: Mapping[str, Any] | None,
        local: bool = False,
    ) -> None:
        found = self._task(inst, task, nth or 0, where or {})
        with _refusals():
            if found.kind == "job":
                complete_job(self._desk(), found.id, WORKER, vars, local=local)
            else:
                complete_task(self._desk(), found.id, vars, local=local)
        self._fire_due(self.clock)

    def error(self, inst: int, task: str, code: str) -> None:
        found = self._task(inst, task, 0, {})
        with _refusals():
            report_task_error(self._desk(), found.id, code, worker=WORKER)
        self._fire_due(self.clock)

    def advance(self, clock: datetime) -> None:
        self._fire_due(clock)
        self.clock = clock

    def message(self, name: str, key: str | None, vars: Mapping[str, Any]) -> int | None:
        with _refusals():
            case = publish_message(self._desk(), name, key, vars)
        self._fire_due(self.clock)
        return case

    def signal(self, name: str, vars: Mapping[str, Any]) -> None:
        with _refusals():
            broadcast_signal(self._desk(), name, vars)
        self._fire_due(self.clock)

    def set_vars(self, inst: int, vars: Mapping[str, Any]) -> None:
        with _refusals():
            set_case_variables(self._desk(), inst, vars)
        self._fire_due(self.clock)

    def activate(self, inst: int, adhoc: str, elements: list[str]) -> None:
        with _refusals():
            activate_elements(self._desk(), inst, adhoc, elements)
        self._fire_due(self.clock)

    def cancel(self, inst: int) -> None:
        with _refusals():
            cancel_case(self._desk(), inst, "API")

    def restart(self, clock: datetime) -> None:
        self.playground.reopen()
        forget_parsed()
        self.clock = clock
        self._fire_due(clock)

    def shutdown(self) -> None:
        self.playground.close()

    # --- what can be seen ---------------------------------------------------------------------------------------------

    def count(self, process: str) -> int:
        with self.playground.database.read() as connection:
            states = connection.scalars(select(case_rows.c.state).where(case_rows.c.ended_at.is_(None)))
            return sum(home[1] == process for state in states for home in state.get("homes", {}).values())

    def snapshot(self, inst: int) -> dict[str, Any]:
        with self.playground.database.read() as connection:
            row = load_case(connection, inst, lock=False)
            happened = [{"event": each.type, **each.data} for each in cases.history(connection, inst)]
            open_tasks = task_rows(connection, _open_tasks(inst))
            armed = connection.execute(select(timers.c.element, timers.c.due).where(timers.c.case_id == inst)).all()
            wrong = connection.execute(_open_incidents(inst)).all()
        state = state_from_json(row.state)
        return {
            **seen(state, happened),
            "state": row.status,
            "tasks": [_task(task, state) for task in _oldest_first(open_tasks)],
            "timers": [{"element": element, "due": due.isoformat()} for element, due in armed],
            "incidents": [{"code": each.code, "element": each.element} for each in wrong],
        }

    # --- the work -----------------------------------------------------------------------------------------------------

    def _desk(self, now: datetime | None = None) -> Desk:
        return Desk(self.playground.database, now or self.clock, API)

    def _fire_due(self, clock: datetime) -> None:
        """Everything due until then, each at its own instant."""
        after = datetime.min.replace(tzinfo=UTC)
        while (due := self._first_due(after, clock)) is not None:
            while fire_timers(self._desk(max(due, self.clock))).done:
                pass
            after = due

    def _first_due(self, after: datetime, clock: datetime) -> datetime | None:
        with self.playground.database.read() as connection:
            found: datetime | None = connection.scalar(FIRST_DUE, {"after": after, "clock": clock})
            return found

    def _task(self, inst: int, element: str, nth: int, where: Mapping[str, Any]) -> TaskRow:
        with self.playground.database.read() as connection:
            found = _oldest_first(task_rows(connection, _open_tasks(inst).where(tasks.c.element == element)))
            if where:
                state = state_from_json(load_case(connection, inst, lock=False).state)
                found = [task for task in found if _holds(state.visible(task.task_id), where)]
        if nth >= len(found):
            raise EngineError("NOT_WAITING", element)
        return found[nth]


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except (Refused, BadDefinition) as refused:
        raise EngineError(refused.code, str(refused)) from refused


def _open_tasks(inst: int) -> Select[Any]:
    return select(tasks).where(tasks.c.case_id == inst, tasks.c.status == "open")


def _open_incidents(inst: int) -> Select[Any]:
    wanted = select(incidents.c.code, incidents.c.element).where(incidents.c.case_id == inst)
    return wanted.order_by(incidents.c.at, incidents.c.incident_id)


def _oldest_first(found: list[TaskRow]) -> list[TaskRow]:
    return sorted(found, key=lambda task: int(task.task_id))


def _holds(visible: Mapping[str, Any], where: Mapping[str, Any]) -> bool:
    return all(visible.get(name) == value for name, value in where.items())


def _task(row: TaskRow, state: State) -> dict[str, Any]:
    person = f"{PERSON}@"
    return {
        "element": row.element,
        "name": row.name,
        "assignee": row.assignee,
        "candidateGroups": [group for group in row.groups if not group.startswith(person)],
        "candidateUsers": [group.removeprefix(person) for group in row.groups if group.startswith(person)],
        "due": row.due and row.due.isoformat(),
        "followUp": row.follow_up and row.follow_up.isoformat(),
        "priority": row.priority,
        "formKey": row.form,
        "vars": state.visible(row.task_id),
    }
