"""What waits for the person as a file: the list of the inbox with the same filters, all pages of it at once."""

from __future__ import annotations

from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest
from service.inbox_asked import asked_of
from service.words import dates, inbox_words, vi
from workflows.store import directory
from workflows.store.local_days import local_day
from workflows.store.screens import inbox as screen
from workflows.store.screens.inbox import InboxRow
from workflows.store.screens.own_dates import OwnDate

from .list_files import ListFile, list_file

pages = Pages()
MOST = 2000  # of one person's open work; more than that nobody has to do alone


@pages.get("/viec/tai-ve", PERSON)
def as_file(visit: Guest) -> Response:
    """The list as the filters in the address leave it."""
    asked = asked_of(visit.request.query_params)
    with visit.web.database.read() as connection:
        found = screen.to_do(
            connection,
            visit.person_id,
            visit.person.groups,
            directory.lent_to(connection, visit.person_id, visit.now),
            visit.now,
            size=MOST,
            form=asked.form,
            words=asked.folded,
            until=asked.until(visit.now),
        ).rows
    days = [
        OwnDate(f"viec-{task.id}", "viec", local_day(task.due), _verb(row), _about(row), f"/viec/{task.id}", visit.now)
        for row in found
        for task in (row.task,)
        if task.due is not None
    ]
    rows = [
        (
            _verb(row),
            _about(row),
            vi.numbered(row.plan.number, row.plan.symbol) if row.plan else "",
            row.plan.unit if row.plan else "",
            dates.lateness(row.task.due, visit.now).words,
            row.holder,
            ", ".join(row.lent),
            dates.time_words(row.task.opened_at),
        )
        for row in found
    ]
    cover = [f"{visit.person.name}, {dates.time_words(visit.now)}"]
    name = inbox_words.FILE_NAME
    return list_file(visit, ListFile(name, name.upper(), inbox_words.FILE_COLUMNS, rows, cover, days))


def _verb(row: InboxRow) -> str:
    return vi.FORM_VERB.get(row.task.form or "", row.task.name)


def _about(row: InboxRow) -> str:
    title = row.plan.title if row.plan else ""
    return f"{row.subject} – {title}" if row.subject and title else row.subject or title
