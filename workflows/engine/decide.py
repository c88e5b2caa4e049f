"""Judges one command: the events it causes and the state after them, or a refusal with nothing changed. The only
judge there is."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.errors import Refused

from . import commands as cmd
from .actor import Actor, Context
from .definitions import Definitions
from .events import Event, FlowsTaken
from .handlers import HANDLERS
from .incidents import record_failure
from .rules.conditional import look
from .rules.joins import release
from .rules.table import RULES
from .run import Run
from .state import State
from .watched import Looks
from .withdrawing import note_handing_on

FAILURES = frozenset(
    {
        "NO_OUTGOING_FLOW",
        "EXPRESSION_ERROR",
        "DECISION_ERROR",
        "CALLED_ELEMENT_NOT_FOUND",
        "CALL_DEPTH_EXCEEDED",
        "LIMIT_EXCEEDED",
    }
)
# Somebody asked for these, though it be through the clock's hands; they are never tried again by themselves.
ALWAYS_RAISED = (cmd.StartCase, cmd.MoveTokens, cmd.MigrateCase)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a command causes: the events in their order, and the state after the last of them."""

    events: tuple[Event, ...]
    state: State


def decide(
    definitions: Definitions,
    state: State,
    command: cmd.Command,
    by: Actor,
    context: Context,
    *,
    watch: Looks | None = None,
) -> Decision:
    """Carry out a command from its stimulus to the next wait states, in one step (G8); `watch` notes what of the
    variables of a start was looked at.

    Raises Refused with every reason. A failure that no person caused (the clock, a worker) is not raised: everything is
    rolled back and the decision is one incident, which can be retried.
    """
    try:
        return _carried_out(_run(definitions, state, by, context, watch), state, command)
    except Refused as refused:
        if not by.is_unattended or refused.code not in FAILURES or isinstance(command, ALWAYS_RAISED):
            raise
        run = _run(definitions, state, by, context)
        record_failure(run, command, refused)
        return Decision(tuple(run.events), run.state)


def _carried_out(run: Run, state: State, command: cmd.Command) -> Decision:
    if isinstance(command, cmd.StartCase) != (state.status == "new") or state.is_over():
        raise Refused("NOT_WAITING", status=state.status)
    if state.suspended and not isinstance(command, cmd.ResumeCase | cmd.CancelCase):
        raise Refused("CASE_SUSPENDED")
    HANDLERS[type(command)](run, command)
    run.settle()
    if run.handing_on is not None:
        note_handing_on(run, *run.handing_on)
    if run.flows:
        run.emit(FlowsTaken(run.flows))
    return Decision(tuple(run.events), run.state)


def _run(definitions: Definitions, state: State, by: Actor, context: Context, watch: Looks | None = None) -> Run:
    run = Run(definitions, state.copy(), by, context, rules=RULES, look=look, rest=release)
    run.looks = watch
    return run
