"""An open field for processes of any kind: a database without an office, and the hands that act on its cases."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from tests.engine.building import file
from workflows.actions import Desk, deploy_together
from workflows.actions.fire_timers import fire_timers
from workflows.engine import Actor, State, state_from_json
from workflows.engine.actor import CLOCK
from workflows.store import cases, worklist
from workflows.store.database import Database
from workflows.store.tables.processes import cases as case_rows

from .small_office import START, stored

WORKER = Actor(None, "Máy ký", channel="worker", groups=frozenset({"*"}))
ADMINISTRATOR = Actor("7", "Nguyễn Văn An", groups=frozenset({"quan_tri@1", "can_bo@1"}))
OFFICER = Actor("8", "Trần Thị Bình", groups=frozenset({"can_bo@1", "thanh_vien@1"}))


@dataclass
class Field:
    """The database and its clock, which moves only when a test says so."""

    database: Database
    now: datetime = START

    def desk(self, by: Actor = CLOCK) -> Desk:
        return Desk(self.database, self.now, by)

    def deploy(self, *files: bytes) -> None:
        deploy_together(self.desk(), files)

    def sow(self, *parts: str) -> None:
        """Deploy one file of these parts."""
        self.deploy(file(*parts))

    def later(self, **by: float) -> None:
        self.now += timedelta(**by)

    def fire(self) -> int:
        return fire_timers(self.desk()).done

    def state(self, case_id: int) -> State:
        with self.database.read() as connection:
            return state_from_json(cases.load_case(connection, case_id, lock=False).state)

    def waiting(self, case_id: int) -> list[str]:
        """The steps of the case that are open as work."""
        return sorted(task.element for task in self.state(case_id).tasks.values())

    def job(self, case_id: int, element: str) -> worklist.TaskRow:
        """The oldest open work item of this step."""
        (task, *_) = (task for task in self.state(case_id).tasks.values() if task.element == element)
        with self.database.read() as connection:
            found = worklist.task(connection, f"{case_id}-{task.id}")
        assert found is not None
        return found

    def cases(self, process: str) -> list[Any]:
        """The rows of the cases of this process, oldest first."""
        return stored(self.database, case_rows, process=process)


def of_office(actor: Actor, office_id: int) -> Actor:
    """The same person as an administrator of another office."""
    return replace(actor, groups=frozenset({f"quan_tri@{office_id}"}))
