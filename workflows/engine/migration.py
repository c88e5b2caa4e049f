"""Migration: a running case goes on under another definition of its process, with everything that is open in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from workflows.errors import Refused

from . import commands as cmd
from .events import (
    CaseMigrated,
    ConditionDropped,
    Event,
    SubscriptionClosed,
    SubscriptionOpened,
    TaskRevised,
    TimerArmed,
    TimerDisarmed,
)
from .incidents import drop_orphans
from .migration_check import Check, check, forbids
from .program import Step
from .rules import conditional, joins, user_task
from .rules.waiting import arm
from .run import Run
from .state import ROOT, Subscription, Task, Timer, Watch


def migrate_case(run: Run, command: cmd.MigrateCase) -> None:
    """Rewrite the case to the new definition; refused with every finding that forbids it, nothing changed then.

    Tasks keep their ids, holders and due dates, timers their instants, messages their keys. Who may do a task is
    computed anew; conditions whose text changed and joins are looked at again.
    """
    known = check(run.definitions, run.state, command)
    reasons = [finding for finding in known.findings.values() if forbids(finding)]
    if reasons:
        raise Refused.because(reasons)
    tasks = {
        task.id: known.old.steps[task.element]
        for task in run.state.tasks.values()
        if run.state.instances[task.id].root == ROOT
    }
    moved = _withdraw(run, known)
    names = {name: target for name, target in command.mapping.items() if name != target}
    run.emit(CaseMigrated(run.state.homes[ROOT][0], command.definition, command.reason, names))
    run.forget(ROOT)
    for event in moved:
        run.emit(_numbered(run, event))
    for instance, element in known.added:
        arm(run, known.new.steps[element], run.state.instances[instance])
    _revise_tasks(run, tasks)
    changed = {known.target(each) for each in known.old.steps if _condition(known, each)}
    conditional.look_again(run, ROOT, changed)
    joins.look_again(run, ROOT)
    drop_orphans(run, command.reason)


def _withdraw(run: Run, known: Check) -> list[TimerArmed | SubscriptionOpened]:
    """Withdraw what the new definition does not wait for; gives what goes on there under another element's name."""
    moved: list[TimerArmed | SubscriptionOpened] = []
    state = run.state
    for timer in list(state.timers.values()):
        place, name = timer.instance, _new_name(run, known, timer)
        if name != timer.element:
            run.emit(TimerDisarmed(timer.id, timer.element))
        if name is not None and name != timer.element:
            moved.append(TimerArmed("", place, name, timer.due, timer.cycle, timer.anchor, timer.fired, timer.left))
    for wait in list(state.subscriptions.values()):
        place, name = wait.instance, _new_name(run, known, wait)
        if name != wait.element:
            run.emit(SubscriptionClosed(wait.id, wait.element))
        if name is not None and name != wait.element:
            moved.append(SubscriptionOpened("", place, name, wait.kind, wait.name, wait.key))
    for watch in list(state.watches.values()):
        if _new_name(run, known, watch) is None:
            run.emit(ConditionDropped(watch.id, watch.element))
    return moved


def _new_name(run: Run, known: Check, wait: Timer | Subscription | Watch) -> str | None:
    """What the element that waits is called from now on; None when nobody waits any more."""
    if (wait.instance, wait.element) in known.dropped:
        return None
    return known.target(wait.element) if run.state.instances[wait.instance].root == ROOT else wait.element


def _numbered(run: Run, event: TimerArmed | SubscriptionOpened) -> Event:
    if isinstance(event, TimerArmed):
        return replace(event, timer_id=run.new_id())
    return replace(event, subscription_id=run.new_id())


def _revise_tasks(run: Run, steps: Mapping[str, Step]) -> None:
    """Tell who may do the open tasks from now on; `steps` are those of the old definition, by task."""
    for task_id, was in steps.items():
        task, place = run.state.tasks[task_id], run.state.instances[task_id]
        now = run.step(place)
        run.at = now.id
        revised = user_task.revised(run, place, now)
        if _rights(revised) != _rights(task) or user_task.shown(was) != user_task.shown(now):
            run.emit(revised)


def _rights(of: TaskRevised | Task) -> tuple[object, ...]:
    return of.candidate_groups, of.candidate_users, of.excluded, of.remembered, of.drafting


def _condition(known: Check, element: str) -> bool:
    was, now = known.old.steps[element].node, known.new.steps.get(known.target(element))
    if now is None or not (was.events and now.node.events):
        return False
    return was.events[0].kind == "conditional" and was.events[0].condition != now.node.events[0].condition
