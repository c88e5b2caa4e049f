"""What is said of consultation rounds that grow or shrink, of late opinions, and of due dates that move."""

from __future__ import annotations

from dataclasses import dataclass

from .messages import AboutPlan, AboutTask, Message


@dataclass(frozen=True)
class AskedNoMore(AboutPlan):
    """A body that was being asked for its opinion is asked no more."""

    template = "asked_no_more"
    event = "dung"
    unit: str
    reason: str


@dataclass(frozen=True)
class LateOpinionCame(AboutPlan):
    """The drafter hears that words came after the round was closed, which are to be answered before the signature."""

    template = "late_opinion_came"
    body: str


@dataclass(frozen=True)
class DueRequested(AboutTask):
    """Who decides hears that a later due date is asked for."""

    template = "due_requested"
    event = "viec_moi"
    by: str
    wanted: str
    reason: str
    step: str
    due: str


@dataclass(frozen=True)
class DueMoved(AboutTask):
    """The holders hear that their step is due on another day."""

    template = "due_moved"
    event = "sap_han"
    step: str
    due: str
    reason: str


@dataclass(frozen=True)
class DueRefused(AboutTask):
    """The holders hear that the due date stays as it is."""

    template = "due_refused"
    event = "sap_han"
    step: str
    due: str
    reason: str


DEADLINE_KINDS: tuple[type[Message], ...] = (AskedNoMore, LateOpinionCame, DueRequested, DueMoved, DueRefused)
