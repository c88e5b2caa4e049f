"""One time of a duty: how far it is, what proves it, when it is due; and what is unclear in a plan is settled."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection
from starlette.responses import Response

from service.auth.actor import standing_for
from service.auth.policy import PERSON, Pages, role
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.whole_number import whole_number
from service.words import duty_words as said
from service.words.dates import read_day
from workflows.actions.deadlines.deciders import LEADERS
from workflows.actions.duties.put_off_duty import put_off_duty
from workflows.actions.duties.report_progress import Progress, report_progress
from workflows.actions.duties.settle_duty import settle_duty
from workflows.engine.rights import may_act
from workflows.errors import NotFound, Refused
from workflows.store import worklist
from workflows.store.local_days import local_day
from workflows.store.screens import sight
from workflows.store.screens.duty_page import DutyTimeSeen, duty_time

from .mistakes import Mistake, mistakes_of
from .plan import Settled, duties_page
from .task import look
from .task_acts import files_of

pages = Pages()


@pages.get("/nhiem-vu/{occurrence_id}", PERSON)
def show(visit: Guest, occurrence_id: int) -> Response:
    """Where it stands, what was written, and the forms of whoever may act."""
    return _page(visit, occurrence_id)


@pages.post("/nhiem-vu/{occurrence_id}/tien-do", PERSON)
def progress(visit: Guest, occurrence_id: int) -> Response:
    """Say how far it is."""
    form, seen = visit.form, _seen(visit, occurrence_id)
    if form.has("xem_lai"):
        return _page(visit, occurrence_id, form.fields)
    if seen.line.task_id is None:
        raise NotFound("task", occurrence=occurrence_id)
    _, standing = look(visit, seen.line.task_id)
    try:
        words = Progress(form.text("tien_do"), _count(visit, "so_luong"), _count(visit, "phan_tram"))
        report_progress(visit.desk(standing.actor), seen.line.task_id, words, files_of(visit))
    except Refused as refused:
        return _again(visit, occurrence_id, refused)
    visit.web.nudge()
    return visit.go(f"/nhiem-vu/{occurrence_id}")


@pages.post("/nhiem-vu/{occurrence_id}/hoan", role(*LEADERS))
def put_off(visit: Guest, occurrence_id: int) -> Response:
    """Give it a later last day."""
    form = visit.form
    _seen(visit, occurrence_id)
    if form.has("xem_lai"):
        return _page(visit, occurrence_id, form.fields)
    day = read_day(form.text("han_moi"))
    try:
        if day is None:
            raise Refused("BAD_DATE", field="han_moi", value=form.text("han_moi"))
        put_off_duty(visit.desk(), occurrence_id, day, form.text("ly_do"))
    except Refused as refused:
        return _again(visit, occurrence_id, refused)
    visit.web.nudge()
    return visit.go(f"/nhiem-vu/{occurrence_id}")


@pages.post("/ke-hoach/{plan_id}/nhiem-vu/{duty_id}/lam-ro", PERSON)
def settle(visit: Guest, plan_id: int, duty_id: int) -> Response:
    """Say when a duty is due, or who leads it, where the plan leaves it unclear."""
    form = visit.form
    if form.has("xem_lai"):
        return duties_page(visit, plan_id, Settled(duty_id, form.fields))
    try:
        lead = _number(form.text("chu_tri"), "chu_tri") if form.text("chu_tri") else None
        settle_duty(visit.desk(), duty_id, form.text("thoi_gian"), lead, plan_id=plan_id)
    except Refused as refused:
        if status_of(refused) != 422:
            raise
        return duties_page(visit, plan_id, Settled(duty_id, form.fields, mistakes_of(refused)), 422)
    visit.web.nudge()
    return visit.go(f"/ke-hoach/{plan_id}/nhiem-vu")


def _page(
    visit: Visit,
    occurrence_id: int,
    typed: Mapping[str, str] | None = None,
    wrong: list[Mistake] | None = None,
    status: int = 200,
) -> Response:
    seen = _seen(visit, occurrence_id)
    groups = visit.person.groups
    return visit.page(
        "duty.html",
        status=status,
        seen=seen,
        may_report=_may_report(visit, seen),
        may_put_off=bool({f"{each}@{seen.line.office_id}" for each in LEADERS} & groups)
        and seen.line.due_on is not None
        and seen.line.state in ("chua_mo", "dang_lam"),
        typed=typed or {},
        wrong=wrong or [],
        said=said,
    )


def _again(visit: Visit, occurrence_id: int, refused: Refused) -> Response:
    if status_of(refused) not in (409, 422):
        raise refused
    return _page(visit, occurrence_id, visit.form.fields, mistakes_of(refused), status_of(refused))


def _seen(visit: Visit, occurrence_id: int) -> DutyTimeSeen:
    with visit.web.database.read() as connection:
        return duty_time(connection, occurrence_id, _sight(visit, connection), local_day(visit.now))


def _sight(visit: Visit, connection: Connection) -> sight.Sight:
    return sight.sight_with_lent(connection, visit.person.groups, visit.person_id, visit.now)


def _may_report(visit: Visit, seen: DutyTimeSeen) -> bool:
    """Whether the person may do the open step of carrying it out."""
    if seen.line.state != "dang_lam" or seen.line.task_id is None:
        return False
    with visit.web.database.read() as connection:
        task = worklist.task(connection, seen.line.task_id)
        if task is None or task.form != "thuc_hien":
            return False
        return not may_act(task, standing_for(connection, visit.person, task, visit.now).actor)


def _count(visit: Visit, field: str) -> int | None:
    words = visit.form.text(field).replace(".", "").removesuffix("%").strip()
    return _number(words, field) if words else None


def _number(words: str, field: str) -> int:
    number = whole_number(words, 9)
    if number is None:
        raise Refused("BAD_FIELD", field=field, value=words[:40], allowed=["0", "1", "2", "…"])
    return number
