"""The turn of the year: reviews of a plan, files of finished plans and how long they are kept, indices over years."""

from __future__ import annotations

from collections.abc import Callable

from starlette.responses import Response

from service.auth.policy import PERSON, Pages, role
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.words import report_words
from workflows.actions.archive_plans import ARCHIVE
from workflows.actions.enter_index import IndexEntry, enter_index
from workflows.errors import NotFound, Refused
from workflows.plans.word_diff import compare
from workflows.store import directory, document_files, indices, plans, yearly
from workflows.store.local_days import local_day
from workflows.store.screens import sight

from .attachment import attachment
from .mistakes import Mistake, mistakes_of
from .plan import open_plan, plan_tab

pages = Pages()
CLERK = role("van_thu")
FILES, INDICES = "/luu-tru", "/chi-so"


@pages.get("/ke-hoach/{plan_id}/ra-soat", PERSON)
def reviews(visit: Guest, plan_id: int) -> Response:
    """The reviews of the plan, and its file once it is over."""
    with visit.web.database.read() as connection:
        opened = open_plan(visit, connection, plan_id)
        return plan_tab(
            visit,
            opened,
            "bao-cao",
            template="plan_years.html",
            reviews=yearly.reviews_of(connection, plan_id),
            archives=yearly.archives_of(connection, plan_id=plan_id),
            proposals=report_words.PROPOSAL,
            file_kinds=report_words.FILE_KIND,
        )


@pages.get("/ke-hoach/{plan_id}/ke-hoach-truoc", PERSON)
def against_predecessor(visit: Guest, plan_id: int) -> Response:
    """What this plan says otherwise than the one that it amends or replaces."""
    with visit.web.database.read() as connection:
        opened = open_plan(visit, connection, plan_id)
        review = yearly.review_that_made(connection, plan_id)
        if review is None:
            raise NotFound("review", plan=plan_id)
        before = plans.plan(connection, review.plan_id)
        older = plans.version(connection, before.id, before.version)
        newer = plans.version(connection, plan_id, opened.top.plan.version)
        return plan_tab(
            visit,
            opened,
            "phien-ban",
            template="successor.html",
            before=before,
            review=review,
            compared=compare(older.text, newer.text),
        )


@pages.get("/ke-hoach/{plan_id}/ho-so.{ending}", PERSON)
def file_of_plan(visit: Guest, plan_id: int, ending: str) -> Response:
    """The file of a finished plan, as PDF or XML."""
    with visit.web.database.read() as connection:
        open_plan(visit, connection, plan_id)
        kept = [each for each in document_files.files_of(connection, ARCHIVE, plan_id) if each.role == ending]
        if not kept:
            raise NotFound("archive", plan=plan_id)
        return attachment(document_files.file_content(connection, kept[-1].id), kept[-1].name, kept[-1].media_type)


@pages.get(FILES, PERSON)
def files(visit: Guest) -> Response:
    """The files of the own offices by year, how long they are kept, what falls due this year, what may be destroyed."""
    with visit.web.database.read() as connection:
        offices = sorted(sight.sight_of(connection, visit.person.groups).office_ids)
        return visit.page(
            "archives.html",
            found=yearly.archives_of(connection, office_ids=offices),
            rules=[(office, yearly.retention_of(connection, office)) for office in offices],
            names={each.id: each.name for each in directory.bodies_by_id(connection, offices).values()},
            today=local_day(visit.now),
            kinds=report_words.FILE_KIND,
        )


@pages.get(INDICES, PERSON)
def all_indices(visit: Guest) -> Response:
    """The indices of the own offices over years."""
    return _indices_page(visit)


@pages.post(INDICES, CLERK)
def enter(visit: Guest) -> Response:
    """Enter a year of an index."""
    form = visit.form
    entry = IndexEntry(
        form.text("chi_so"),
        form.text("don_vi_tinh"),
        form.text("nam"),
        form.text("gia_tri"),
        form.text("xep_hang"),
        form.text("chi_tieu"),
        form.text("nguon"),
        rising=form.text("chieu") != "giam",
    )
    return _do(visit, INDICES, lambda: enter_index(visit.desk(), _office(visit), entry), _indices_page)


def _office(visit: Visit) -> int:
    """The office whose clerk the visitor is; of several the one that was chosen."""
    own = sorted(int(key.partition("@")[2]) for key in visit.person.groups if key.startswith("van_thu@"))
    chosen = visit.form.text("co_quan_so")
    return next((each for each in own if str(each) == chosen), own[0])


def _do(visit: Visit, path: str, verb: Callable[[], object], page: Callable[..., Response]) -> Response:
    if visit.form.has("xem_lai"):
        return page(visit)
    try:
        verb()
    except Refused as refused:
        if status_of(refused) != 422:
            raise
        return page(visit, mistakes_of(refused), 422)
    return visit.go(path)


def _indices_page(visit: Visit, wrong: list[Mistake] | None = None, status: int = 200) -> Response:
    with visit.web.database.read() as connection:
        visit.know_frame(connection)
        offices = sight.sight_of(connection, visit.person.groups).office_ids
        return visit.page(
            "indices.html",
            status=status,
            found=indices.indices_of(connection, offices),
            known=indices.KNOWN,
            is_clerk=any(key.startswith("van_thu@") for key in visit.person.groups),
            typed=visit.form.fields,
            wrong=wrong or [],
        )
