"""The small office with other words in its plan, brought to the day when its duties are open."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.actions.small_office import PLAN, START, stored
from tests.stories.cast import Cast
from workflows.store.database import Database
from workflows.store.tables.plans import duties, occurrences
from workflows.store.worklist import TaskRow


def running(database: Database, **instead: str) -> Cast:
    """The plan is in force and the clock came round once; each word of `instead` stands for another line of it."""
    text = PLAN
    for line, words in instead.items():
        old = {
            "first": "Trước ngày 30/6/2024",
            "second": "Tháng 9/2024",
        }[line]
        assert old in text
        text = text.replace(old, words)
    cast = Cast.for_plan(database, text, START)
    cast.import_and_start()
    cast.pass_to_force()
    cast.sweep()
    return cast


def later(cast: Cast, hours: int = 1) -> None:
    """The clock comes round again."""
    cast.now += timedelta(hours=hours)
    cast.sweep()


def duty(cast: Cast, no: str) -> Any:
    """The row of this duty."""
    return stored(cast.database, duties, no=no)[0]


def work_of(cast: Cast, no: str, key: str) -> TaskRow:
    """The open task of carrying out this time of the duty."""
    (case_id,) = [row.case_id for row in times(cast, no) if row.key == key]
    return next(task for task in cast.open("thuc_hien") if task.case_id == case_id)


def times(cast: Cast, no: str) -> list[Any]:
    """The rows of its occurrences."""
    return stored(cast.database, occurrences, duty_id=duty(cast, no).id)
