"""The people around a task, also of one that somebody closes while its page is being made."""

from __future__ import annotations

from tests.actions.colleagues import join, number, row
from tests.actions.small_office import started
from workflows.actions import act_on_task, delegate_task, hand_back_task
from workflows.store.database import Database
from workflows.store.screens.task_people import task_people


def test_a_task_that_was_closed_since_its_row_was_read_has_no_owners(memory: Database) -> None:
    cast = started(memory)
    (task,) = cast.open()
    head, minh = cast.drafter(), join(cast, "Trần Văn Minh", "can_bo")
    delegate_task(head, task.id, number(minh))
    before = row(cast, task.id)
    with memory.read() as connection:
        assert task_people(connection, before, head.by.person, cast.now.date()).owners == (head.by.person,)
    hand_back_task(minh, task.id)
    act_on_task(head, task.id, {})
    assert before.status == "open"
    with memory.read() as connection:
        assert task_people(connection, before, head.by.person, cast.now.date()).owners == ()
