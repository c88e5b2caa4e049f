"""Việc cần xử lý: what waits for the person, by urgency, narrowed by what stands in the address."""

from __future__ import annotations

import json

from sqlalchemy import Connection
from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest, Visit
from service.inbox_asked import EVERYTHING, Asked, asked_of
from service.words import dates, inbox_words, vi, work_words
from service.words.incident_words import incident_sentence
from workflows.actions.forms.together import TOGETHER
from workflows.actions.list_incidents import SeenIncident, list_incidents
from workflows.store import directory, own_desk
from workflows.store.inbox import ids_of_inbox
from workflows.store.screens import inbox as screen

from .inbox_frame import inbox_page, pages_of
from .mistakes import Mistake

pages = Pages()
PAGE_SIZE = 50
MOST_INCIDENTS = 5
LIST = "viec"  # the name of this list among saved filters


@pages.get("/viec", PERSON)
def to_do(visit: Guest) -> Response:
    """What waits for the person, in groups by urgency."""
    return to_do_page(visit)


def to_do_page(visit: Visit, wrong: list[Mistake] | None = None, status: int = 200) -> Response:
    """The list; with what is wrong with the filter that somebody tried to save."""
    given = visit.form.fields if wrong else visit.request.query_params
    asked = asked_of(given)
    with visit.web.database.read() as connection:
        found = mine(visit, connection, asked, waiting=False)
        filters = own_desk.filters_of(connection, visit.person_id, LIST)
    mark = visit.request.query_params.get("xong", "")
    waiting_incidents = _incidents(visit)
    total = work_words.counted(found.total, over=found.uncounted)
    return inbox_page(
        visit,
        "inbox.html",
        "can-xu-ly",
        status,
        counted=(total if found.total else "") if asked == EVERYTHING else None,
        total=total,
        groups=_grouped(visit, found.rows),
        asked=asked,
        last=found.rows[-1].task.id if found.more else "",
        before=found.before if asked.after and found.first else None,
        place=_place(found),
        filters=filters,
        incidents=waiting_incidents[:MOST_INCIDENTS],
        incidents_more=len(waiting_incidents) > MOST_INCIDENTS,
        filter_words=inbox_words,
        pickable=TOGETHER if sum(row.task.form in TOGETHER for row in found.rows) > 1 else {},
        done=work_words.DONE.get(mark, "") or inbox_words.DONE.get(mark, ""),
        wrong=wrong or [],
        typed=given,
    )


@pages.get("/viec/moi", PERSON)
def whats_new(visit: Guest) -> Response:
    """For the script of an open list: the ids of what is in it now; unchanged ones cost a line (ETag)."""
    asked = asked_of(visit.request.query_params)
    with visit.web.database.read() as connection:
        ids = ids_of_inbox(
            connection,
            visit.person_id,
            visit.person.groups,
            visit.now,
            lent=directory.lent_to(connection, visit.person_id, visit.now),
            form=asked.form,
            words=asked.folded,
            until=asked.until(visit.now),
        )
    return visit.tagged_json(json.dumps({"viec": ids}))


@pages.get("/viec/dang-cho", PERSON)
def waiting(visit: Guest) -> Response:
    """The person's own tasks that wait for an answer or for a day."""
    with visit.web.database.read() as connection:
        found = mine(visit, connection, EVERYTHING, waiting=True)
    total = work_words.counted(found.total, over=found.uncounted)
    return inbox_page(visit, "inbox_other.html", "dang-cho", rows=found.rows, total=total, page=1, pages=1)


def mine(visit: Visit, connection: Connection, asked: Asked, *, waiting: bool) -> screen.InboxPage:
    """One page of what this person may do."""
    lent = directory.lent_to(connection, visit.person_id, visit.now)
    return screen.to_do(
        connection,
        visit.person_id,
        visit.person.groups,
        lent,
        visit.now,
        size=PAGE_SIZE,
        after=asked.after,
        waiting=waiting,
        form=asked.form,
        words=asked.folded,
        until=asked.until(visit.now),
    )


def _incidents(visit: Visit) -> list[tuple[SeenIncident, str]]:
    """What failed in the cases of the offices that the person keeps the processes of, oldest first, in words."""
    if not visit.administers:
        return []
    found = list_incidents(visit.desk(), MOST_INCIDENTS + 1)
    return [(each, incident_sentence(each.incident.code, each.incident.message)) for each in found]


def _place(found: screen.InboxPage) -> str:
    """Which page of how many; nothing for a list of one page, nor behind what is counted."""
    pages_in_all = pages_of(found.total, PAGE_SIZE)
    if found.first is None or (pages_in_all == 1 and not found.uncounted):
        return ""
    return inbox_words.page_words(found.first // PAGE_SIZE + 1, pages_in_all, over=found.uncounted)


def _grouped(visit: Visit, rows: tuple[screen.InboxRow, ...]) -> list[tuple[str, list[screen.InboxRow]]]:
    """Rows under the titles of their urgency, in the order of the titles; empty groups are left out."""
    by_tone: dict[str, list[screen.InboxRow]] = {tone: [] for tone in vi.INBOX_GROUPS}
    for row in rows:
        by_tone[dates.lateness(row.task.due, visit.now).tone].append(row)
    return [(vi.INBOX_GROUPS[tone], found) for tone, found in by_tone.items() if found]
