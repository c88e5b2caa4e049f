"""Many small decisions in one go: each through the same verb, in a transaction of its own, with a result of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from workflows.engine.actor import Actor
from workflows.errors import Refused
from workflows.store import worklist

from .act_on_task import Done, act_on_task
from .desk import Desk
from .forms.together import MOST_TOGETHER, TOGETHER


@dataclass(frozen=True)
class Chosen:
    """One of the tasks, with the hash of the text that the person saw."""

    task_id: str
    seen_hash: str | None = None


@dataclass(frozen=True)
class OneResult:
    """What came of one of them: done, or refused with its reasons."""

    task_id: str
    done: Done | None = None
    refused: Refused | None = None


def act_on_tasks(desk: Desk, chosen: Sequence[Chosen], stands: Callable[[str], Actor]) -> list[OneResult]:
    """Say yes to each in the order given; one that is refused does not keep the others.

    `stands` tells as whom the person acts on a task: in the own right or in another's. Refused as a whole only with
    NOTHING_CHOSEN and TOO_MANY; a task whose form is not done together is refused by itself (ONE_BY_ONE).
    """
    if not chosen:
        raise Refused("NOTHING_CHOSEN", field="viec")
    if len(chosen) > MOST_TOGETHER:
        raise Refused("TOO_MANY", field="viec", most=MOST_TOGETHER)
    return [_one(desk, each, stands) for each in chosen]


def _one(desk: Desk, chosen: Chosen, stands: Callable[[str], Actor]) -> OneResult:
    try:
        with desk.database.read() as connection:
            task = worklist.task(connection, chosen.task_id)
        fields = TOGETHER.get(task.form or "") if task is not None else None
        if task is not None and fields is None:
            raise Refused("ONE_BY_ONE", form=task.form)
        by = Desk(desk.database, desk.now, stands(chosen.task_id), desk.functions)
        return OneResult(chosen.task_id, act_on_task(by, chosen.task_id, fields or {}, seen_hash=chosen.seen_hash))
    except Refused as refused:
        return OneResult(chosen.task_id, refused=refused)
