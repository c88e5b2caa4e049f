"""The page of one consultation round: who is asked, who has answered, what is missing, and what may be done with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.words import deadline_words as said
from service.words import signatures
from service.words.books import OPINIONS_COVER
from service.words.dates import read_day
from service.words.titles import OPINIONS_TABLE
from workflows.actions.consulting.add_body import add_body
from workflows.actions.consulting.answer_opinion import answer_opinion, split_opinion
from workflows.actions.consulting.drop_body import drop_body
from workflows.actions.consulting.enter_opinion import OnPaper, enter_opinion
from workflows.actions.consulting.opinion_paper import OpinionPaper, examined
from workflows.actions.consulting.remind_bodies import remind_bodies
from workflows.actions.paper_facts import opinions_given
from workflows.errors import NotFound, Refused
from workflows.plans.consultation_papers import OPINION_COLUMNS, Tally, opinion_rows
from workflows.store import consultation, document_files, opinion_parts
from workflows.store.screens import round as screen
from workflows.store.suspending import suspended_bodies

from .attachment import attachment
from .late_opinion import late_bodies
from .list_files import ListFile, list_file
from .mistakes import Mistake, mistakes_of
from .plan import open_plan, plan_tab
from .register_entry import id_of
from .round_versions import seen_by

pages = Pages()
OF_HEAD, OF_CLERK = ("hoi-them", "thoi-hoi"), "nhap-thay"
WIDTHS = (6, 32, 60, 20, 60)


@pages.get("/ke-hoach/{plan_id}/y-kien/bang.xlsx", PERSON)
def table(visit: Guest, plan_id: int) -> Response:
    """Bảng tổng hợp, tiếp thu, giải trình as a worksheet; no cell is ever a formula."""
    with visit.web.database.read() as connection:
        opened = open_plan(visit, connection, plan_id)
        given = opinions_given(connection, plan_id)
    tally = Tally.of(given)
    cover = [opened.top.plan.title, OPINIONS_COVER.format(tally.asked, tally.answered, tally.agreed)]
    columns = list(zip(OPINION_COLUMNS, WIDTHS, strict=True))
    return list_file(visit, ListFile(f"y-kien-ke-hoach-{plan_id}", OPINIONS_TABLE, columns, opinion_rows(given), cover))


@pages.get("/ke-hoach/{plan_id}/y-kien/tep/{paper_id}", PERSON)
def paper(visit: Guest, plan_id: int, paper_id: int) -> Response:
    """The body's own công văn, as it came."""
    with visit.web.database.read() as connection:
        open_plan(visit, connection, plan_id)
        kept = opinion_parts.paper(connection, paper_id)
        opinion = consultation.opinion_by_id(connection, kept.opinion_id)
        if consultation.round_by_id(connection, opinion.round_id).plan_id != plan_id:
            raise NotFound("opinion_paper", id=paper_id)
        return attachment(document_files.file_content(connection, kept.file_id), kept.name, kept.media_type)


@pages.get("/ke-hoach/{plan_id}/y-kien/{number}", PERSON)
def show(visit: Guest, plan_id: int, number: int, viec: str = "") -> Response:
    """The round as it stands, with the form that was asked for."""
    return round_page(visit, plan_id, number, viec)


@pages.get("/ke-hoach/{plan_id}/y-kien/{number}/thay-doi/{body_id}", PERSON)
def changes(visit: Guest, plan_id: int, number: int, body_id: int) -> Response:
    """What changed in words since the version that this body saw before."""
    with visit.web.database.read() as connection:
        opened = open_plan(visit, connection, plan_id)
        compared = seen_by(connection, plan_id, number, body_id)
    return plan_tab(visit, opened, "y-kien", template="plan/vong_thay_doi.html", compared=compared, number=number)


@pages.post("/ke-hoach/{plan_id}/y-kien/{number}/hoi-them", PERSON)
def ask_one_more(visit: Guest, plan_id: int, number: int) -> Response:
    """Ask one more body."""
    form = visit.form
    return _do(
        visit,
        plan_id,
        number,
        "hoi-them",
        lambda: add_body(
            visit.desk(),
            plan_id,
            id_of(form.text("co_quan"), "co_quan"),
            form.text("ly_do"),
            mandatory=form.has("bat_buoc"),
        ),
    )


@pages.post("/ke-hoach/{plan_id}/y-kien/{number}/thoi-hoi", PERSON)
def ask_one_fewer(visit: Guest, plan_id: int, number: int) -> Response:
    """Ask one body no more."""
    form = visit.form
    return _do(
        visit,
        plan_id,
        number,
        "thoi-hoi",
        lambda: drop_body(
            visit.desk(),
            plan_id,
            id_of(form.text("co_quan"), "co_quan"),
            form.text("ly_do"),
            paper_number=form.text("so_cong_van"),
            paper_on=read_day(form.text("ngay_cong_van")),
        ),
    )


