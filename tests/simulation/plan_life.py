"""A plan as the simulation knows it, and the steps that may follow one another: a small model of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflows.engine.calendar import VIETNAM

from .world import World

MAIN = "ke_hoach"
DRAFT, CHECK, FORMAT, ROUND, MISSING, ANSWER, SIGN, NUMBER, ISSUE, CLOSE = (
    "soan_thao",
    "kiem_tra_noi_dung",
    "kiem_tra_the_thuc",
    "lay_y_kien",
    "xu_ly_thieu_y_kien",
    "tiep_thu",
    "trinh_ky",
    "cap_so",
    "phat_hanh",
    "ket_thuc_ke_hoach",
)
# What may wait after a step was done with this outcome; no outcome: whatever it was.
AFTER: dict[tuple[str, str], frozenset[str]] = {
    (DRAFT, ""): frozenset({CHECK}),
    (CHECK, "dat"): frozenset({FORMAT}),
    (CHECK, "tra_lai"): frozenset({DRAFT}),
    (FORMAT, "dat"): frozenset({ROUND, SIGN}),
    (FORMAT, "tra_lai"): frozenset({DRAFT}),
    (ROUND, ""): frozenset({ROUND, MISSING, ANSWER}),
    (MISSING, ""): frozenset({ROUND, ANSWER}),
    (ANSWER, "lay_lai"): frozenset({ROUND}),
    (ANSWER, "trinh_ky"): frozenset({CHECK, SIGN}),
    (SIGN, "ky"): frozenset({NUMBER}),
    (SIGN, "chuyen"): frozenset({SIGN}),
    (SIGN, "tra_lai"): frozenset({DRAFT, ROUND, ANSWER, FORMAT}),
    (NUMBER, ""): frozenset({ISSUE}),
    (ISSUE, ""): frozenset(),
    (CLOSE, ""): frozenset(),
}
STATES = (
    "draft",
    DRAFT,
    CHECK,
    FORMAT,
    ROUND,
    MISSING,
    ANSWER,
    SIGN,
    NUMBER,
    ISSUE,
    "in_force",
    CLOSE,
    "closed",
    "stopped",
)


@dataclass
class Plan:
    """A plan that was accepted."""

    id: int
    year: int
    text: str


@dataclass(frozen=True)
class Task:
    """A person's task as its row says."""

    id: str
    case_id: int
    process: str
    element: str
    form: str
    groups: tuple[str, ...]
    assignee: str | None
    excluded: tuple[str, ...]
    due: str | None
    plan_id: int


def steps_after(element: str, outcome: str) -> frozenset[str] | None:
    """Where the plan may stand after this; None where the model has nothing to say."""
    return AFTER.get((element, outcome), AFTER.get((element, "")))


def waiting_at(world: World, plan_id: int) -> list[str]:
    """The steps of the plan's own life that wait for somebody."""
    wanted = (
        "SELECT DISTINCT element FROM tasks WHERE plan_id = ? AND process = ? AND kind = 'user' AND status = 'open'"
    )
    return sorted(row[0] for row in world.as_it_stands(f"{wanted} AND asked_in IS NULL", plan_id, MAIN))


def state_of(world: World, plan_id: int) -> str:
    """The plan's status; while it is on its way, the step that it waits at."""
    ((status,),) = world.as_it_stands("SELECT status FROM plans WHERE id = ?", plan_id)
    if status in ("routing", "in_force"):
        return next(iter(waiting_at(world, plan_id)), "in_force")
    return str(status)


def local_day(at: datetime) -> str:
    """The day in Việt Nam, where the register is kept, as its column has it."""
    return at.astimezone(VIETNAM).date().isoformat()
