"""Hỏi thêm một người, chuyển tiếp một việc: a work item inside the task, which comes back to whoever asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workflows.engine.calendar import Calendar
from workflows.engine.commands import AskPerson, WithdrawRequest
from workflows.errors import Refused
from workflows.store import links, worklist
from workflows.store.directory.groups import PERSON
from workflows.store.screens.people_choice import may_be_asked

from .desk import Desk
from .forms.request import FORWARDED, QUESTION
from .handle import Notice, handle
from .open_task import open_task
from .reasons import required_reason

# Who was asked is reminded the working day before the last day and the day after it; nobody above hears of it.
REMINDERS = ((-1, "nguoi_giu"), (1, "nguoi_giu"))
NAMES = {QUESTION: "Trả lời câu hỏi thêm", FORWARDED: "Xem việc được chuyển tiếp"}


@dataclass(frozen=True)
class Request:
    """What one more person is asked.

    `kind` is `hoi_them` (a question) or `chuyen_tiep` (forwarded to be judged; it always blocks, for it has to come
    back before the task goes on).
    """

    person_id: int
    words: str
    kind: str = QUESTION
    blocking: bool = True
    due: date | None = None


def ask_person(desk: Desk, task_id: str, request: Request) -> str:
    """Ask; the id of the new work item.

    Refused: MAY_NOT_BE_ASKED, ASKS_ONESELF, ALREADY_ASKED (an open request to the same person), DATE_NOT_AHEAD,
    FIELD_REQUIRED, and as for claiming.
    """
    words = required_reason(request.words, "cau_hoi")
    if request.kind not in NAMES:
        raise Refused("BAD_FIELD", field="loai", value=request.kind, allowed=list(NAMES))
    with desk.open() as work:
        task, known = open_task(work, task_id)
        if request.due is not None and request.due < work.today:
            raise Refused("DATE_NOT_AHEAD", field="han", value=request.due.isoformat())
        person = str(request.person_id)
        own = (work.by.person, work.by.on_behalf_of)
        allowed = may_be_asked(work.connection, task, work.today, own)
        if person not in (*own, task.assignee) and request.person_id not in {each.person_id for each in allowed}:
            raise Refused("MAY_NOT_BE_ASKED", person=person, field="nguoi")
        for asked in worklist.requests_in(work.connection, task.id):
            if asked.status == "open" and f"{PERSON}@{person}" in asked.groups:
                raise Refused("ALREADY_ASKED", person=person, field="nguoi")
        command = AskPerson(
            task.task_id,
            person,
            request.kind,
            NAMES[request.kind],
            request.blocking or request.kind == FORWARDED,
            Calendar().end_of(request.due) if request.due else None,
            REMINDERS if request.due else (),
            {"nguoi_hoi": work.by.person, "ten_nguoi_hoi": work.by.name, "cau_hoi": words},
        )
        notice = Notice("task_asked", {"by": work.by.name, "words": words})
        handled = handle(work, known, command, notice=notice)
        return handled.opened[0]


def withdraw_request(desk: Desk, request_id: str) -> None:
    """Rút lại: whoever may do the task around it takes the request back; NOT_A_REQUEST for any other work item."""
    with desk.open() as work:
        task, known = open_task(work, request_id)
        handle(work, known, WithdrawRequest(task.task_id))
        links.revoke_links(work.connection, work.now, task_id=task.id)
