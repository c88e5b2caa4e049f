"""Changing the organisation: one small form a change, for administrators; most can be undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from starlette.responses import Response

from service.auth.policy import Pages, role
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.words import organisation as words
from service.words import vi
from service.words.dates import day_words, read_day
from workflows.actions.administration import require_administrator
from workflows.actions.organising import bodies as of_bodies
from workflows.actions.organising import posts as of_posts
from workflows.actions.organising.bodies import ENTERED_KINDS, Entry
from workflows.actions.organising.posts import Appointment
from workflows.errors import NotFound, Refused
from workflows.store import directory
from workflows.store.directory import ROLES, Body
from workflows.store.local_days import local_day

from .mistakes import Mistake, mistakes_of
from .organisation import body_page
from .register_entry import day_of, id_of

pages = Pages()
ADMINISTRATOR = role("quan_tri")


@pages.get("/to-chuc/{body_id}/sua/{act}", ADMINISTRATOR)
def form(visit: Guest, body_id: int, act: str) -> Response:
    """The form of one kind of change of a body."""
    return _form(visit, _own(visit, body_id), act, {})


@pages.post("/to-chuc/{body_id}/sua/{act}", ADMINISTRATOR)
def change(visit: Guest, body_id: int, act: str) -> Response:
    """Carry the change out; a mistake keeps what was typed."""
    body = _own(visit, body_id)
    doing = _CHANGES.get(act)
    if doing is None:
        raise NotFound("page", act=act)
    if visit.form.has("xem_lai"):
        return _form(visit, body, act, visit.form.fields)
    try:
        doing(visit, body)
    except Refused as refused:
        return _form(visit, body, act, visit.form.fields, mistakes_of(refused), status_of(refused))
    return visit.go(f"/to-chuc/{body_id}")


@pages.post("/to-chuc/{body_id}/khoi-phuc", ADMINISTRATOR)
def restore(visit: Guest, body_id: int) -> Response:
    """Hoàn tác: the body exists on."""
    return _pressed(visit, body_id, lambda: of_bodies.restore_body(visit.desk(), body_id))


@pages.post("/to-chuc/{body_id}/thanh-vien/{member_id}/bo", ADMINISTRATOR)
def leave_group(visit: Guest, body_id: int, member_id: int) -> Response:
    """Take a body out of a group."""
    return _pressed(visit, body_id, lambda: of_bodies.leave_group(visit.desk(), body_id, member_id))


@pages.get("/to-chuc/chuc-danh/{post_id}/bo-nhiem", ADMINISTRATOR)
def appointment_form(visit: Guest, post_id: int) -> Response:
    """Who is to hold the post, from when, also as acting head."""
    return _appointment(visit, post_id, {"tu_ngay": day_words(local_day(visit.now))})


@pages.post("/to-chuc/chuc-danh/{post_id}/bo-nhiem", ADMINISTRATOR)
def appoint(visit: Guest, post_id: int) -> Response:
    """Put somebody into the post."""
    sent = visit.form
    if sent.has("xem_lai"):
        return _appointment(visit, post_id, sent.fields)
    try:
        wanted = Appointment(
            person_id=id_of(sent.text("nguoi"), "nguoi") if sent.text("nguoi") else None,
            name=sent.text("ho_ten"),
            email=sent.text("email"),
            valid_from=optional_day(visit, "tu_ngay"),
            valid_to=optional_day(visit, "den_ngay"),
            acting=sent.has("quyen"),
            basis=sent.text("can_cu"),
        )
        of_posts.appoint(visit.desk(), post_id, wanted)
    except Refused as refused:
        return _appointment(visit, post_id, sent.fields, mistakes_of(refused), status_of(refused))
    with visit.web.database.read() as connection:
        body_id = directory.post(connection, post_id).body_id
    return visit.go(f"/to-chuc/{body_id}")


@pages.get("/to-chuc/giu-chuc/{holding_id}/thoi", ADMINISTRATOR)
def end_form(visit: Guest, holding_id: int) -> Response:
    """Until which day the post is held."""
    return _end(visit, holding_id, {"ngay_cuoi": day_words(local_day(visit.now))})


@pages.post("/to-chuc/giu-chuc/{holding_id}/thoi", ADMINISTRATOR)
def end(visit: Guest, holding_id: int) -> Response:
    """Thôi giữ from the day after."""
    if visit.form.has("xem_lai"):
        return _end(visit, holding_id, visit.form.fields)
    try:
        of_posts.end_holding(visit.desk(), holding_id, day_of(visit, "ngay_cuoi"))
    except Refused as refused:
        return _end(visit, holding_id, visit.form.fields, mistakes_of(refused), status_of(refused))
    return visit.go(f"/to-chuc/{_body_of_holding(visit, holding_id)}")


@pages.post("/to-chuc/giu-chuc/{holding_id}/mo-lai", ADMINISTRATOR)
def reopen(visit: Guest, holding_id: int) -> Response:
    """Hoàn tác: the post is held on."""
    body_id = _body_of_holding(visit, holding_id)
    return _pressed(visit, body_id, lambda: of_posts.reopen_holding(visit.desk(), holding_id))


def _rename(visit: Visit, body: Body) -> None:
    sent = visit.form
    of_bodies.rename_body(visit.desk(), body.id, sent.text("ten_moi"), day_of(visit, "tu_ngay"), sent.text("ten_tat"))


def _close(visit: Visit, body: Body) -> None:
    heir = visit.form.text("thay_bang")
    successor = id_of(heir, "thay_bang") if heir else None
    of_bodies.close_body(visit.desk(), body.id, day_of(visit, "ngay_cuoi"), successor)


def _enter(visit: Visit, body: Body) -> None:
    sent = visit.form
    entry = Entry(
        sent.text("loai"),
        sent.text("ten"),
        body.id,
        sent.text("ten_tat"),
        sent.text("email"),
        sent.text("ma_dinh_danh"),
        optional_day(visit, "tu_ngay"),
    )
    of_bodies.enter_body(visit.desk(), body.office_id or body.id, entry)


def _enter_post(visit: Visit, body: Body) -> None:
    sent = visit.form
    of_posts.enter_post(
        visit.desk(), body.id, sent.text("vai_tro"), sent.text("chuc_danh"), is_head=sent.has("dung_dau")
    )


def _join(visit: Visit, body: Body) -> None:
    of_bodies.join_group(visit.desk(), body.id, id_of(visit.form.text("thanh_vien"), "thanh_vien"))


_CHANGES: Mapping[str, Callable[[Visit, Body], None]] = {
    "doi-ten": _rename,
    "cham-dut": _close,
    "them": _enter,
    "chuc-danh": _enter_post,
    "thanh-vien": _join,
}


def _pressed(visit: Visit, body_id: int, deed: Callable[[], None]) -> Response:
    try:
        deed()
    except NotFound:
        raise
    except Refused as refused:
        wrong = [Mistake("", each.sentence) for each in mistakes_of(refused)]
        return body_page(visit, body_id, wrong, status_of(refused))
    return visit.go(f"/to-chuc/{body_id}")


def _own(visit: Visit, body_id: int) -> Body:
    with visit.web.database.read() as connection:
        body = directory.body(connection, body_id)
    require_administrator(visit.person, body.office_id or 0)
    return body


def _body_of_holding(visit: Visit, holding_id: int) -> int:
    with visit.web.database.read() as connection:
        return directory.holding(connection, holding_id).body_id


def optional_day(visit: Visit, name: str) -> date | None:
    """A day that may be left out; BAD_DATE for what is none."""
    words_typed = visit.form.text(name)
    if not words_typed:
        return None
    day = read_day(words_typed)
    if day is None:
        raise Refused("BAD_DATE", field=name, value=words_typed[:40])
    return day


def _form(  # noqa: PLR0917 - what the form needs
    visit: Visit,
    body: Body,
    act: str,
    typed: Mapping[str, str],
    wrong: list[Mistake] | None = None,
    status: int = 200,
) -> Response:
    if act not in _CHANGES:
        raise NotFound("page", act=act)
    today = local_day(visit.now)
    with visit.web.database.read() as connection:
        others = [each for each in directory.bodies_of(connection, body.office_id or body.id) if each.id != body.id]
        heirs = others + [each for each in directory.offices(connection, today) if each.id != body.office_id]
    return visit.page(
        "organisation_form.html",
        status=status,
        body=body,
        act=act,
        typed={"ten_moi": body.name, "ten_tat": "" if act == "them" else body.short_name or "", **typed},
        wrong=wrong or [],
        heirs=[(each.id, each.name) for each in heirs if not each.ended_before(today)],
        members=[(each.id, each.name) for each in others if not each.ended_before(today)],
        kinds=[(kind, words.KIND[kind]) for kind in ENTERED_KINDS],
        roles=[(each, vi.ROLE[each]) for each in ROLES],
    )


def _appointment(
    visit: Visit, post_id: int, typed: Mapping[str, str], wrong: list[Mistake] | None = None, status: int = 200
) -> Response:
    with visit.web.database.read() as connection:
        post = directory.post(connection, post_id)
        body = directory.body(connection, post.body_id)
        require_administrator(visit.person, body.office_id or 0)
        people = directory.people_of_office(connection, body.office_id or body.id, local_day(visit.now))
    return visit.page(
        "organisation_appoint.html",
        status=status,
        body=body,
        post=post,
        typed=typed,
        wrong=wrong or [],
        people=[(each.id, each.name) for each in people],
    )


def _end(
    visit: Visit, holding_id: int, typed: Mapping[str, str], wrong: list[Mistake] | None = None, status: int = 200
) -> Response:
    with visit.web.database.read() as connection:
        held = directory.holding(connection, holding_id)
        body = directory.body(connection, held.body_id)
    require_administrator(visit.person, body.office_id or 0)
    return visit.page("organisation_end.html", status=status, body=body, held=held, typed=typed, wrong=wrong or [])
