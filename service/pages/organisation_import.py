"""Nhập danh bạ: a file is looked at line by line, then confirmed; the template and the directory as such a file."""

from __future__ import annotations

from starlette.responses import Response

from service.auth.policy import PERSON, Pages, role
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.words import directory_sheet as words
from service.words.dates import day_words
from service.words.refusals import sentences_of
from workflows.actions.administration import administered
from workflows.actions.organising.import_directory import Outcome, import_directory, rehearse_import
from workflows.errors import Refused
from workflows.papers.book_xlsx import MEDIA_TYPE
from workflows.papers.directory_xlsx import write_directory
from workflows.papers.read_sheet import Row, read_sheet
from workflows.plans.directory_sheet import COLUMNS, read_lines
from workflows.store import directory
from workflows.store.local_days import local_day
from workflows.store.screens.directory_rows import directory_rows

from .kept_sheet import kept_sheet, sheet_kept
from .mistakes import Mistake, mistakes_of
from .organisation import own_offices
from .register_entry import id_of

pages = Pages()
ADMINISTRATOR = role("quan_tri")


@pages.get("/to-chuc/nhap", ADMINISTRATOR)
def form(visit: Guest) -> Response:
    """The form, with the template to download."""
    return _page(visit)


@pages.post("/to-chuc/nhap", ADMINISTRATOR)
def take(visit: Guest) -> Response:
    """A file: what each line would do. The confirmation: all of it is kept, or nothing."""
    sent = visit.form
    if sent.has("xem_lai"):
        return _page(visit)
    rows: list[Row] = []
    outcome: Outcome | None = None
    try:
        office_id = id_of(sent.text("co_quan"), "co_quan")
        upload = sent.files.get("tep_danh_ba")
        name = upload.name if upload else sent.text("ten_tep")
        if upload is None and not sent.text("du_lieu"):
            raise Refused("FIELD_REQUIRED", field="tep_danh_ba")
        rows = (
            read_sheet(upload.content, upload.name, list(COLUMNS.values()))
            if upload
            else sheet_kept(sent.text("du_lieu"), "tep_danh_ba")
        )
        outcome = rehearse_import(visit.desk(), office_id, read_lines(rows))
        if upload is None and sent.has("xac_nhan"):
            import_directory(visit.desk(), office_id, read_lines(rows), name)
            return visit.go("/to-chuc/thay-doi")
    except Refused as refused:
        wrong = [Mistake("tep_danh_ba", each.sentence) for each in mistakes_of(refused)]
        return _page(visit, wrong, status_of(refused), outcome, rows)
    return _page(visit, outcome=outcome, rows=rows, name=name)


@pages.get("/to-chuc/mau", ADMINISTRATOR)
def template(visit: Guest) -> Response:
    """An empty sheet with the headings and how to fill them in."""
    return _file("mau-danh-ba", write_directory((), visit.now))


@pages.get("/to-chuc/tai-ve", PERSON)
def export(visit: Guest) -> Response:
    """The directory of the own offices in the form of the template."""
    today = local_day(visit.now)
    with visit.web.database.read() as connection:
        rows = [
            row for office in own_offices(visit, connection) for row in directory_rows(connection, office.id, today)
        ]
    texts = [{key: value if isinstance(value, str) else day_words(value) for key, value in row.items()} for row in rows]
    return _file(words.SHEET, write_directory(texts, visit.now))


def _file(name: str, content: bytes) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}.xlsx"'}
    return Response(content, media_type=MEDIA_TYPE, headers=headers)


def _page(  # noqa: PLR0917 - what the page shows
    visit: Visit,
    wrong: list[Mistake] | None = None,
    status: int = 200,
    outcome: Outcome | None = None,
    rows: list[Row] | None = None,
    name: str = "",
) -> Response:
    with visit.web.database.read() as connection:
        offices = list(directory.bodies_by_id(connection, administered(visit.person)).values())
    results = outcome.results if outcome else ()
    clean = outcome is not None and not outcome.count("error")
    return visit.page(
        "organisation_import.html",
        status=status,
        offices=[(each.id, each.name) for each in offices],
        typed={"co_quan": visit.form.text("co_quan")},
        wrong=wrong or [],
        results=[(each, sentences_of(each.problems)) for each in results],
        counts=[(key, words.STATUS[key], outcome.count(key)) for key in words.STATUS] if outcome else [],
        kept=kept_sheet(rows if clean and rows else ()),
        name=name,
        sheet=words,
    )
