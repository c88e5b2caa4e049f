"""Giải quyết văn bản đến: who leads, who helps and until when (NĐ 30/2020 Điều 23), and how far it is."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from workflows.errors import Refused
from workflows.papers import edxml_model as edxml
from workflows.store import directory, incoming
from workflows.store.incoming import Incoming

from .desk import Desk, Work
from .exchanging.statuses import tell_sender
from .forms.filing import LONGEST_FIELD

STEPS = {incoming.IN_PROCESS: edxml.IN_PROCESS, incoming.DONE: edxml.DONE}
LEADERS = ("chu_tich", "pho_chu_tich", "thu_truong", "van_thu")


def direct_incoming(  # noqa: PLR0917 - the parts of a direction
    desk: Desk, incoming_id: int, lead_id: int, coop: Collection[int], due_on: date | None, words: str = ""
) -> None:
    """The leader's direction: one body leads, others help, with a deadline; văn thư may enter it for the leader.

    Given anew, it takes the place of the one before; the sender is told once (04).
    """
    if len(words) > LONGEST_FIELD:
        raise Refused("TOO_LONG", field="y_kien_chi_dao", most=LONGEST_FIELD)
    with desk.open() as work:
        line = incoming.line(work.connection, incoming_id, lock=True)
        if not {f"{role}@{line.office_id}" for role in LEADERS} & desk.by.groups:
            raise Refused("NOT_YOURS", office=line.office_id)
        _require_open(line)
        if due_on is not None and due_on < work.today:
            raise Refused("DATE_NOT_AHEAD", field="han", value=due_on.isoformat())
        own = {body.id for body in directory.bodies_of(work.connection, line.office_id, work.today)}
        if lead_id not in own:
            raise Refused("FIELD_REQUIRED", field="chu_tri")
        if set(coop) - own:
            raise Refused("BAD_FIELD", field="phoi_hop", value=", ".join(map(str, sorted(set(coop) - own)))[:40])
        incoming.change(
            work.connection,
            incoming_id,
            lead_body_id=lead_id,
            coop=sorted(set(coop) - {lead_id}),
            due_on=due_on,
            direction=words.strip() or None,
            status=incoming.ASSIGNED if line.status == incoming.ENTERED else line.status,
        )
        tell_sender(work, incoming_id, edxml.ASSIGNED)


def advance_incoming(desk: Desk, incoming_id: int, step: str) -> None:
    """Say that the document is being worked on, or done; for the leading body, văn thư and the leaders."""
    if step not in STEPS:
        raise Refused("BAD_FIELD", field="tinh_trang", value=step[:40])
    with desk.open() as work:
        line = incoming.line(work.connection, incoming_id, lock=True)
        _require_hand(work, line)
        _require_open(line)
        if line.lead_body_id is None:
            raise Refused("NOT_DIRECTED", number=line.number)
        incoming.change(work.connection, incoming_id, status=step)
        tell_sender(work, incoming_id, STEPS[step])


def _require_hand(work: Work, line: Incoming) -> None:
    wanted = {f"{role}@{line.office_id}" for role in LEADERS}
    if line.lead_body_id is not None:
        wanted |= {f"{role}@{line.lead_body_id}" for role in ("thu_truong", "can_bo")}
    if not wanted & work.by.groups:
        raise Refused("NOT_YOURS", office=line.office_id)


def _require_open(line: Incoming) -> None:
    if line.status in (incoming.DONE, incoming.RECALLED):
        raise Refused("ALREADY_HANDLED", cited=line.cited)
