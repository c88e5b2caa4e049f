"""Beside the form of a task: send it back to an earlier step, or take back what one has handed on."""

from __future__ import annotations

from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest
from service.statuses import status_of
from service.words.inbox_words import UNDONE
from workflows.actions.return_task import return_task
from workflows.actions.withdraw_task import undo_decision, withdraw_task
from workflows.errors import Refused

from .mistakes import mistakes_of
from .result import result_page
from .task import after_refusal, approach, look

pages = Pages()


@pages.post("/viec/{task_id}/tra-lai", PERSON)
def send_back(visit: Guest, task_id: str) -> Response:
    """Return the task to the step that was chosen, with a reason."""
    _, standing = approach(visit, task_id)
    try:
        return_task(visit.desk(standing.actor), task_id, visit.form.text("buoc"), visit.form.text("ly_do_tra_lai"))
    except Refused as refused:
        return after_refusal(visit, *look(visit, task_id), refused, f"/viec/{task_id}/ket-qua", returning=True)
    visit.web.nudge()
    return visit.go(f"/viec/{task_id}/ket-qua")


@pages.post("/viec/{task_id}/thu-hoi", PERSON)
def take_back(visit: Guest, task_id: str) -> Response:
    """Withdraw the decision; the task is open again and in the hands of whoever took it back."""
    _, standing = approach(visit, task_id)
    try:
        done = withdraw_task(visit.desk(standing.actor), task_id, visit.form.text("ly_do"))
    except Refused as refused:
        return result_page(visit, task_id, status_of(refused), wrong=mistakes_of(refused), typed=visit.form.fields)
    visit.web.nudge()
    return visit.go(f"/viec/{done.opened[0]}" if done.opened else f"/viec/{task_id}/ket-qua")


@pages.post("/viec/{task_id}/huy-duyet", PERSON)
def undo(visit: Guest, task_id: str) -> Response:
    """Undo what was pressed a moment ago; afterwards there is still "Thu hồi" with a reason."""
    _, standing = approach(visit, task_id)
    try:
        done = undo_decision(visit.desk(standing.actor), task_id, UNDONE)
    except Refused as refused:
        return result_page(visit, task_id, status_of(refused), wrong=mistakes_of(refused))
    visit.web.nudge()
    return visit.go(f"/viec/{done.opened[0]}?xong=huy" if done.opened else f"/viec/{task_id}/ket-qua")
