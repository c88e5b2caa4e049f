"""Việc cần xử lý: what waits for the person, by urgency; what is put off; what others have; what the person did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest, Visit
from service.words import dates, vi, work_words
from workflows.actions.forms.together import TOGETHER
from workflows.plans.names import fold
from workflows.store import directory
from workflows.store.inbox import inbox
from workflows.store.screens import inbox as screen
from workflows.store.screens import inbox_lists, sight

pages = Pages()
PAGE_SIZE = 50


@dataclass(frozen=True)
class Asked:
    """What the address asks for: behind which task the page begins, and what narrows the list."""

    after: str | None
    form: str
    words: str


EVERYTHING = Asked(None, "", "")


@pages.get("/viec", PERSON)
def to_do(visit: Guest, sau: str = "", buoc: str = "", tim: str = "") -> Response:
    """What waits for the person, in groups by urgency."""
    asked = Asked(sau[:40] or None, buoc if buoc in vi.FORM_VERB else "", tim.strip()[:100])
    with visit.web.database.read() as connection:
        found = _mine(visit, connection, asked, waiting=False)
    return _page(
        visit,
        "inbox.html",
        "can-xu-ly",
        total=work_words.counted(found.total, over=found.uncounted),
        groups=_grouped(visit, found.rows),
        asked=asked,
        last=found.rows[-1].task.id if found.more else "",
        pickable=TOGETHER if sum(row.task.form in TOGETHER for row in found.rows) > 1 else {},
        done=work_words.DONE.get(visit.request.query_params.get("xong", ""), ""),
    )


@pages.get("/viec/dang-cho", PERSON)
def waiting(visit: Guest) -> Response:
    """The person's own tasks that wait for an answer or for a day."""
    with visit.web.database.read() as connection:
        rows = _mine(visit, connection, EVERYTHING, waiting=True).rows
    return _page(visit, "inbox_other.html", "dang-cho", rows=rows)


@pages.get("/viec/don-vi", PERSON)
def unit(visit: Guest, giu: str = "") -> Response:
    """Everything open in the units that the person heads; `giu` narrows it to one holder."""
    with visit.web.database.read() as connection:
        rows = inbox_lists.of_unit(connection, visit.person.groups, str(visit.person_id), visit.now)
    holders = {row.task.assignee: row.holder for row in rows if row.task.assignee}
    shown = [row for row in rows if not giu or row.task.assignee == giu]
    return _page(visit, "inbox_other.html", "don-vi", rows=shown, holders=holders, holder=giu)


@pages.get("/viec/da-xu-ly", PERSON)
def done(visit: Guest) -> Response:
    """What the person did, latest first."""
    with visit.web.database.read() as connection:
        rows = screen.done(connection, visit.person_id)
    return _page(visit, "inbox_other.html", "da-xu-ly", rows=rows)


@pages.get("/viec/cho-nguoi-khac", PERSON)
def with_others(visit: Guest) -> Response:
    """What of the person's plans waits for somebody else."""
    with visit.web.database.read() as connection:
        name, groups = visit.person.name, visit.person.groups
        rows = inbox_lists.with_others(connection, visit.person_id, name, groups, visit.now)
    return _page(visit, "inbox_other.html", "cho-nguoi-khac", rows=rows)


@pages.get("/viec/theo-doi", PERSON)
def watched(visit: Guest) -> Response:
    """The plans that the person watches, and what was told of them."""
    with visit.web.database.read() as connection:
        plans = inbox_lists.watched(connection, visit.person_id)
    return _page(visit, "inbox_watched.html", "theo-doi", plans=plans)


def _mine(visit: Visit, connection: Connection, asked: Asked, *, waiting: bool) -> screen.InboxPage:
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
        words=fold(asked.words),
    )


def _how_many(visit: Visit, connection: Connection, *, waiting: bool) -> str:
    lent = directory.lent_to(connection, visit.person_id, visit.now)
    own, now = visit.person.groups, visit.now
    found = inbox(connection, visit.person_id, own, now, lent=lent, waiting=waiting, limit=0)
    return work_words.counted(found.total, over=found.uncounted) if found.total else ""


def _page(visit: Visit, template: str, tab: str, **facts: Any) -> Response:  # noqa: ANN401 - a template's variables
    """A list under the tabs with their counts; a plan of another office is marked with whose it is."""
    with visit.web.database.read() as connection:
        own = sight.sight_of(connection, visit.person.groups).office_ids
        counts = {
            "can-xu-ly": _how_many(visit, connection, waiting=False),
            "dang-cho": _how_many(visit, connection, waiting=True),
            "cho-nguoi-khac": inbox_lists.count_with_others(
                connection, visit.person_id, visit.person.name, visit.person.groups
            ),
            "theo-doi": inbox_lists.count_watched(connection, visit.person_id),
        }
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
    return visit.page(template, tab=tab, **(shared | facts))


def _grouped(visit: Visit, rows: tuple[screen.InboxRow, ...]) -> list[tuple[str, list[screen.InboxRow]]]:
    """Rows under the titles of their urgency, in the order of the titles; empty groups are left out."""
    by_tone: dict[str, list[screen.InboxRow]] = {tone: [] for tone in vi.INBOX_GROUPS}
    for row in rows:
        by_tone[dates.lateness(row.task.due, visit.now).tone].append(row)
    return [(vi.INBOX_GROUPS[tone], found) for tone, found in by_tone.items() if found]
