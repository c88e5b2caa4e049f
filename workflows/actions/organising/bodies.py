"""Bodies of an office: entered, renamed from a day on, ended with a successor, restored; members of groups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from workflows.actions.administration import require_administrator
from workflows.actions.desk import Desk, Work
from workflows.errors import NotFound, Refused
from workflows.store import directory
from workflows.store.directory import Body
from workflows.store.organisation import FormerName, add_former_name, former_names_of

from .record import checked_name, own_body, record

# Outside the chain of command: they are asked and told, never ordered.
ENTERED_KINDS = ("unit", *directory.GUESTS, "group")


@dataclass(frozen=True)
class Entry:
    """A body as it is entered; days are the first and the last on which it exists."""

    kind: str
    name: str
    parent_id: int
    short_name: str = ""
    email: str = ""
    organ_code: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


def enter_body(desk: Desk, office_id: int, entry: Entry) -> int:
    """Enter a unit, a guest outside the chain of command, or a group, and return its id.

    BAD_KIND, FIELD_REQUIRED, TOO_LONG, ALREADY_THERE for a name that a body of the office has, BAD_PERIOD.
    """
    with desk.open() as work:
        require_administrator(work.by, office_id)
        return enter(work, office_id, entry)


def enter(work: Work, office_id: int, entry: Entry) -> int:
    """Enter the body in a transaction that is open."""
    if entry.kind not in ENTERED_KINDS:
        raise Refused("BAD_KIND", kind=entry.kind[:40], field="loai")
    name = checked_name(entry.name, "ten")
    require_new_name(work, office_id, name)
    parent = directory.body(work.connection, entry.parent_id)
    if parent.office_id != office_id:
        raise NotFound("body", id=entry.parent_id)
    body_id = directory.add_body(
        work.connection,
        kind=entry.kind,
        name=name,
        office_id=office_id,
        parent_id=parent.id,
        short_name=entry.short_name.strip() or None,
        email=entry.email.strip() or None,
        valid_from=entry.valid_from,
        valid_to=entry.valid_to,
    )
    if entry.organ_code.strip():
        directory.give_code(work.connection, body_id, entry.organ_code.strip())
    record(work, office_id, "body_entered", {"name": name, "kind": entry.kind}, body=body_id)
    return body_id


def rename_body(desk: Desk, body_id: int, name: str, since: date, short_name: str = "") -> None:
    """Give a body another name from a day on; the old one stays, dated, and what was issued keeps it.

    DAY_AHEAD for a day that has not come, BAD_PERIOD for one before the last change of name, SAME_NAME.
    """
    with desk.open() as work:
        body = own_body(work, body_id)
        new, short = checked_name(name, "ten_moi"), short_name.strip() or None
        if (new, short) == (body.name, body.short_name):
            raise Refused("SAME_NAME", field="ten_moi", name=new)
        if since > work.today:
            raise Refused("DAY_AHEAD", field="tu_ngay", value=since)
        until = since - timedelta(days=1)
        known = former_names_of(work.connection, [body_id]).get(body_id, [])
        earliest = known[0].until if known else body.valid_from
        if earliest is not None and until < earliest:
            raise Refused("BAD_PERIOD", field="tu_ngay", valid_from=earliest.isoformat(), valid_to=until.isoformat())
        if new != body.name:
            require_new_name(work, body.office_id or 0, new)
        add_former_name(work.connection, FormerName(body_id, body.name, body.short_name, until), work.now, work.by.name)
        directory.call(work.connection, body_id, new, short, also=[body.name, body.short_name])
        facts = {"was": body.name, "name": new, "since": since.isoformat()}
        record(work, body.office_id or body_id, "body_renamed", facts, body=body_id)


def close_body(desk: Desk, body_id: int, last_day: date, successor_id: int | None) -> None:
    """End a body after its last day; names, open work and letters pass to the successor.

    BAD_SUCCESSOR for itself, for one that follows it already round in a circle, or one that ends before; BAD_PERIOD.
    """
    with desk.open() as work:
        close(work, own_body(work, body_id), last_day, successor_id)


def close(work: Work, body: Body, last_day: date, successor_id: int | None) -> None:
    """End the body in a transaction that is open."""
    if body.valid_from is not None and last_day < body.valid_from:
        raise Refused("BAD_PERIOD", field="ngay_cuoi", valid_from=body.valid_from, valid_to=last_day)
    if successor_id is not None:
        _require_successor(work, body, last_day, successor_id)
    directory.end_body(work.connection, body.id, last_day, successor_id)
    facts = {"last_day": last_day.isoformat(), "successor": successor_id}
    record(work, body.office_id or body.id, "body_ended", facts, body=body.id)


def restore_body(desk: Desk, body_id: int) -> None:
    """Take back the end of a body: it exists on, without a successor; NOT_ENDED."""
    with desk.open() as work:
        body = own_body(work, body_id)
        if body.valid_to is None:
            raise Refused("NOT_ENDED", name=body.name)
        directory.restore_body(work.connection, body_id)
        record(work, body.office_id or body_id, "body_restored", {"name": body.name}, body=body_id)


def join_group(desk: Desk, group_id: int, body_id: int) -> None:
    """Put a body into a group of the office; BAD_KIND, ALREADY_MEMBER."""
    with desk.open() as work:
        join(work, own_body(work, group_id), body_id)


def join(work: Work, group: Body, body_id: int) -> None:
    """Put the body into the group in a transaction that is open."""
    name = directory.body(work.connection, body_id).name
    if body_id == group.id or body_id in directory.members_of(work.connection, group.id):
        raise Refused("ALREADY_MEMBER", field="thanh_vien", name=name, group=group.name)
    directory.add_member(work.connection, group.id, body_id)
    record(work, group.office_id or group.id, "member_joined", {"member": body_id, "name": name}, body=group.id)


def leave_group(desk: Desk, group_id: int, body_id: int) -> None:
    """Take a body out of a group; NotFound when it is not in it."""
    with desk.open() as work:
        group = own_body(work, group_id)
        if not directory.remove_member(work.connection, group_id, body_id):
            raise NotFound("member", id=body_id)
        record(work, group.office_id or group_id, "member_left", {"member": body_id}, body=group_id)


def require_new_name(work: Work, office_id: int, name: str) -> None:
    """No two bodies of an office that exist today are called the same; ALREADY_THERE."""
    for each in directory.bodies_called(work.connection, name):
        if each.office_id == office_id and not each.ended_before(work.today):
            raise Refused("ALREADY_THERE", field="ten", name=each.name)


def _require_successor(work: Work, body: Body, last_day: date, successor_id: int) -> None:
    heir: Body | None = directory.body(work.connection, successor_id)
    seen = {body.id}
    while heir is not None:
        if heir.id in seen:
            raise Refused("BAD_SUCCESSOR", field="thay_bang", name=heir.name)
        seen.add(heir.id)
        if heir.id == successor_id and heir.ended_before(last_day + timedelta(days=1)):
            raise Refused("BAD_SUCCESSOR", field="thay_bang", name=heir.name)
        heir = directory.body(work.connection, heir.successor_id) if heir.successor_id else None
