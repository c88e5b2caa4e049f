"""As whom a browser acts that comes by a link: a person by session or device, or a body that types a code."""

from __future__ import annotations

from sqlalchemy import Connection

from notifications import links
from service.auth.actor import FIELD, Standing, Task, actor_of, standing_for
from service.auth.visit import Visit
from workflows.actions.give_late_opinion import speakers_for
from workflows.engine.actor import Actor
from workflows.errors import Refused
from workflows.store import directory
from workflows.store.links import Link


def standing_of_link(visit: Visit, connection: Connection, link: Link, task: Task) -> Standing | None:
    """As whom this browser acts: the link's own person by session or known device, or the body that types a code."""
    if link.person_id is None:
        assert link.body_id is not None, "a link is made for a person or for a body"
        return standing_of_body(visit, connection, link.body_id)
    session = visit.session.person_id if visit.session else None
    if link.person_id not in (session, visit.device_person):
        return None
    name = directory.person(connection, link.person_id).name
    actor = actor_of(connection, link.person_id, name, visit.now, channel="link")
    return standing_for(connection, actor, task, visit.now, visit.form.text(FIELD))


def standing_of_body(visit: Visit, connection: Connection, body_id: int) -> Standing:
    """A body without account, by the mouth of whoever gave a name in the form."""
    body = directory.body(connection, body_id)
    named = visit.form.text("ho_ten")
    name = f"{named} ({body.name})" if named else body.name
    return Standing(Actor(f"co_quan@{body.id}", name, channel="link", groups=frozenset(speakers_for(body.id))))


def wrong_code(visit: Visit, token: str) -> Refused | None:
    """What is wrong with the code that was typed; None when it is right."""
    if not visit.form.text("ma"):
        return Refused("CODE_NEEDED")
    with visit.web.database.write() as connection:
        return links.check_code(connection, token, visit.form.text("ma"), visit.now)
