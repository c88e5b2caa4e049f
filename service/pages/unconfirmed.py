"""/so-van-ban/chua-xac-nhan: what was sent on an earlier day and nobody confirmed (NĐ 30/2020 Điều 21)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest, Visit
from service.words import books, list_words
from service.words import distribution as said
from service.words.dates import time_words
from service.words.vi import CHANNEL, numbered
from workflows.actions.chase_receipts import beginning_of_day
from workflows.store import distributing
from workflows.store.distributing import Unconfirmed
from workflows.store.local_days import local_day
from workflows.store.screens import sight

from .list_files import ListFile, list_file
from .paper_letters import papers_to_tell

pages = Pages()
HOME = "/so-van-ban/chua-xac-nhan"


@pages.get(HOME, PERSON)
def show(visit: Guest) -> Response:
    """The lines of the own offices, the oldest first."""
    found = _found(visit)
    clerk_of = {int(key.partition("@")[2]) for key in visit.person.groups if key.startswith("van_thu@")}
    with visit.web.database.read() as connection:
        offices = sight.sight_of(connection, visit.person.groups).office_ids
        papers = papers_to_tell(connection, office_ids=frozenset(offices))
    return visit.page(
        "unconfirmed.html",
        found=found,
        documents=list(_by_document(found)),
        papers=papers,
        clerk_of=clerk_of,
        said=said,
        book_words=books,
        days=lambda each: _days(visit, each),
    )


@pages.get(f"{HOME}/tai-ve", PERSON)
def as_file(visit: Guest) -> Response:
    """The same as a file."""
    rows = [
        (
            numbered(each.number, each.symbol),
            each.title,
            each.recipient.body_name,
            CHANNEL[each.recipient.channel],
            time_words(each.recipient.sent_at) if each.recipient.sent_at else "",
            str(_days(visit, each)),
            str(each.reminders),
        )
        for each in _found(visit)
    ]
    cover = [time_words(visit.now)]
    return list_file(visit, ListFile(list_words.UNCONFIRMED, said.LATE_TITLE, said.LATE_COLUMNS, rows, cover))


def _found(visit: Visit) -> list[Unconfirmed]:
    with visit.web.database.read() as connection:
        offices = sight.sight_of(connection, visit.person.groups).office_ids
        return distributing.unconfirmed(connection, beginning_of_day(visit.now), offices)


def _by_document(found: Sequence[Unconfirmed]) -> Iterable[list[Unconfirmed]]:
    """The lines of each document together, the documents in the order in which they come up."""
    documents: dict[tuple[str, int], list[Unconfirmed]] = {}
    for each in found:
        documents.setdefault((each.recipient.subject, each.recipient.subject_id), []).append(each)
    return documents.values()


def _days(visit: Visit, each: Unconfirmed) -> int:
    sent = each.recipient.sent_at
    return (local_day(visit.now) - local_day(sent)).days if sent else 0
