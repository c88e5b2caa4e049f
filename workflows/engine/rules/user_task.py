"""User tasks: who may do it, until when, with which form; all resolved when the task is created (semantics.md H1 to
H9)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from workflows.bpmn.model import HumanTask
from workflows.engine.events import TaskOpened, TaskRevised
from workflows.engine.exclusions import excluded_from, is_remembered
from workflows.engine.program import Step
from workflows.engine.run import Run
from workflows.engine.state import Instance
from workflows.errors import Refused

from .activity import Activity
from .asked import ASKED
from .listeners import LISTENER
from .timer import instant_or_period

DEFAULT_PRIORITY = 50
Read = TypeVar("Read")
NOBODY = HumanTask()


class UserTask(Activity):
    """A task for a person."""

    def work(self, run: Run, place: Instance, step: Step) -> None:
        """Open the work item."""
        human = step.node.human or NOBODY
        where = place.id
        due = _instant(run, human.due, where, step.id)
        run.emit(
            TaskOpened(
                where,
                step.id,
                name=_text(run, step.node.name, where),
                assignee=_text(run, human.assignee, where) or None,
                candidate_groups=_listed(run, human.candidate_groups, where),
                candidate_users=_listed(run, human.candidate_users, where),
                due=due,
                follow_up=_instant(run, human.follow_up, where, step.id),
                priority=_priority(run, human.priority, where, step.id),
                form_key=_text(run, human.form_key, where),
                variables=run.state.variables.get(where, {}),
                escalation=human.escalation,
                excluded=excluded_from(run, place, step),
                round=run.state.rounds.get(step.id, 0) + 1,
                remembered=is_remembered(run, place, step),
                drafting=human.rights.draft,
                order=run.state.order.get(step.id) or len(run.state.order) + 1,
                properties=dict(step.node.properties),
                due_days=run.counted.get(due) if due is not None else None,
            )
        )

    def done(self, run: Run, place: Instance, step: Step, results: Mapping[str, Any], *, local: bool) -> None:
        """The person has completed it."""
        self.complete(run, place, step, results, local=local)


def revised(run: Run, place: Instance, step: Step) -> TaskRevised:
    """What the definition says now of a work item that is open: candidates as they are computed today (H3)."""
    human, job = step.node.human or NOBODY, step.node.job
    if place.role == ASKED:
        task = run.state.tasks[place.id]
        name, form = run.state.facts[place.id]["name"], run.state.facts[place.id]["form"]
        return TaskRevised(place.id, step.id, name, form_key=form, candidate_users=task.candidate_users)
    if place.role == LISTENER:
        return TaskRevised(place.id, step.id, step.node.name, run.state.facts[place.id]["function"])
    if job is not None:
        return TaskRevised(place.id, step.id, step.node.name, str(run.evaluate(job.topic, place.id)))
    return TaskRevised(
        place.id,
        step.id,
        name=_text(run, step.node.name, place.id),
        form_key=_text(run, human.form_key, place.id),
        candidate_groups=_listed(run, human.candidate_groups, place.id),
        candidate_users=_listed(run, human.candidate_users, place.id),
        excluded=excluded_from(run, place, step),
        remembered=is_remembered(run, place, step),
        drafting=human.rights.draft,
    )


def shown(step: Step) -> tuple[str | None, ...]:
    """What lists and pages show of a work item of this step, as the definition writes it."""
    human, job = step.node.human or NOBODY, step.node.job
    return step.id, step.node.name, human.form_key, job.topic if job is not None else None


def _text(run: Run, text: str | None, where: str) -> str | None:
    if text is None:
        return None
    value = run.evaluate(text, where)
    return None if value is None else str(value)


def _listed(run: Run, texts: Iterable[str], where: str) -> tuple[str, ...]:
    """Literals, comma lists and expressions that give a list or such a text (H3), each name once."""
    found: dict[str, None] = {}
    for text in texts:
        value = run.evaluate(text, where)
        parts = value if isinstance(value, list | tuple) else str(value).split(",") if value is not None else ()
        found.update(dict.fromkeys(name for name in (str(part).strip() for part in parts if part is not None) if name))
    return tuple(found)


def _instant(run: Run, text: str | None, where: str, element: str) -> datetime | None:
    value = run.evaluate(text, where) if text is not None else None
    if value is None or value == "":
        return None
    return _checked(lambda: instant_or_period(value, run.context.now), element, "Thời hạn không đọc được.")


def _priority(run: Run, text: str | None, where: str, element: str) -> int:
    value = run.evaluate(text, where) if text is not None else None
    if value is None or value == "":
        return DEFAULT_PRIORITY
    return _checked(lambda: _whole(value), element, "Độ ưu tiên phải là số nguyên.")


def _whole(value: Any) -> int:  # noqa: ANN401 - whatever an expression gives
    if isinstance(value, bool) or (isinstance(value, float) and not value.is_integer()):
        raise ValueError(value)
    return int(value)


def _checked(read: Callable[[], Read], element: str, message: str) -> Read:
    try:
        return read()
    except (ValueError, TypeError) as problem:
        raise Refused("EXPRESSION_ERROR", element=element, message=message) from problem
