"""What each command does to a case: its guards first, all reasons at once, then its first steps; the table is the
whole list."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from types import NoneType
from typing import Any, cast

from workflows.bpmn.expressions import ExpressionError, as_json
from workflows.bpmn.model import Process
from workflows.errors import Reason, Refused

from . import commands as cmd
from . import incidents, people
from .actor import Actor
from .adjusting import add_instance, drop_instance, reschedule
from .definitions import Definitions
from .events import CaseResumed, CaseStarted, CaseSuspended
from .exclusions import exclude_anew, remember_voter
from .migration import migrate_case
from .moving import move_tokens
from .program import Program, Step, program_of
from .returning import return_task
from .rights import may_act
from .rules import timer as timers
from .rules.adhoc import AdHoc
from .rules.asked import ASKED
from .rules.delivery import deliver
from .rules.error import raise_error
from .rules.listeners import LISTENER
from .rules.opening import open_inside
from .run import Run
from .state import ROOT, Instance, Task
from .watched import Watched
from .withdrawing import may_hand_on, withdraw_task


def start_case(run: Run, command: cmd.StartCase) -> None:
    """Start a case by one start event (G1)."""
    program = _started(run.definitions, command)
    people.require(_may_start(run, program.process))
    start = _start_event(program, command)
    variables = start_variables(run.definitions, command, run.by)
    if run.looks is not None:
        variables = cast("dict[str, Any]", Watched(variables, run.looks))
    drafters: tuple[str, ...] = ()
    if program.approves or program.calls:
        drafters = tuple(person for person in (run.by.person, run.by.on_behalf_of) if person is not None)
    run.emit(CaseStarted(command.definition, command.process, variables, command.business_key, run.by.person, drafters))
    open_inside(run, run.state.instances[ROOT], program.chart, start)


def start_variables(definitions: Definitions, command: cmd.StartCase, by: Actor) -> dict[str, Any]:
    """What a case knows at its start: what the process says, what is given (JSON, D1), and who started it."""
    program = _started(definitions, command)
    start = _start_event(program, command)
    variables = {**program.process.values, **_json(command.variables)}
    initiator = (start or program.chart.initial[0]).node.initiator
    return variables if initiator is None else {**variables, initiator: by.person}


def _started(definitions: Definitions, command: cmd.StartCase) -> Program:
    program = program_of(definitions.load(command.definition), command.process)
    if program is None:
        raise Refused("NOT_FOUND", what="process", process=command.process)
    return program


def _may_start(run: Run, process: Process) -> tuple[Reason, ...]:
    """Who may start is everybody, unless the definition names groups or persons (H9)."""
    groups, users = process.starter_groups, process.starter_users
    if run.by.is_system or not (groups or users) or run.by.person in users or run.by.groups & set(groups):
        return ()
    return (Reason("NOT_A_STARTER", {"groups": list(groups), "users": list(users)}),)


def _start_event(program: Program, command: cmd.StartCase) -> Step | None:
    """The start event that is named; None for the plain one."""
    if command.start is None:
        if not program.chart.initial:
            raise Refused("NO_START", process=command.process)
        return None
    step = program.chart.steps.get(command.start)
    if step is None or step.kind != "startEvent":
        raise Refused("NOT_FOUND", what="start", start=command.start)
    return step


def complete_task(run: Run, command: cmd.CompleteTask) -> None:
    """Complete an open work item (H7)."""
    task, place, step = _open_task(run, command.task_id)
    people.require(people.may_complete(run, task))
    variables = _json(command.variables)
    if place.role != ASKED and may_hand_on(run, place, step) and place.parent is not None:
        run.handing_on = task, place.parent
    people.close_requests(run, task)
    run.close_task(task, "completed")
    if people.answered(run, task):
        return
    if place.role == LISTENER:
        run.rules[step.kind].heard(run, place, step, variables)
    else:
        remember_voter(run, place, step)
        exclude_anew(run)
        run.rules[step.kind].done(run, place, step, variables, local=command.local)


def throw_task_error(run: Run, command: cmd.ThrowTaskError) -> None:
    """Report a BPMN error from an open work item."""
    task, place, step = _open_task(run, command.task_id)
    people.require(may_act(task, run.by))
    if place.role == ASKED:
        raise Refused("NOT_A_STEP", task=task.id)
    variables = _json(command.variables)
    people.close_requests(run, task)
    run.close_task(task, "failed")
    thrower = place.parent if place.role == LISTENER and place.parent is not None else place.id
    raise_error(run, thrower, step.id, command.code, message=command.message, variables=variables)


def fire_timer(run: Run, command: cmd.FireTimer) -> None:
    """A timer has come due."""
    timer = run.state.timers.get(command.timer_id)
    if timer is None:
        raise Refused("NOT_WAITING", timer=command.timer_id)
    if timer.due > run.context.now:
        raise Refused("NOT_DUE", timer=command.timer_id, due=timer.due.isoformat())
    timers.fire(run, timer.id)


def deliver_message(run: Run, command: cmd.DeliverMessage | cmd.DeliverSignal) -> None:
    """A message or a signal reaches a subscription."""
    if command.subscription_id not in run.state.subscriptions:
        raise Refused("NOT_WAITING", subscription=command.subscription_id)
    deliver(run, command.subscription_id, _json(command.variables))


def set_variables(run: Run, command: cmd.SetVariables) -> None:
    """Write process variables from outside."""
    if command.variables:
        run.write_local(ROOT, _json(command.variables))


def activate_elements(run: Run, command: cmd.ActivateElements) -> None:
    """Start inner activities of an ad-hoc sub-process; an empty list says that nothing more will be started."""
    place, rule = _adhoc(run, command.adhoc)
    if command.elements:
        rule.activate(run, place, run.step(place), command.elements)
    else:
        rule.finish(run, place)


def finish_adhoc(run: Run, command: cmd.FinishAdhoc) -> None:
    """Nothing more will be started in an ad-hoc sub-process."""
    place, rule = _adhoc(run, command.adhoc)
    rule.finish(run, place)


def cancel_case(run: Run, command: cmd.CancelCase) -> None:
    """End the case early (L6), suspended or not."""
    if run.state.suspended:
        run.emit(CaseResumed())
    run.end_case("cancelled", command.reason)


def suspend_case(run: Run, command: cmd.SuspendCase) -> None:
    """Make the case stand still; what is open stays open."""
    run.emit(CaseSuspended(command.reason))


def resume_case(run: Run, command: cmd.ResumeCase) -> None:
    """Let the case go on; the timers that came due meanwhile are found by the next sweep."""
    if not run.state.suspended:
        raise Refused("NOT_SUSPENDED")
    run.emit(CaseResumed())


def carry_out(run: Run, command: cmd.Command) -> None:
    """Do what the command says."""
    HANDLERS[type(command)](run, command)


def _retry_incident(run: Run, command: cmd.RetryIncident) -> None:
    incidents.retry(run, command, carry_out)


def _adhoc(run: Run, element: str) -> tuple[Instance, AdHoc]:
    for place in run.state.instances.values():
        rule = run.rules[run.step(place).kind] if place.element == element and place.role != "body" else None
        if isinstance(rule, AdHoc):
            return place, rule
    raise Refused("NOT_ENABLED", element=element)


def _ask_person(run: Run, command: cmd.AskPerson) -> None:
    people.ask_person(run, command, _json(command.variables))


def _open_task(run: Run, task_id: str) -> tuple[Task, Instance, Step]:
    task = people.open_task(run, task_id)
    place = run.state.instances[task_id]
    return task, place, run.step(place)


_written = json.JSONEncoder(allow_nan=False).encode
PLAIN = frozenset({str, bool, NoneType})  # JSON, whatever the value


def _json(variables: Mapping[str, Any]) -> dict[str, Any]:
    """The variables as JSON values (D1); anything else is refused."""
    if not all(isinstance(name, str) for name in variables):
        raise Refused("BAD_VARIABLE", names=[str(name) for name in variables if not isinstance(name, str)])
    try:
        written = {name: as_json(value) for name, value in variables.items()}
        if any(type(value) not in PLAIN for value in written.values()):
            _written(written)
    except (ExpressionError, ValueError, TypeError, RecursionError) as problem:
        raise Refused("BAD_VARIABLE", name=_bad_one(variables)) from problem
    return written


def _bad_one(variables: Mapping[str, Any]) -> str | None:
    for name, value in variables.items():
        try:
            _written(as_json(value))
        except (ExpressionError, ValueError, TypeError, RecursionError):
            return name
    return None


HANDLERS: dict[type[Any], Callable[[Run, Any], None]] = {
    cmd.StartCase: start_case,
    cmd.CompleteTask: complete_task,
    cmd.ThrowTaskError: throw_task_error,
    cmd.FailTask: incidents.fail_task,
    cmd.FireTimer: fire_timer,
    cmd.DeliverMessage: deliver_message,
    cmd.DeliverSignal: deliver_message,
    cmd.SetVariables: set_variables,
    cmd.ActivateElements: activate_elements,
    cmd.FinishAdhoc: finish_adhoc,
    cmd.ReturnTask: return_task,
    cmd.WithdrawTask: withdraw_task,
    cmd.ClaimTask: people.claim_task,
    cmd.ReleaseTask: people.release_task,
    cmd.ReassignTask: people.reassign_task,
    cmd.DelegateTask: people.delegate_task,
    cmd.HandBackTask: people.hand_back_task,
    cmd.AskPerson: _ask_person,
    cmd.WithdrawRequest: people.withdraw_request,
    cmd.Reschedule: reschedule,
    cmd.AddInstance: add_instance,
    cmd.DropInstance: drop_instance,
    cmd.RetryIncident: _retry_incident,
    cmd.ResolveIncident: incidents.resolve,
    cmd.CancelCase: cancel_case,
    cmd.SuspendCase: suspend_case,
    cmd.ResumeCase: resume_case,
    cmd.MoveTokens: move_tokens,
    cmd.MigrateCase: migrate_case,
}
