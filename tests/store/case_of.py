"""A case for tests: a definition of no importance, and events written to it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from tests.store.office import NOW
from workflows.engine.events import CaseStarted, Event
from workflows.store import cases
from workflows.store.case_row import CaseRow

ACTOR: dict[str, Any] = {"person": "7", "name": "Nguyễn Văn An", "capacity": "TM.", "channel": "web"}


def start(connection: Connection, *happened: Event, **more: Any) -> CaseRow:
    """A new case with these events after its start."""
    row = cases.insert_definition(connection, key="ke_hoach", name="Kế hoạch", xml="<definitions/>", now=NOW, by=None)
    case = cases.new_case(connection, definition_id=row.id, process="ke_hoach", now=NOW, **more)
    return write(connection, case, CaseStarted(str(row.id), "ke_hoach"), *happened)


def write(connection: Connection, case: CaseRow, *happened: Event, now: datetime = NOW) -> CaseRow:
    """These events appended by a person."""
    state = {"status": "active", "counter": case.revision + len(happened)}
    return cases.append(connection, case, happened, state=state, now=now, actor=ACTOR, content_hash="ab12")
