"""The only way a case is written: load, decide, carry out automatic steps, append, project, tell. One transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from workflows.engine import State, state_to_json
from workflows.engine.actor import Actor, Context
from workflows.engine.calendar import Calendar
from workflows.engine.commands import Command, DeliverMessage, DeliverSignal, StartCase
from workflows.engine.events import Event, MessageThrown, SignalThrown, TaskOpened, TaskRescheduled
from workflows.store import (
    cases,
    clockwork,
    escalation_policies,
    issuing,
    jobs,
    start_triggers,
    telling,
    worklist,
)
from workflows.store.appending import Appending, appending
from workflows.store.case_row import CaseRow
from workflows.store.open_case import OpenCase
from workflows.store.remembered import Known, known_now, remember
from workflows.store.spelling import Spelled, canonical
from workflows.store.start_triggers import Armed
from workflows.store.steps import Insert
from workflows.store.suspending import require_going_on
from workflows.traces import traced

from .automatic_steps import decide_and_carry_out
from .correlate import Receiver, catchers_of, receiver_of
from .desk import Message, Signal, Work
from .tell_watchers import tell_watchers


@dataclass(frozen=True)
class Notice:
    """How the people who get the next task are told of it: a new task, or one that came back with a reason."""

    kind: str = "task_opened"
    data: Mapping[str, Any] = field(default_factory=dict)


PLAIN = Notice()


@dataclass(frozen=True)
class Handled:
    """What a command did: the events of the case, and the state after them."""

    case_id: int
    events: Sequence[Event]
    state: State

    @property
    def opened(self) -> list[str]:
        """The ids of the people's tasks that it opened and that are open now, as the store knows them."""
        return [
            f"{self.case_id}-{event.task_id}"
            for event in self.events
            if isinstance(event, TaskOpened) and event.kind == "user" and event.task_id in self.state.tasks
        ]


def start_case(
    work: Work,
    process: str,
    variables: Mapping[str, Any],
    *,
    business_key: str | None = None,
    office_id: int | None = None,
    plan_id: int | None = None,
    start: str | None = None,
    definition_id: int | None = None,
    notice: Notice | None = None,
) -> Handled:
    """Start a case of this definition (None: the newest of the process) by this start event (None: the plain one)."""
    if work.ahead is not None and plan_id is None and definition_id is None:
        known = work.ahead.start(process, office_id=office_id, business_key=business_key, now=work.now)
        command = StartCase(str(known.opened.case.definition_id), process, variables, business_key, start)
        return _carry_out(work, known, command, None, notice or PLAIN)
    if definition_id is None:
        definition_id = cases.latest_definition_id(work.connection, process)
    case = cases.new_case(
        work.connection,
        definition_id=definition_id,
        process=process,
        office_id=office_id,
        plan_id=plan_id,
        business_key=business_key,
        now=work.now,
    )
    return handle(work, case.id, StartCase(str(definition_id), process, variables, business_key, start), notice=notice)


def start_by(
    work: Work,
    armed: Armed,
    variables: Mapping[str, Any],
    *,
    business_key: str | None = None,
    office_id: int | None = None,
) -> Handled:
    """Start the case that a timer, message or signal start event waits to start."""
    return start_case(
        work,
        armed.trigger.process,
        variables,
        business_key=business_key,
        office_id=office_id,
        start=armed.trigger.start,
        definition_id=armed.definition_id,
    )


def _spoken(
    work: Work, case: int | Known, command: Command, *, content_hash: str | None = None, notice: Notice | None = None
) -> Mapping[str, object]:
    del content_hash, notice
    case_id = case if isinstance(case, int) else case.opened.case.id
    return {"case_id": case_id, "command_type": type(command).__name__, "command_channel": work.by.channel}


@traced("command", _spoken)
def handle(
    work: Work, case: int | Known, command: Command, *, content_hash: str | None = None, notice: Notice | None = None
) -> Handled:
    """Carry out one command on one case, and what follows from it in other cases.

    The case is given by its id, or as this transaction has read and locked it and not written it since.
    Refused, Stale or NotFound leave nothing behind, for the transaction of `work` is rolled back by its owner.
    WORK_SUSPENDED while the office of the case is suspended, whoever acts: the clock too, and other cases' messages.
    """
    known = _known(work, case) if isinstance(case, int) else case
    return _carry_out(work, known, command, content_hash, notice or PLAIN)


def _carry_out(work: Work, known: Known, command: Command, content_hash: str | None, notice: Notice) -> Handled:
    opened, case = known.opened, known.opened.case
    if opened.rests and case.office_id is not None:
        require_going_on(work.connection, case.office_id)
    context = Context(work.now, clockwork.LazyCalendar(work.connection, case.office_id))
    carried = decide_and_carry_out(work, known, command, context)
    decision = carried.decision
    handled = Handled(case.id, decision.events, decision.state)
    if decision.events:
        written = appending(
            case,
            decision.events,
            state=state_to_json(decision.state),
            now=work.now,
            actor=_spelled(work.by),
            content_hash=content_hash,
            calendar=context.calendar,
            told=_told(work, case, handled, notice),
        )
        _write(work, opened, written, decision.state, context.calendar)
    for task_id, until in carried.paused.items():
        jobs.set_lock(work.connection, f"{case.id}-{task_id}", None, until)
    _void_earlier_rounds(work, case, decision.events)
    if opened.has_ladder:
        _plan_escalation(work, case, handled, context.calendar)
    if opened.is_watched:
        tell_watchers(work, case, decision.events)
    _follow(work, case, decision.events)
    return handled


