"""Tạm ngừng một cơ quan, cho hoạt động lại: its people cannot come in, the clock leaves its work alone."""

from __future__ import annotations

from workflows.errors import NotFound, Refused
from workflows.store import directory, suspending
from workflows.store.database import losing_is_stale
from workflows.store.directory import Body
from workflows.store.organisation import note_change

from .designing.keepers import process_office, require_keeper
from .desk import Desk, Work
from .reasons import reason_in, required_reason

LONGEST_ASK = 200


def suspend_office(desk: Desk, office_id: int, reason: str, ask: str) -> None:
    """Suspend an office; sessions end at once, tokens and links open nothing until it goes on again.

    NOT_PROCESS_KEEPER, NotFound, ALREADY_SUSPENDED, KEEPER_STAYS for the office that keeps the house, REASON_REQUIRED,
    FIELD_REQUIRED for whom its people are to ask.
    """
    with desk.open() as work:
        office = _office(work, office_id)
        why, whom = reason_in(reason), required_reason(ask, "lien_he")
        if len(whom) > LONGEST_ASK:
            raise Refused("TOO_LONG", field="lien_he", most=LONGEST_ASK)
        if process_office(work.connection) == office_id:
            raise Refused("KEEPER_STAYS", name=office.name)
        if suspending.suspension_of(work.connection, office_id) is not None:
            raise Refused("ALREADY_SUSPENDED", name=office.name)
        with losing_is_stale():
            suspending.suspend(work.connection, office_id, why, whom, work.now, work.by.name)
        suspending.end_sessions_of_suspended(work.connection, office_id, work.now, work.today)
        _record(work, office, "office_suspended", why)


def resume_office(desk: Desk, office_id: int, reason: str) -> None:
    """Let an office go on; what came due meanwhile is taken by the next sweeps, once.

    NOT_PROCESS_KEEPER, NotFound, REASON_REQUIRED, OFFICE_NOT_SUSPENDED.
    """
    with desk.open() as work:
        office = _office(work, office_id)
        why = reason_in(reason)
        if not suspending.resume(work.connection, office_id, why, work.now, work.by.name):
            raise Refused("OFFICE_NOT_SUSPENDED", name=office.name)
        _record(work, office, "office_resumed", why)


def _office(work: Work, office_id: int) -> Body:
    require_keeper(work.connection, work.by)
    found = directory.body(work.connection, office_id)
    if found.kind != "office":
        raise NotFound("office", id=office_id)
    return found


def _record(work: Work, office: Body, change: str, reason: str) -> None:
    note_change(
        work.connection, office.id, change, work.now, work.by.name, {"name": office.name, "reason": reason},
        body_id=office.id,
    )  # fmt: skip
