"""What is said about a task between people: asked, answered, passed on, mentioned, and what moved in a watched plan."""

from __future__ import annotations

from dataclasses import dataclass

from .messages import AboutPlan, AboutTask


@dataclass(frozen=True)
class TaskAsked(AboutTask):
    """Somebody asks the person about a task, or forwards it; `waits` when that task waits for the answer."""

    template = "task_asked"
    event = "viec_moi"
    mark: str  # "Hỏi thêm" | "Chuyển tiếp"
    by: str
    words: str
    step: str
    due: str
    waits: bool


@dataclass(frozen=True)
class TaskAnswered(AboutTask):
    """Who was asked has answered; the task waits for whoever asked."""

    template = "task_answered"
    event = "viec_moi"
    by: str
    answer: str
    step: str
    due: str


@dataclass(frozen=True)
class TaskPassed(AboutTask):
    """A task came into the person's hands: given by another, delegated, or back from a delegate."""

    template = "task_passed"
    event = "viec_moi"
    mark: str  # "Chuyển việc" | "Ủy quyền xử lý" | "Trả lại sau ủy quyền"
    what: str  # "chuyển cho đồng chí xử lý" …
    by: str
    reason: str
    step: str
    due: str


@dataclass(frozen=True)
class TaskWithdrawn(AboutTask):
    """Whoever handed the task on took it back before anybody had opened it."""

    template = "task_withdrawn"
    event = "viec_moi"
    by: str
    reason: str
    step: str


@dataclass(frozen=True)
class Mentioned(AboutPlan):
    """Somebody named the person in a comment."""

    template = "mentioned"
    by: str
    words: str


@dataclass(frozen=True)
class PlanMoved(AboutPlan):
    """A plan that the person watches has gone a step further; told in the house only."""

    template = "plan_moved"
    moved: str  # "xong bước “Kiểm tra nội dung”; đang chờ bước “Ký ban hành”"
    by: str


WORK_KINDS = (TaskAsked, TaskAnswered, TaskPassed, TaskWithdrawn, Mentioned, PlanMoved)
