"""Việc cần xử lý: what waits for the person, by urgency; what they did; what waits for others."""

from __future__ import annotations

from sqlalchemy import Connection
from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest, Visit
from service.words import dates, vi
from workflows.store import directory
from workflows.store.screens import inbox as screen
from workflows.store.screens import sight

pages = Pages()
PAGE_SIZE = 100


@pages.get("/", PERSON)
def home(visit: Guest) -> Response:
    """The first page is the inbox."""
    return visit.go("/viec")


@pages.get("/viec", PERSON)
def to_do(visit: Guest, trang: int = 1) -> Response:
    """What waits for the person, in groups by urgency."""
    page = max(1, trang)
    with visit.web.database.read() as connection:
        lent = directory.lent_to(connection, visit.person_id, visit.now)
        own = _own_offices(visit, connection)
        found = screen.to_do(connection, visit.person_id, visit.person.groups, lent, visit.now, page, PAGE_SIZE)
    return visit.page(
        "inbox.html",
        tab="can-xu-ly",
        total=found.total,
        groups=_grouped(visit, found.rows),
        own_offices=own,
        page=page,
        last=max(1, -(-found.total // PAGE_SIZE)),
    )


@pages.get("/viec/da-xu-ly", PERSON)
def done(visit: Guest) -> Response:
    """What the person did, latest first."""
    with visit.web.database.read() as connection:
        rows, own = screen.done(connection, visit.person_id), _own_offices(visit, connection)
    return visit.page("inbox_other.html", tab="da-xu-ly", rows=rows, own_offices=own)


@pages.get("/viec/cho-nguoi-khac", PERSON)
def with_others(visit: Guest) -> Response:
    """What of the person's plans waits for somebody else."""
    with visit.web.database.read() as connection:
        rows = screen.with_others(connection, visit.person_id, visit.person.name, visit.person.groups)
        own = _own_offices(visit, connection)
    return visit.page("inbox_other.html", tab="cho-nguoi-khac", rows=rows, own_offices=own)


def _own_offices(visit: Visit, connection: Connection) -> frozenset[int]:
    """The person's own offices; a plan of any other is marked with whose it is."""
    return sight.sight_of(connection, visit.person.groups).office_ids


def _grouped(visit: Visit, rows: tuple[screen.InboxRow, ...]) -> list[tuple[str, list[screen.InboxRow]]]:
    """Rows under the titles of their urgency, in the order of the titles; empty groups are left out."""
    by_tone: dict[str, list[screen.InboxRow]] = {tone: [] for tone in vi.INBOX_GROUPS}
    for row in rows:
        by_tone[dates.lateness(row.task.due, visit.now).tone].append(row)
    return [(vi.INBOX_GROUPS[tone], found) for tone, found in by_tone.items() if found]
