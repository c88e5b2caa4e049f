"""What is said about a task between people (work_messages.py)."""

from __future__ import annotations

from collections.abc import Sequence

from workflows.store.telling import Occasion

from .addressee import AddressBook, Addressee
from .audience import task_of
from .facts import plan_facts, task_facts
from .letterhead import Writer, letterhead
from .messages import Message
from .one_line import trimmed
from .work_messages import Mentioned, PlanMoved, TaskAnswered, TaskAsked, TaskPassed, TaskWithdrawn

FORWARDED = "chuyen_tiep"
QUOTED = 500  # characters of what somebody wrote; the rest is on the page
OUTCOMES = {"dong_y": "Đồng ý", "khong_dong_y": "Không đồng ý"}
PASSED = {
    "reassigned": ("Chuyển việc", "chuyển việc này để {you} xử lý"),
    "delegated": ("Ủy quyền xử lý", "ủy quyền để {you} xử lý và trả lại khi xong"),
    "handed_back": ("Trả lại sau ủy quyền", "trả lại việc đã ủy quyền để {you} hoàn thành"),
}


def asked(book: AddressBook, occasion: Occasion) -> Writer:
    """The question itself stands in the letter."""
    facts = task_facts(book, task_of(book.connection, occasion))
    mark = "Chuyển tiếp" if facts.task.form == FORWARDED else "Hỏi thêm"
    by, words = book.mention(str(occasion.data["by"])), trimmed(str(occasion.data["words"]), QUOTED)

    def write(to: Addressee, url: str) -> Message:
        head = letterhead(book, to, url)
        step = facts.task.name
        return TaskAsked(*head, facts.title, facts.about, mark, by, words, step, facts.due, facts.task.blocking)

    return write


def answered(book: AddressBook, occasion: Occasion) -> Writer:
    """The answer itself stands in the letter."""
    facts = task_facts(book, task_of(book.connection, occasion))
    outcome = OUTCOMES.get(str(occasion.data["outcome"]), "")
    answer = ": ".join(filter(None, (outcome, trimmed(str(occasion.data["words"]), QUOTED))))
    by = book.mention(str(occasion.data["by"]))

    def write(to: Addressee, url: str) -> Message:
        return TaskAnswered(*letterhead(book, to, url), facts.title, facts.about, by, answer, facts.step, facts.due)

    return write


def passed(book: AddressBook, occasion: Occasion) -> Writer:
    """Why it came stands beside it."""
    facts = task_facts(book, task_of(book.connection, occasion))
    mark, what = PASSED[str(occasion.data["how"])]
    by, reason = book.mention(str(occasion.data["by"])), trimmed(str(occasion.data["reason"]), QUOTED)

    def write(to: Addressee, url: str) -> Message:
        head = letterhead(book, to, url)
        done = what.format(you=to.you)
        return TaskPassed(*head, facts.title, facts.about, mark, done, by, reason, facts.step, facts.due)

    return write


def withdrawn(book: AddressBook, occasion: Occasion) -> Writer:
    """Who took it back, and why."""
    facts = task_facts(book, task_of(book.connection, occasion))
    by, reason = book.mention(str(occasion.data["by"])), trimmed(str(occasion.data["reason"]), QUOTED)

    def write(to: Addressee, url: str) -> Message:
        return TaskWithdrawn(*letterhead(book, to, url), facts.title, facts.about, by, reason, facts.step)

    return write


def mentioned(book: AddressBook, occasion: Occasion) -> Writer:
    """What was said stands in the letter."""
    assert occasion.plan_id is not None, "comments belong to plans"
    title = plan_facts(book.connection, occasion.plan_id).title
    by, words = book.mention(str(occasion.data["by"])), trimmed(str(occasion.data["words"]), QUOTED)

    def write(to: Addressee, url: str) -> Message:
        return Mentioned(*letterhead(book, to, url), title, by, words)

    return write


def plan_moved(book: AddressBook, occasion: Occasion) -> Writer:
    """Which steps ended and which wait now."""
    assert occasion.plan_id is not None, "plans are watched"
    title = plan_facts(book.connection, occasion.plan_id).title
    parts = [_steps("xong bước", occasion.data["done"]), _steps("đang chờ bước", occasion.data["begun"])]
    if occasion.data["over"]:
        parts.append("quy trình đã kết thúc")
    moved, by = "; ".join(filter(None, parts)), str(occasion.data["by"])

    def write(to: Addressee, url: str) -> Message:
        return PlanMoved(*letterhead(book, to, url), title, moved, by)

    return write


def _steps(words: str, names: Sequence[str]) -> str:
    return f"{words} {', '.join(f'“{name}”' for name in names)}" if names else ""
