"""Kinds of events that people choose a way for, what cannot be switched off and why, and what is urgent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflows.engine.calendar import Calendar
from workflows.store.telling import Occasion
from workflows.store.worklist import TaskRow

from .messages import Message

SIGNATURE = "ky"
CODE = "ma"
SECURITY = "bao_mat"
DIGEST = "tong_hop"
SIGNATURE_FORMS = ("ky", "ky_bao_cao")
# A priority from which a step is "khẩn" (Camunda's scale of 0 to 100, 50 is ordinary).
URGENT_PRIORITY = 75


@dataclass(frozen=True)
class Event:
    """One line of the page of preferences; what is `fixed` always comes by mail, alone, and says why."""

    key: str
    fixed: bool = False


# In the order of the page. Words for each, and why it is fixed, are service/words/telling_words.py.
EVENTS: tuple[Event, ...] = (
    Event(SIGNATURE, fixed=True),
    Event("tra_lai", fixed=True),
    Event("huy_duyet", fixed=True),
    Event("qua_han", fixed=True),
    Event(CODE, fixed=True),
    Event(SECURITY, fixed=True),
    Event("viec_moi"),
    Event("sap_han"),
    Event("cap_duoi_cham"),
    Event("phoi_hop"),
    Event("ban_hanh"),
    Event("van_ban"),
    Event("bao_cao"),
    Event("dung"),
    Event("he_thong"),
    Event("khac"),
)
FIXED = frozenset(event.key for event in EVENTS if event.fixed)
# These wait for nothing: somebody stands before a page and waits for them, or chose their hour.
AT_ONCE = frozenset({CODE, DIGEST})
_DUE_TODAY = frozenset({SIGNATURE, "viec_moi", "sap_han", "tra_lai"})


def event_of(message: Message, task: TaskRow | None) -> str:
    """What kind of event this message is of to the one who gets it."""
    if message.event == "viec_moi" and task is not None and task.form in SIGNATURE_FORMS:
        return SIGNATURE
    return message.event


def is_urgent(event: str, occasion: Occasion, task: TaskRow | None, calendar: Calendar, now: datetime) -> bool:
    """What passes quiet hours and digests: due today, a signature due within a working day, documents marked khẩn."""
    if occasion.data.get("priority", 0) >= 1:
        return True
    if task is None or task.status != "open":
        return False
    if task.priority >= URGENT_PRIORITY:
        return True
    if task.due is None or event not in _DUE_TODAY or task.due < now:
        return False
    left = 1 if event == SIGNATURE else 0
    return calendar.count(now, task.due) < left or calendar.local_day(task.due) == calendar.local_day(now)
