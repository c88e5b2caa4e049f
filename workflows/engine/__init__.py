"""One case of a BPMN process as a pure state machine: no I/O, no clock, no randomness. See README.md in this folder."""

from __future__ import annotations

from .actor import CLOCK, Actor, Context, Limits
from .calendar import Calendar, DayCounted
from .correlation import correlate, matching
from .decide import Decision, decide
from .definitions import Definitions, DefinitionSet
from .evolve import evolve, replay
from .history import event_from_json, event_to_json
from .return_targets import Barred, Target, Targets, return_targets
from .rights import may_act, may_claim
from .starts import StartTrigger, following, start_triggers
from .state import State
from .state import from_json as state_from_json
from .state import to_json as state_to_json

__all__ = [
    "CLOCK",
    "Actor",
    "Barred",
    "Calendar",
    "Context",
    "DayCounted",
    "Decision",
    "DefinitionSet",
    "Definitions",
    "Limits",
    "StartTrigger",
    "State",
    "Target",
    "Targets",
    "correlate",
    "decide",
    "event_from_json",
    "event_to_json",
    "evolve",
    "following",
    "matching",
    "may_act",
    "may_claim",
    "replay",
    "return_targets",
    "start_triggers",
    "state_from_json",
    "state_to_json",
]