@pages.post("/ke-hoach/{plan_id}/y-kien/{number}/nhac", PERSON)
def remind(visit: Guest, plan_id: int, number: int) -> Response:
    """Remind those who have not answered."""
    return _do(visit, plan_id, number, "", lambda: remind_bodies(visit.desk(), plan_id))


@pages.post("/ke-hoach/{plan_id}/y-kien/{number}/nhap-thay", PERSON)
def enter(visit: Guest, plan_id: int, number: int) -> Response:
    """A clerk enters what came on paper."""
    form = visit.form
    on = OnPaper(
        form.text("ket_qua"), form.text("noi_dung"), form.text("so_cong_van"), read_day(form.text("ngay_cong_van"))
    )
    return _do(
        visit,
        plan_id,
        number,
        "nhap-thay",
        lambda: enter_opinion(visit.desk(), plan_id, id_of(form.text("co_quan"), "co_quan"), on, scan_of(visit)),
    )


@pages.post("/ke-hoach/{plan_id}/y-kien/{number}/tach/{opinion_id}", PERSON)
def split(visit: Guest, plan_id: int, number: int, opinion_id: int) -> Response:
    """Split an opinion into points."""
    return _do(visit, plan_id, number, "", lambda: split_opinion(visit.desk(), opinion_id, visit.form.text("cac_diem")))


@pages.post("/ke-hoach/{plan_id}/y-kien/{number}/tra-loi/{opinion_id}", PERSON)
def answer(visit: Guest, plan_id: int, number: int, opinion_id: int) -> Response:
    """Answer an opinion that came late."""
    return _do(visit, plan_id, number, "", lambda: answer_opinion(visit.desk(), opinion_id, visit.form.fields))


def scan_of(visit: Visit) -> OpinionPaper | None:
    """The uploaded công văn, examined; None where none was chosen."""
    upload = visit.form.files.get("tep_cong_van")
    return examined(visit.desk(), upload.name, upload.content) if upload is not None else None


def round_page(  # noqa: PLR0917 - what a form gives back
    visit: Visit,
    plan_id: int,
    number: int,
    form: str = "",
    typed: Mapping[str, str] | None = None,
    wrong: list[Mistake] | None = None,
    status: int = 200,
) -> Response:
    """The round, with what was typed into one of its forms and what is wrong with that."""
    with visit.web.database.read() as connection:
        opened = open_plan(visit, connection, plan_id)
        seen = screen.round_seen(connection, plan_id, number)
        late = late_bodies(visit, connection, plan_id)
        idle = suspended_bodies(connection, [each.opinion.body_id for each in seen.lines])
    plan, groups = seen.plan, visit.person.groups
    head = f"thu_truong@{plan.drafting_unit_id}" in groups
    is_open = seen.round.closed_at is None and plan.status == "routing"
    is_last = seen.round.no == seen.rounds[-1].no
    may_enter = f"van_thu@{plan.office_id}" in groups and is_last and plan.status == "routing"
    forms = ([*OF_HEAD] if head and is_open else []) + ([OF_CLERK] if may_enter else [])
    return plan_tab(
        visit,
        opened,
        "y-kien",
        status,
        template="plan/vong.html",
        seen=seen,
        idle=idle,
        said=said,
        signed=signatures,
        counted=_counted(seen),
        is_open=is_open,
        may_draft=(head or f"can_bo@{plan.drafting_unit_id}" in groups) and plan.status == "routing",
        late_bodies=late if is_last else [],
        forms=forms,
        form=form if form in forms else "",
        typed=typed or {},
        wrong=wrong or [],
    )


def _counted(seen: screen.RoundSeen) -> str:
    days = seen.round.working_days
    return said.counted_words(seen.calendar, seen.round.opened_at, days) if days else ""


def _do(visit: Visit, plan_id: int, number: int, form: str, verb: Callable[[], object]) -> Response:
    if visit.form.has("xem_lai"):
        return round_page(visit, plan_id, number, form, visit.form.fields)
    with visit.web.database.read() as connection:
        open_plan(visit, connection, plan_id)
    try:
        verb()
    except Refused as refused:
        if status_of(refused) != 422:
            raise
        return round_page(visit, plan_id, number, form, visit.form.fields, mistakes_of(refused), 422)
    visit.web.nudge()
    return visit.go(f"/ke-hoach/{plan_id}/y-kien/{number}")
