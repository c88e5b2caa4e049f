"""After the issue of a plan: đính chính, thu hồi, thay thế, gửi thêm (NĐ 30/2020 Điều 18), each a form of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from starlette.responses import Response

from service.auth.policy import PERSON, Pages, role
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.words import books as words
from service.words.dates import day_words
from service.words.vi import numbered
from workflows.actions.amend_document import add_receiver, recall_document, replace_document
from workflows.actions.correct_document import SUBJECT, correct_document
from workflows.errors import NotFound, Refused
from workflows.store import document_files, issuing, plans
from workflows.store.local_days import local_day
from workflows.store.screens import amend as screen
from workflows.store.screens import sight

from .attachment import attachment
from .mistakes import Mistake, mistakes_of
from .plan import open_plan
from .register_entry import entry_of, id_of

pages = Pages()
CLERK, LEADER = ("van_thu",), ("chu_tich", "pho_chu_tich")
MORE_ROWS = 3  # empty ones in the table of slips
OF_CLERK, OF_LEADER = ("dinh_chinh", "thay_the", "gui_them"), ("thu_hoi",)


@pages.get("/ke-hoach/{plan_id}/sau-phat-hanh", role(*CLERK, *LEADER))
def show(visit: Guest, plan_id: int) -> Response:
    """What happened to the document, and the forms that this person may use."""
    return _page(visit, plan_id, visit.request.query_params.get("viec", ""))


@pages.post("/ke-hoach/{plan_id}/thu-hoi", role(*LEADER))
def recall(visit: Guest, plan_id: int) -> Response:
    """Thu hồi: addressees are asked to destroy their copies, the plan stops."""
    return _do(visit, plan_id, "thu_hoi", lambda: recall_document(visit.desk(), plan_id, visit.form.text("ly_do")))


@pages.post("/ke-hoach/{plan_id}/dinh-chinh", role(*CLERK))
def correct(visit: Guest, plan_id: int) -> Response:
    """Đính chính by an official letter with its own number; "Thêm dòng" only gives more room in the table."""
    if visit.form.has("them_dong"):
        return _page(visit, plan_id, "dinh_chinh", visit.form.fields)
    rows = _rows(visit)
    return _do(visit, plan_id, "dinh_chinh", lambda: correct_document(visit.desk(), plan_id, entry_of(visit), rows))


@pages.get("/ke-hoach/{plan_id}/cong-van/{file_id}", PERSON)
def letter(visit: Guest, plan_id: int, file_id: int) -> Response:
    """A letter that corrected the plan, as it was kept with its line in the register."""
    with visit.web.database.read() as connection:
        open_plan(visit, connection, plan_id)
        line = issuing.register_line_of(connection, "plan", plan_id)
        relations = issuing.relations_of(connection, [line.id]) if line else []
        file = document_files.file_facts(connection, file_id)
        if file.subject != SUBJECT or file.subject_id not in {each.by_register_id for each in relations}:
            raise NotFound("document_file", id=file_id)
        return attachment(document_files.file_content(connection, file_id), file.name, file.media_type)


@pages.post("/ke-hoach/{plan_id}/thay-the", role(*CLERK))
def replace(visit: Guest, plan_id: int) -> Response:
    """Thay thế by another issued plan."""
    return _do(
        visit,
        plan_id,
        "thay_the",
        lambda: replace_document(
            visit.desk(), plan_id, id_of(visit.form.text("thay_the"), "thay_the"), visit.form.text("ly_do")
        ),
    )


@pages.post("/ke-hoach/{plan_id}/gui-them", role(*CLERK))
def send_to_one_more(visit: Guest, plan_id: int) -> Response:
    """Gửi thêm to a body that was not on Nơi nhận."""
    return _do(
        visit,
        plan_id,
        "gui_them",
        lambda: add_receiver(
            visit.desk(), plan_id, id_of(visit.form.text("noi_nhan"), "noi_nhan"), visit.form.text("ly_do")
        ),
    )


def _rows(visit: Visit) -> list[tuple[str, str, str]]:
    """The rows of the table of slips as they were typed."""
    many = visit.form.many
    columns = (many.get("vi_tri", ()), many.get("da_in", ()), many.get("sua_lai", ()))
    return list(zip(*columns, strict=False))


def _do(visit: Visit, plan_id: int, form: str, verb: Callable[[], object]) -> Response:
    if visit.form.has("xem_lai"):
        return _page(visit, plan_id, form, visit.form.fields)
    try:
        verb()
    except Refused as refused:
        if status_of(refused) != 422:
            raise
        return _page(visit, plan_id, form, visit.form.fields, mistakes_of(refused), 422)
    visit.web.nudge()
    return visit.go(f"/ke-hoach/{plan_id}/noi-nhan")


def _page(  # noqa: PLR0917 - what a form gives back
    visit: Visit,
    plan_id: int,
    form: str = "",
    typed: Mapping[str, str] | None = None,
    wrong: list[Mistake] | None = None,
    status: int = 200,
) -> Response:
    with visit.web.database.read() as connection:
        if not sight.sees(connection, sight.sight_of(connection, visit.person.groups), plan_id):
            raise NotFound("plan", id=plan_id)
        plan = plans.plan(connection, plan_id)
        line = issuing.register_line_of(connection, "plan", plan_id)
        if line is None:
            raise NotFound("register", subject="plan", id=plan_id)
        seen = screen.amended(connection, plan, line.id)
        letters = screen.letters_of(connection, seen.relations)
    forms = [*_allowed(OF_CLERK, CLERK, visit, plan.office_id), *_allowed(OF_LEADER, LEADER, visit, plan.office_id)]
    forms = [] if seen.is_recalled else forms
    cited = numbered(line.number, line.symbol)
    defaults = {
        "ngay": day_words(local_day(visit.now)),
        "ky_hieu": screen.letter_symbol(plan.symbol or ""),
        "trich_yeu": words.CORRECTION_OF.format(cited),
    }
    rows = [each for each in _rows(visit) if any(each)]
    return visit.page(
        "plan_amend.html",
        status=status,
        plan=plan,
        seen=seen,
        letters=letters,
        rows=rows + [("", "", "")] * (MORE_ROWS if typed is None or visit.form.has("them_dong") or not rows else 0),
        forms=forms,
        form=form if form in forms else (forms[0] if forms else ""),
        typed=defaults | dict(typed or {}),
        wrong=wrong or [],
        book_words=words,
    )


def _allowed(forms: tuple[str, ...], roles: tuple[str, ...], visit: Visit, office_id: int) -> tuple[str, ...]:
    return forms if {f"{each}@{office_id}" for each in roles} & visit.person.groups else ()
