"""Many cases started at once: those that look alike are judged once by the engine, all are written together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workflows.engine import Decision
from workflows.engine.actor import Context
from workflows.engine.alike import Outline, Starts
from workflows.engine.commands import StartCase
from workflows.engine.events import MessageThrown, SignalThrown, TaskOpened
from workflows.store import cases, clockwork, escalation_policies, own_marks
from workflows.store.case_row import CaseRow, new_case_row
from workflows.store.new_cases import NewCase, ids_for, write_new

from .automation import AUTOMATION
from .definitions import StoredDefinitions
from .desk import Work
from .handle import start_case, who
from .tell_watchers import tell_watchers


@dataclass(frozen=True)
class Start:
    """A case to be started: what `start_case` is told of it."""

    variables: Mapping[str, Any]
    business_key: str
    office_id: int | None
    plan_id: int | None


@dataclass(frozen=True)
class _Begun:
    """A new case, and the rows of the people's tasks that are open in it."""

    new: NewCase
    tasks: Sequence[str]


def start_cases(work: Work, process: str, starts: Sequence[Start]) -> list[int]:
    """Start a case of the newest version of this process for each (by its own key), and return their ids in this order.

    One of which more follows than rows (an automatic step, a message) is started by `start_case` like any other.
    """
    definition_id = cases.latest_definition(work.connection, process).id
    judge = Starts(StoredDefinitions(work.connection), work.by)
    calendars = clockwork.calendars_of(work.connection, {start.office_id for start in starts})
    ids: dict[str, int] = {}
    together: list[_Begun] = []
    kinds: dict[tuple[Outline | None, bool], tuple[bool, list[str]]] = {}
    for start, case_id in zip(starts, ids_for(work.connection, len(starts)), strict=True):
        case = new_case_row(
            case_id,
            definition_id=definition_id,
            process=process,
            office_id=start.office_id,
            plan_id=start.plan_id,
            business_key=start.business_key,
            now=work.now,
        )
        command = StartCase(str(definition_id), process, start.variables, start.business_key)
        calendar = calendars[start.office_id]
        judged = judge.judge(command, Context(work.now, calendar))
        kind = (judged.outline, start.plan_id is None)
        if judged.outline is None or kind not in kinds:
            kinds[kind] = _more_follows(work, case, judged.decision), _opened(judged.decision)
        more_follows, opened = kinds[kind]
        if more_follows:
            continue
        tasks = [f"{case_id}-{task_id}" for task_id in opened]
        new = NewCase(case, judged.events, judged.state_json, _told(work, case, tasks), calendar, judged.outline)
        together.append(_Begun(new, tasks))
        ids[start.business_key] = case_id
    write_new(work.connection, [each.new for each in together], work.now, who(work.by))
    _follow_offices(work, together)
    for start in starts:
        if start.business_key not in ids:
            ids[start.business_key] = _start_alone(work, process, start)
    return [ids[start.business_key] for start in starts]


def _start_alone(work: Work, process: str, start: Start) -> int:
    key, office_id, plan_id = start.business_key, start.office_id, start.plan_id
    handled = start_case(work, process, start.variables, business_key=key, office_id=office_id, plan_id=plan_id)
    return handled.case_id


def _more_follows(work: Work, case: CaseRow, decision: Decision) -> bool:
    """Whether somebody else is reached, or a job is carried out by this program here and now."""
    return any(
        isinstance(event, MessageThrown | SignalThrown)
        or (isinstance(event, TaskOpened) and _is_ours(work, case, event.topic or ""))
        for event in decision.events
    )


def _is_ours(work: Work, case: CaseRow, topic: str) -> bool:
    return (case.plan_id is not None and topic in AUTOMATION) or topic in work.functions


def _opened(decision: Decision) -> list[str]:
    """The ids, within the case, of the people's tasks that are open."""
    opened = (each for each in decision.events if isinstance(each, TaskOpened))
    return [each.task_id for each in opened if each.kind == "user" and each.task_id in decision.state.tasks]


def _told(work: Work, case: CaseRow, tasks: Sequence[str]) -> list[dict[str, Any]]:
    about = {"office_id": case.office_id, "plan_id": case.plan_id, "case_id": case.id}
    return [
        {"kind": "task_opened", "key": f"task:{task_id}", "at": work.now, **about, "task_id": task_id, "data": {}}
        for task_id in tasks
    ]


def _follow_offices(work: Work, together: Sequence[_Begun]) -> None:
    """Offices with levels of their own have them for the new tasks; whoever watches a plan hears of its steps."""
    policies = escalation_policies.policies_of(work.connection, {each.new.case.office_id for each in together})
    watched = own_marks.plans_watched(work.connection, {each.new.case.plan_id for each in together})
    for new, tasks in ((each.new, each.tasks) for each in together):
        policy = policies.get(new.case.office_id or 0)
        if policy and tasks:
            found = escalation_policies.tasks_called(work.connection, tasks)
            escalation_policies.replan(work.connection, found, policy, new.calendar, work.now)
        if new.case.plan_id in watched:
            tell_watchers(work, new.case, new.events)
