"""Thành lập nhiều cơ quan từ tệp: looked at line by line, confirmed, made portion by portion, taken back."""

from __future__ import annotations

from starlette.responses import Response

from service.auth.policy import Pages, role
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.words import founding_words as words
from service.words.refusals import sentences_of
from workflows.actions.designing.keepers import require_keeper
from workflows.actions.founding.found import PORTION, UNDO_WITHIN, begin_founding, carry_on, look_at_offices
from workflows.actions.founding.invite_again import invite_again
from workflows.actions.founding.judge import Judged
from workflows.actions.founding.take_back import take_back_founding
from workflows.errors import Refused
from workflows.papers import book_csv, book_xlsx
from workflows.papers.founding_xlsx import template_csv, template_xlsx
from workflows.papers.read_sheet import Row, read_sheet
from workflows.plans.founding_sheet import COLUMNS, read_lines
from workflows.store import foundings
from workflows.store.screens.founded import with_account

from .attachment import attachment
from .kept_sheet import kept_sheet, sheet_kept
from .mistakes import Mistake, mistakes_of

pages = Pages()
ADMINISTRATOR = role("quan_tri")
PORTIONS = 2  # of a request
SHOWN = 10
FILE = "tep_co_quan"


@pages.get("/van-hanh/thanh-lap", ADMINISTRATOR)
def form(visit: Guest) -> Response:
    """The form, with the template to download and the files of before."""
    return _page(visit)


@pages.post("/van-hanh/thanh-lap", ADMINISTRATOR)
def take(visit: Guest) -> Response:
    """A file: what each line would do. The confirmation: what can be founded is kept, and the first of it made."""
    sent = visit.form
    if sent.has("xem_lai"):
        return _page(visit)
    upload = sent.files.get(FILE)
    try:
        if upload is None and not sent.text("du_lieu"):
            raise Refused("FIELD_REQUIRED", field=FILE)
        if upload is None:
            founding_id = begin_founding(
                visit.desk(), read_lines(sheet_kept(sent.text("du_lieu"), FILE)), sent.text("ten_tep")
            )
            return _go_on(visit, founding_id)
        rows = read_sheet(upload.content, upload.name, list(COLUMNS.values()))
        judged = look_at_offices(visit.desk(), read_lines(rows))
        if not judged:
            raise Refused("NOTHING_TO_FOUND")
    except Refused as refused:
        if refused.code == "FOUNDING_RUNS":
            return visit.go(f"/van-hanh/thanh-lap/{refused.facts['id']}")
        wrong = [Mistake(FILE, each.sentence) for each in mistakes_of(refused)]
        return _page(visit, wrong, status_of(refused))
    return _page(visit, judged=judged, rows=rows, name=upload.name)


@pages.get("/van-hanh/thanh-lap/mau", ADMINISTRATOR)
def template(visit: Guest, dang: str = "xlsx") -> Response:
    """A sheet with the headings, how to fill them in, and a line as an example."""
    if dang == "csv":
        return attachment(template_csv(), f"{words.SHEET}.csv", book_csv.MEDIA_TYPE)
    return attachment(template_xlsx(visit.now), f"{words.SHEET}.xlsx", book_xlsx.MEDIA_TYPE)


@pages.get("/van-hanh/thanh-lap/{founding_id}", ADMINISTRATOR)
def one(visit: Guest, founding_id: int) -> Response:
    """How far a file is, and what came of each line."""
    return _one(visit, founding_id)


@pages.post("/van-hanh/thanh-lap/{founding_id}/lam-tiep", ADMINISTRATOR)
def go_on(visit: Guest, founding_id: int) -> Response:
    """Make the next portions."""
    return _go_on(visit, founding_id)


@pages.post("/van-hanh/thanh-lap/{founding_id}/hoan-tac", ADMINISTRATOR)
def take_back(visit: Guest, founding_id: int) -> Response:
    """Take the offices out again in which nobody was."""
    try:
        back = take_back_founding(visit.desk(), founding_id)
    except Refused as refused:
        return _one(visit, founding_id, mistakes_of(refused), status_of(refused))
    return visit.go(f"/van-hanh/thanh-lap/{founding_id}?bo={back.gone}&giu={back.stay}")


@pages.post("/van-hanh/thanh-lap/{founding_id}/moi-lai/{line}", ADMINISTRATOR)
def invite(visit: Guest, founding_id: int, line: int) -> Response:
    """Write to the first administrator of this line anew; the invitation of before ends."""
    try:
        invite_again(visit.desk(), founding_id, line)
    except Refused as refused:
        return _one(visit, founding_id, mistakes_of(refused), status_of(refused))
    visit.web.nudge()
    return visit.go(f"/van-hanh/thanh-lap/{founding_id}?moi={line}")


def _go_on(visit: Visit, founding_id: int) -> Response:
    for _ in range(PORTIONS):
        if not carry_on(visit.desk(), founding_id, PORTION):
            break
    visit.web.nudge()
    return visit.go(f"/van-hanh/thanh-lap/{founding_id}")


def _page(  # noqa: PLR0917 - what the page shows
    visit: Visit,
    wrong: list[Mistake] | None = None,
    status: int = 200,
    judged: list[Judged] | None = None,
    rows: list[Row] | None = None,
    name: str = "",
) -> Response:
    with visit.web.database.house.read() as connection:
        require_keeper(connection, visit.person)
        before = foundings.last_foundings(connection, SHOWN)
    found = judged or []
    new = {each.line.number for each in found if each.is_new}
    first = min((each.line.number for each in found), default=0)
    good = [row for row in rows or [] if row.number in new or row.number < first]  # with the heading
    return visit.page(
        "founding.html",
        status=status,
        wrong=wrong or [],
        judged=[(each, sentences_of(each.problems)) for each in found],
        counts=[(key, sum(each.status == key for each in found)) for key in ("new", "there", "error")],
        kept=kept_sheet(good if new else ()),
        name=name,
        before=before,
        said=words,
    )


def _one(visit: Visit, founding_id: int, wrong: list[Mistake] | None = None, status: int = 200) -> Response:
    with visit.web.database.house.read() as connection:
        require_keeper(connection, visit.person)
        founding = foundings.founding(connection, founding_id)
        lines = foundings.lines_of(connection, founding_id)
        able = with_account(connection, [each.person_id for each in lines if each.person_id is not None])
    counts = {key: sum(each.status == key for each in lines) for key in words.STATUS}
    asked = visit.request.query_params
    invited = next((each for each in lines if str(each.number) == asked.get("moi")), None)
    return visit.page(
        "founding_one.html",
        status=status,
        wrong=wrong or [],
        founding=founding,
        lines=[(each, sentences_of(each.problems)) for each in lines],
        counts=counts,
        able=able,
        until=founding.made_at + UNDO_WITHIN,
        invited=words.INVITED_AGAIN.format(mail=invited.texts.get("thu_quan_tri", "")) if invited else "",
        back=words.BACK.format(gone=asked["bo"], stay=asked.get("giu", "0")) if asked.get("bo", "").isdecimal() else "",
        said=words,
    )