def _known(work: Work, case_id: int) -> Known:
    """The case as it is, locked; or, for a command that is decided ahead, as it is remembered."""
    if work.ahead is not None:
        return work.ahead.open(case_id)
    return known_now(work.connection, case_id)


def _write(work: Work, opened: OpenCase, written: Appending, state: State, calendar: Calendar) -> None:
    then = Known(opened.after(written.values), state)
    if work.ahead is not None:
        work.ahead.put(written, then)
        return
    cases.carry_out(work.connection, written, calendar, work.now)
    remember(work.connection, then)


@lru_cache(maxsize=256)  # a person does many things, and a page asks for several of them
def _spelled(by: Actor) -> Spelled:
    """`who` as each of the actor's events has it."""
    return Spelled(canonical(who(by)))


def who(by: Actor) -> dict[str, Any]:
    """Who acted, as it stands on every event; in another's place with both names and what that rests on."""
    lent = {"principal": by.principal, "delegation": by.delegation} if by.on_behalf_of else {}
    return {
        "person": by.person,
        "name": by.name,
        "capacity": by.capacity,
        "on_behalf_of": by.on_behalf_of,
        "channel": by.channel,
        "post": by.post,
        **lent,
    }


def _void_earlier_rounds(work: Work, case: CaseRow, events: Sequence[Event]) -> None:
    """An approval belongs to one opening of its step: where the step is opened again it has to be given again."""
    for event in events:
        if case.plan_id is not None and isinstance(event, TaskOpened) and event.kind == "user" and event.round > 1:
            issuing.void_earlier_rounds(work.connection, case.plan_id, event.element, event.round, work.now)


def _plan_escalation(work: Work, case: CaseRow, handled: Handled, calendar: Calendar) -> None:
    """Where the office has levels of its own, tasks that are new or due anew follow them and not what was drawn."""
    moved = [f"{case.id}-{event.task_id}" for event in handled.events if isinstance(event, TaskRescheduled)]
    policy = escalation_policies.policy_of(work.connection, case.office_id) if handled.opened or moved else ()
    if policy:
        found = escalation_policies.tasks_called(work.connection, [*handled.opened, *moved])
        escalation_policies.replan(work.connection, found, policy, calendar, work.now)


def _told(work: Work, case: CaseRow, handled: Handled, notice: Notice) -> list[Insert]:
    """The occasions of the tasks that people have from now on, as they go into the command's one write."""
    rows = [
        telling.occasion_row(
            notice.kind,
            f"task:{task_id}",
            work.now,
            office_id=case.office_id,
            plan_id=case.plan_id,
            case_id=case.id,
            task_id=task_id,
            data=notice.data,
        )
        for task_id in handled.opened
    ]
    return [telling.telling(rows)] if rows else []


def _follow(work: Work, case: CaseRow, events: Sequence[Event]) -> None:
    """Messages and signals of this case, then what forms and automatic steps asked for, reach other cases.

    They are carried out as the System: what fails in another case is an incident there and undoes nothing here. Only
    what is refused (a case that cannot start, an office that is suspended, cases that reach each other without end)
    undoes what threw it, and is said to whoever did.
    """
    thrown = [event for event in events if isinstance(event, MessageThrown | SignalThrown)]
    if not thrown and not work.afterwards:  # most commands
        return
    clock = work.further()
    for event in thrown:
        if isinstance(event, MessageThrown):
            message = Message(event.name, event.key, event.variables, case.office_id, case.id, event.receivers)
            send_message(clock, message, ignoring=("NO_MATCH", "AMBIGUOUS"))
        else:
            send_signal(clock, Signal(event.name, event.variables, case.office_id, case.id))
    following = list(work.afterwards)
    work.afterwards.clear()
    for follow in following:
        if isinstance(follow, Message):
            send_message(clock, follow, ignoring=("NO_MATCH",))
        elif cases.load_case(work.connection, follow.case_id, lock=True).ended_at is None:
            handle(clock, follow.case_id, follow.command)


def send_message(work: Work, message: Message, *, ignoring: Collection[str] = ()) -> Handled | None:
    """Bring the actor's message to the one that it is for; None when that is nobody, for a code to be ignored."""
    receiver = receiver_of(work, message, ignoring=ignoring)
    return None if receiver is None else deliver_message(work, receiver, message)


def deliver_message(work: Work, receiver: Receiver, message: Message) -> Handled:
    """Give the message to the case that waits for it, or start the case that it starts."""
    if isinstance(receiver, Armed):
        return start_by(work, receiver, message.variables, business_key=message.key, office_id=message.office_id)
    return handle(work, receiver.case_id, DeliverMessage(receiver.subscription_id, message.variables))


def send_signal(work: Work, signal: Signal) -> int:
    """Bring the signal to everybody who waits for it now, and start what it starts; how many that were.

    Each is served as by the System: one that fails has an incident and holds up nobody.
    """
    clock, served = work.as_clock(), 0
    for waiting in catchers_of(work, signal):
        cases.load_case(work.connection, waiting.case_id, lock=True)
        if worklist.is_waiting(work.connection, waiting.case_id, waiting.subscription_id):
            handle(clock, waiting.case_id, DeliverSignal(waiting.subscription_id, signal.variables))
            served += 1
    started = start_triggers.triggers_for(work.connection, "signal", signal.name)
    for armed in started:
        start_by(clock, armed, signal.variables, office_id=signal.office_id)
    return served + len(started)
