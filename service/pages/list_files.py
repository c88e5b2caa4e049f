"""Every list of ours as a file to keep: a worksheet, CSV, and a calendar where its lines have days. One way for all.

A list page at an address has its file under `<address>/tai-ve?dang=xlsx|csv|ics`, with the same filters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from service.auth.visit import Visit
from service.calendar_feed import calendar_of_dates
from workflows.errors import NotFound
from workflows.papers import book_csv, book_xlsx
from workflows.store.screens.own_dates import OwnDate

from .attachment import attachment

CALENDAR = "text/calendar; charset=utf-8"
MOST_LINES = 20_000


@dataclass(frozen=True)
class ListFile:
    """A list: the name of its file, what stands above it, its columns (head, width in characters) and its lines.

    `days` are the last days of its lines; None for a list that has none, so that no calendar is made of it.
    """

    name: str
    title: str
    columns: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[str]]
    cover: Sequence[str] = ()
    days: Sequence[OwnDate] | None = None


def list_file(visit: Visit, listed: ListFile) -> Response:
    """The list in the form that the address asks for; NotFound for a form that it does not have."""
    form = visit.request.query_params.get("dang", "xlsx")
    if form == "xlsx":
        cover = [each for each in listed.cover if each]
        content = book_xlsx.write_book(listed.title, cover, listed.columns, listed.rows, visit.now)
        return attachment(content, f"{listed.name}.xlsx", book_xlsx.MEDIA_TYPE)
    if form == "csv":
        content = book_csv.write_csv([head for head, _ in listed.columns], listed.rows)
        return attachment(content, f"{listed.name}.csv", book_csv.MEDIA_TYPE)
    if form == "ics" and listed.days is not None:
        content = calendar_of_dates(listed.days, visit.web.settings.base_url)
        return attachment(content, f"{listed.name}.ics", CALENDAR)
    raise NotFound("sheet", name=form[:10])
