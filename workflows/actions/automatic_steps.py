"""A decision with every automatic step that it reached carried out as well: the program's own, and quick functions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from workflows.engine import Decision, State, decide
from workflows.engine.actor import CLOCK, Actor, Context
from workflows.engine.commands import Command, CompleteTask, FailTask, ThrowTaskError
from workflows.engine.events import Event, TaskOpened
from workflows.errors import Refused
from workflows.store.ahead import NotAtHand
from workflows.store.case_row import CaseRow
from workflows.store.remembered import Known

from .automation import AUTOMATION, Job
from .definitions import StoredDefinitions
from .desk import Work
from .functions import Call, call_function

MOST_AUTOMATIC_STEPS = 100


@dataclass(frozen=True)
class Carried:
    """What was decided, and until when a job whose function failed is left alone."""

    decision: Decision
    paused: Mapping[str, datetime] = field(default_factory=dict)


def pause_after(retries_left: int) -> timedelta:
    """How long to wait before a function that failed is tried again: a minute while two tries are left, then ten."""
    return timedelta(minutes=int(10 ** max(0, 2 - retries_left)))


def decide_and_carry_out(work: Work, known: Known, command: Command, context: Context) -> Carried:
    """The decision on the command and on every automatic step behind it, as if it were one.

    A step of the program's own that fails undoes the command with it. A function's failure undoes nothing: its job
    stays open and is tried again by `run_jobs`.
    """
    case = known.opened.case
    definitions = StoredDefinitions(work.connection, {case.definition_id: known.opened.definition_hash})
    decision = decide(definitions, known.state, command, work.by, context)
    events = list(decision.events)
    paused: dict[str, datetime] = {}
    left: set[str] = set()  # jobs that stay open: they have to wait, or their function failed
    for _ in range(MOST_AUTOMATIC_STEPS):
        step = _next_step(work, case, events, decision.state, left)
        if step is None:
            return Carried(Decision(tuple(events), decision.state), paused)
        if work.ahead is not None:  # what is decided ahead may be decided again, and a step is carried out once
            raise NotAtHand
        done = _outcome(work, case, step, decision.state)
        if done is None or isinstance(done, FailTask):
            left.add(step.task_id)
        if done is None:
            continue
        if isinstance(done, FailTask) and done.retries_left:
            paused[step.task_id] = work.now + pause_after(done.retries_left)
        decision = decide(definitions, decision.state, done, _carrying_out(work.by), context)
        events += decision.events
    raise Refused("LIMIT_EXCEEDED", limit=MOST_AUTOMATIC_STEPS, case=case.id)


def _carrying_out(by: Actor) -> Actor:
    """Who does the automatic steps behind the deed of another.

    A failure there must undo the person's action with it; only the clock's failures may become incidents.
    """
    return CLOCK if by.is_system else Actor(None, CLOCK.name, channel=by.channel, groups=CLOCK.groups)


def _next_step(
    work: Work, case: CaseRow, events: Sequence[Event], state: State, left: Collection[str]
) -> TaskOpened | None:
    """The oldest open job among these events that is carried out here and now."""
    for event in events:
        if not isinstance(event, TaskOpened) or event.task_id not in state.tasks or event.task_id in left:
            continue
        topic = event.topic or ""
        if _is_own(case, topic) or (topic in work.functions and not work.functions.is_slow(topic)):
            return event
    return None


def _is_own(case: CaseRow, topic: str) -> bool:
    """The program's own steps work on a plan; in other cases a topic of the same name is a worker's."""
    return case.plan_id is not None and topic in AUTOMATION


def _outcome(
    work: Work, case: CaseRow, step: TaskOpened, state: State
) -> CompleteTask | ThrowTaskError | FailTask | None:
    """What comes of the step; None: not yet, and the clock comes back to it."""
    topic, variables = step.topic or "", state.visible(step.task_id)
    if _is_own(case, topic):
        done = AUTOMATION[topic](Job(work, case, variables))
        return None if done is None else CompleteTask(step.task_id, done)
    answer = call_function(work.functions, Call(topic, case.id, case.business_key, variables, work.now))
    if answer.error is not None:
        return ThrowTaskError(step.task_id, answer.error.code, answer.error.message, answer.error.variables)
    if answer.failure is not None:
        return FailTask(step.task_id, answer.failure, max((step.retries or 0) - 1, 0))
    return CompleteTask(step.task_id, answer.variables)
