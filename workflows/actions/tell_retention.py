"""Once a year văn thư hears whose files need not be kept longer than this year; the program destroys none."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from workflows.errors import Stale
from workflows.store import telling, yearly

from .desk import Desk, Work

RETENTION_DUE = "retention_due"


def untold_retention(desk: Desk, year: int) -> list[Callable[[Work], None]]:
    """A step for each office that has such files and has not heard of them in this year."""
    with desk.database.read() as connection:
        due = yearly.offices_with_due(connection, year)
        told = telling.told_already(connection, [_key(office_id, year) for office_id, _ in due])
    return [
        partial(_tell, office_id=office_id, year=year, files=files)
        for office_id, files in due
        if _key(office_id, year) not in told
    ]


def _key(office_id: int, year: int) -> str:
    return f"retention-due:{office_id}:{year}"


def _tell(work: Work, office_id: int, year: int, files: int) -> None:
    data = {"year": year, "files": files}
    key = _key(office_id, year)
    if not telling.tell(work.connection, RETENTION_DUE, key, work.now, office_id=office_id, data=data):
        raise Stale(office=office_id)
