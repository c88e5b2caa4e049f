"""Tổ chức: the bodies of the own office as a tree, and one body with its posts, holders, names and groups."""

from __future__ import annotations

from sqlalchemy import Connection
from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest, Visit
from service.words import organisation as words
from service.words.refusals import in_words
from workflows.actions.administration import administered
from workflows.errors import NotFound
from workflows.store import directory, organisation
from workflows.store.directory import Body
from workflows.store.local_days import local_day
from workflows.store.organisation import Change
from workflows.store.screens import organisation as screen
from workflows.store.screens import sight
from workflows.store.screens.labels import body_names, person_names

from .mistakes import Mistake

pages = Pages()
CHANGES_SHOWN = 200


@pages.get("/to-chuc", PERSON)
def tree(visit: Guest, tat_ca: str = "") -> Response:
    """The tree of each own office; with `tat_ca` also what ended."""
    today = local_day(visit.now)
    with visit.web.database.read() as connection:
        offices = own_offices(visit, connection)
        trees = [(each, screen.office_tree(connection, each.id, today, whole=bool(tat_ca))) for each in offices]
        away = {each.id: screen.away_of(connection, each.id, today) for each in offices}
    return visit.page(
        "organisation.html",
        trees=trees,
        away=away,
        whole=bool(tat_ca),
        today=today,
        edits=administered(visit.person),
        org=words,
    )


@pages.get("/to-chuc/thay-doi", PERSON)
def changes(visit: Guest) -> Response:
    """Who changed what, newest first."""
    with visit.web.database.read() as connection:
        found = [
            each
            for office in own_offices(visit, connection)
            for each in organisation.changes_of(connection, office.id, CHANGES_SHOWN)
        ]
        found.sort(key=lambda each: (each.at, each.id), reverse=True)
        bodies = body_names(connection, [each.body_id for each in found])
        people = person_names(connection, [str(each.person_id) for each in found if each.person_id])
    return visit.page(
        "organisation_changes.html",
        rows=[
            (each, said(each), bodies.get(each.body_id or 0, ""), people.get(str(each.person_id), "")) for each in found
        ],
    )


@pages.get("/to-chuc/{body_id}", PERSON)
def body(visit: Guest, body_id: int) -> Response:
    """One body; an administrator finds here what can be changed."""
    return body_page(visit, body_id)


def body_page(visit: Visit, body_id: int, wrong: list[Mistake] | None = None, status: int = 200) -> Response:
    """The page of a body, with what was wrong with a change of it."""
    today = local_day(visit.now)
    with visit.web.database.read() as connection:
        require_sight(visit, connection, body_id)
        seen = screen.body_seen(connection, body_id, today)
    return visit.page(
        "organisation_body.html",
        status=status,
        seen=seen,
        today=today,
        wrong=wrong or [],
        may_edit=seen.body.office_id in administered(visit.person),
        org=words,
    )


def own_offices(visit: Visit, connection: Connection) -> list[Body]:
    """The offices that the visitor belongs to, also by a body that only takes part in one."""
    bodies = directory.bodies_by_id(connection, sight.sight_of(connection, visit.person.groups).body_ids)
    ids = {each.office_id for each in bodies.values() if each.office_id is not None}
    return sorted(directory.bodies_by_id(connection, ids).values(), key=lambda each: each.id)


def require_sight(visit: Visit, connection: Connection, body_id: int) -> Body:
    """A body of an own office; NotFound for any other."""
    found = directory.body(connection, body_id)
    if found.office_id not in {each.id for each in own_offices(visit, connection)}:
        raise NotFound("body", id=body_id)
    return found


def said(change: Change) -> str:
    """A change in words."""
    facts = {name: in_words(name, value) for name, value in change.facts.items()}
    known = {
        "name": "",
        "title": "",
        "was": "",
        "since": "",
        "last_day": "",
        "capacity": "",
        "first_day": "",
        "file": "",
    }
    numbers = {"new": "0", "changed": "0", "days": ""}
    return words.CHANGE.get(change.change, change.change).format_map(known | numbers | facts)
