"""What stands above each list of the inbox: the tabs with how many each has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection
from starlette.responses import Response

from service.auth.visit import Visit
from service.words import work_words
from workflows.store import directory, worklist
from workflows.store.inbox import COUNTED, inbox
from workflows.store.screens import inbox_lists, sight

from .coming import count_coming


def inbox_page(
    visit: Visit,
    template: str,
    tab: str,
    status: int = 200,
    *,
    counted: str | None = None,
    **facts: Any,  # noqa: ANN401 - a template's variables
) -> Response:
    """A list under the tabs; a plan of another office is marked with whose it is.

    `counted` is how many this tab has, in words, where the list itself has found out; None has it counted.
    """
    with visit.web.database.read() as connection:
        own = sight.sight_of(connection, visit.person.groups).office_ids
        counts = _counts(visit, connection, {} if counted is None else {tab: counted})
        heads = bool(inbox_lists.headed(visit.person.groups))
    tabs = [each for each in work_words.TABS if each[0] != "don-vi" or heads]
    shared: dict[str, Any] = {
        "tabs": tabs,
        "counts": counts,
        "own_offices": own,
        "work": work_words,
        "pickable": {},
        "done": "",
    }
    return visit.page(template, status, tab=tab, **(shared | facts))


def pages_of(total: int, size: int) -> int:
    """How many pages a list of so many takes; an empty list has one."""
    return max(1, -(-total // size))


def _counts(visit: Visit, connection: Connection, known: Mapping[str, str]) -> dict[str, str]:
    """How many each tab has, in words; nothing for an empty one. The first page counts what it lists, so not again."""
    groups, now = visit.person.groups, visit.now
    lent = directory.lent_to(connection, visit.person_id, now)
    seen = sight.sight_with_lent(connection, groups, visit.person_id, now)
    found = dict(known)
    for tab, waiting in (("can-xu-ly", False), ("dang-cho", True)):
        if tab in known:
            continue
        mine = inbox(connection, visit.person_id, groups, now, lent=lent, waiting=waiting, limit=0)
        found[tab] = work_words.counted(mine.total, over=mine.uncounted) if mine.total else ""
    others = {
        "don-vi": inbox_lists.count_of_unit(connection, groups),
        "cho-nguoi-khac": inbox_lists.count_with_others(connection, visit.person_id, visit.person.name, groups),
        "sap-den": count_coming(visit, connection),
        "theo-doi": inbox_lists.count_watched(connection, visit.person_id, seen),
        "da-xu-ly": worklist.count_done_by(connection, visit.person_id, COUNTED + 1),
    }
    for tab, total in others.items():
        found[tab] = work_words.counted(min(total, COUNTED), over=total > COUNTED) if total else ""
    return found
