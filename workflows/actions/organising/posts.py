"""Posts of a body and who holds them: entered, appointed (also as acting head, "Q."), ended, taken up again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workflows.actions.desk import Desk, Work
from workflows.errors import Refused
from workflows.store import directory
from workflows.store.directory import Body, Post

from .record import checked_name, own_body, record

LONGEST_TITLE = 150


@dataclass(frozen=True)
class Appointment:
    """Somebody is to hold a post from the first to the last day; a new person by name, one who is there by id."""

    person_id: int | None = None
    name: str = ""
    email: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    acting: bool = False
    basis: str = ""


def enter_post(desk: Desk, body_id: int, role: str, title: str, *, is_head: bool) -> int:
    """Enter a post and return its id; BAD_ROLE, FIELD_REQUIRED, ALREADY_THERE, ALREADY_HEADED."""
    with desk.open() as work:
        return post(work, own_body(work, body_id), role, title, is_head=is_head)


def post(work: Work, body: Body, role: str, title: str, *, is_head: bool) -> int:
    """Enter the post in a transaction that is open."""
    words = checked_name(title, "chuc_danh", LONGEST_TITLE)
    for known in directory.posts_of(work.connection, body.id):
        if (known.role, known.title.casefold()) == (role, words.casefold()):
            raise Refused("ALREADY_THERE", field="chuc_danh", name=words)
        if known.is_head and is_head:
            raise Refused("ALREADY_HEADED", field="dung_dau", name=body.name, title=known.title)
    post_id = directory.add_post(work.connection, body.id, role, words, is_head=is_head)
    record(work, body.office_id or body.id, "post_entered", {"title": words, "role": role}, body=body.id)
    return post_id


def appoint(desk: Desk, post_id: int, appointment: Appointment) -> int:
    """Put somebody into a post and return the id of the holding.

    BAD_PERIOD, ALREADY_LEFT, FIELD_REQUIRED; ALREADY_HOLDS when the same person holds the post in that time.
    """
    with desk.open() as work:
        found = directory.post(work.connection, post_id)
        return hold(work, own_body(work, found.body_id), found, appointment)


def hold(work: Work, body: Body, found: Post, appointment: Appointment) -> int:
    """Appoint in a transaction that is open."""
    person_id = appointment.person_id
    if person_id is None:
        name = checked_name(appointment.name, "ho_ten")
        person_id = directory.add_person(work.connection, name, appointment.email.strip() or None)
    someone = directory.person(work.connection, person_id)
    if someone.left_on is not None:
        raise Refused("ALREADY_LEFT", field="nguoi", person=someone.name, left_on=someone.left_on)
    for each in directory.holdings_of_posts(work.connection, [found.id]):
        if each.person_id == person_id and _meets(each.valid_from, each.valid_to, appointment):
            raise Refused("ALREADY_HOLDS", field="nguoi", person=someone.name, title=found.title)
    holding_id = directory.hold(
        work.connection,
        found.id,
        person_id,
        valid_from=appointment.valid_from,
        valid_to=appointment.valid_to,
        acting=appointment.acting,
        basis=appointment.basis.strip() or None,
    )
    facts = {"holding": holding_id, "title": found.title, "acting": appointment.acting}
    record(work, body.office_id or body.id, "appointed", facts, body=body.id, person=person_id)
    return holding_id


def end_holding(desk: Desk, holding_id: int, last_day: date) -> None:
    """Thôi giữ: the person holds the post until this day; BAD_PERIOD before its first day."""
    with desk.open() as work:
        held = directory.holding(work.connection, holding_id)
        body = own_body(work, held.body_id)
        if held.valid_from is not None and last_day < held.valid_from:
            raise Refused("BAD_PERIOD", field="ngay_cuoi", valid_from=held.valid_from, valid_to=last_day)
        directory.end_holding(work.connection, holding_id, last_day)
        facts = {"holding": holding_id, "title": held.title, "last_day": last_day.isoformat()}
        record(work, body.office_id or body.id, "holding_ended", facts, body=body.id, person=held.person_id)


def reopen_holding(desk: Desk, holding_id: int) -> None:
    """Take back the end of a holding; NOT_ENDED, ALREADY_LEFT."""
    with desk.open() as work:
        held = directory.holding(work.connection, holding_id)
        body = own_body(work, held.body_id)
        if held.valid_to is None:
            raise Refused("NOT_ENDED", name=held.title)
        someone = directory.person(work.connection, held.person_id)
        if someone.left_on is not None:
            raise Refused("ALREADY_LEFT", person=someone.name, left_on=someone.left_on)
        directory.end_holding(work.connection, holding_id, None)
        facts = {"holding": holding_id, "title": held.title}
        record(work, body.office_id or body.id, "holding_reopened", facts, body=body.id, person=held.person_id)


def _meets(first: date | None, last: date | None, other: Appointment) -> bool:
    begins_before_end = other.valid_to is None or first is None or first <= other.valid_to
    ends_after_begin = last is None or other.valid_from is None or other.valid_from <= last
    return begins_before_end and ends_after_begin
