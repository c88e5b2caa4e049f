"""Đang sửa: whoever has a draft open to write in it is named to the others, and hears of a newer version."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest, Visit
from workflows.actions.edit_draft import edit_draft
from workflows.errors import NotFound
from workflows.store import own_desk
from workflows.store.screens import sight

pages = Pages()


@dataclass(frozen=True)
class Editing:
    """What a page says of a draft that others may have open: which version it shows, and the names of the others."""

    plan_id: int
    version: int
    names: Sequence[str]


@pages.post("/ke-hoach/{plan_id}/dang-sua", PERSON)
def note(visit: Guest, plan_id: int) -> Response:
    """For the script of a page with the text of a draft: "I am here"; back come the others and the newest version."""
    with visit.web.database.read() as connection:
        if not sight.sees(connection, sight.sight_of(connection, visit.person.groups), plan_id):
            raise NotFound("plan", id=plan_id)
    found = edit_draft(visit.desk(), plan_id, visit.person_id)
    return visit.json(json.dumps({"khac": found.others, "ban": found.version}, ensure_ascii=False))


def editors(visit: Visit, plan_id: int) -> list[str]:
    """The names of the others who have the draft open now; looking notes nothing."""
    with visit.web.database.read() as connection:
        return own_desk.editors_of(connection, plan_id, visit.person_id, visit.now)
