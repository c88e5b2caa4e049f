"""As whom a browser acts that comes by a link: a person by session or device, or a body that types a code."""

from __future__ import annotations

import logging
from dataclasses import replace

from sqlalchemy import Connection
from starlette.responses import Response

from notifications import links
from service.auth.actor import FIELD, OWN, Standing, Task, actor_of, standing_for
from service.auth.visit import Visit
from service.statuses import status_of
from service.words.refusals import sentence_of
from workflows.actions.give_late_opinion import speakers_for
from workflows.engine.actor import Actor
from workflows.engine.rights import may_act
from workflows.errors import Refused
from workflows.store import directory
from workflows.store.links import Link
from workflows.store.local_days import local_day
from workflows.store.worklist import TaskRow

from .failures import failure_page

_log = logging.getLogger(__name__)


def standing_of_link(visit: Visit, connection: Connection, link: Link, task: Task) -> Standing | None:
    """As whom this browser acts: the link's own person by session or known device, or the body that types a code."""
    if link.person_id is None:
        assert link.body_id is not None, "a link is made for a person or for a body"
        return standing_of_body(visit, connection, link.body_id)
    # Whoever is signed in is who is there: the device of somebody who used this browser before counts no more then.
    there = visit.session.person_id if visit.session else visit.device_person
    if link.person_id != there:
        return None
    name = directory.person(connection, link.person_id).name
    actor = actor_of(connection, link.person_id, name, visit.now, channel="link")
    found = standing_for(connection, replace(actor, session=visit.sign_in), task, visit.now)
    # The link is bound to the capacity it was made for; another one is chosen on the page of the task itself.
    bound = OWN if link.delegation_id is None else f"uy_quyen_{link.delegation_id}"
    asked = visit.form.text(FIELD)
    if asked not in ("", bound):
        raise Refused("CAPACITY_GONE", field=FIELD)
    return replace(next((each for each in found.options if each.key == bound), found), options=())


def standing_of_body(visit: Visit, connection: Connection, body_id: int) -> Standing:
    """A body without account, by the mouth of whoever gave a name in the form."""
    body = directory.body(connection, body_id)
    named = visit.form.text("ho_ten")
    name = f"{named} ({body.name})" if named else body.name
    return Standing(Actor(f"co_quan@{body.id}", name, channel="link", groups=frozenset(speakers_for(body.id))))


def send_code_for(visit: Visit, token: str, page: str) -> Response:
    """Have the code of this link written, and go on to where it is typed."""
    try:
        with visit.web.database.write() as connection:
            links.make_code(connection, token, visit.now)
    except Refused as refused:
        return failure_page(visit.request, status_of(refused), refused.code, [sentence_of(refused.reasons[0])])
    visit.web.nudge()
    return visit.go(f"{page}?ma=1#o-ma")


def wrong_code(visit: Visit, token: str) -> Refused | None:
    """What is wrong with the code that was typed; None when it is right."""
    if not visit.form.text("ma"):
        return Refused("CODE_NEEDED")
    with visit.web.database.write() as connection:
        return links.check_code(connection, token, visit.form.text("ma"), visit.now)


def is_known(visit: Visit, link: Link) -> bool:
    """Whether this browser is that of the link's person; a body's link is known by whoever has it."""
    return link.person_id is None or link.person_id == (
        visit.session.person_id if visit.session else visit.device_person
    )


def of_another(visit: Visit, link: Link, task: TaskRow) -> Response:
    """Somebody else is signed in: the page says so without a name or an address, and nothing is done."""
    _log.warning("a link was opened by another person: task %s", task.id)
    with visit.web.database.read() as connection:
        held = directory.posts_held(connection, link.person_id or 0, local_day(visit.now))
        place = directory.body(connection, held[0].body_id).name if held else ""
        own = standing_for(connection, visit.person, task, visit.now)
    title = f"{held[0].title.capitalize()} {place}" if held else ""
    return visit.page("link_other.html", status=403, title=title, task=task, own=not may_act(task, own.actor))


def too_many(visit: Visit) -> Response | None:
    """The page for an address that opens links which do not exist; real links go on opening there."""
    links_tried, address = visit.web.links, visit.address
    if not links_tried.allows(address, visit.now):
        refused = Refused("TOO_MANY_LINKS")
        return failure_page(visit.request, status_of(refused), refused.code, [sentence_of(refused.reasons[0])])
    links_tried.count(address, visit.now)
    return None
