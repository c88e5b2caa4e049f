"""Hands for tests about people and their tasks: more people in the small office, and the task of a step."""

from __future__ import annotations

from datetime import date

from service.auth.actor import actor_of
from tests.stories.cast import Cast
from workflows.actions import Desk
from workflows.store import directory, worklist
from workflows.store.worklist import TaskRow


def join(cast: Cast, name: str, role: str, body_id: int | None = None) -> Desk:
    """One more person in a post of this role; the desk of that person."""
    with cast.database.write() as connection:
        person = directory.add_person(connection, name)
        body = body_id or cast.office.drafting_unit_id
        post = directory.add_post(connection, body, role, name.upper())
        directory.hold(connection, post, person, valid_from=date(2020, 1, 1))
    return desk_of(cast, person)


def desk_of(cast: Cast, person_id: int) -> Desk:
    """The desk of a person with everything that they hold now."""
    with cast.database.read() as connection:
        name = directory.person(connection, person_id).name
        return Desk(cast.database, cast.now, actor_of(connection, person_id, name, cast.now))


def row(cast: Cast, task_id: str) -> TaskRow:
    """The task as it stands."""
    with cast.database.read() as connection:
        found = worklist.task(connection, task_id)
    assert found is not None
    return found


def number(desk: Desk) -> int:
    """The person's id."""
    return int(desk.by.person or 0)
