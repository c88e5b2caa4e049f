"""Who acts, and the circumstances of a command."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from workflows.bpmn.expressions import KEPT

from .calendar import Calendar

EVERY_GROUP = "*"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, in which capacity, for whom, through which channel; `groups` are the keys of the posts held now.

    `delegation` names what a right lent by another rests on, `principal` is the name of that other. `session` marks the
    sign-in by which a person is here (empty: none); a proof before a signature counts in no other.
    """

    person: str | None
    name: str = ""
    capacity: str | None = None
    on_behalf_of: str | None = None
    channel: str = "web"
    groups: frozenset[str] = frozenset()
    post: str | None = None
    delegation: int | None = None
    principal: str | None = None
    session: str = ""

    @property
    def is_system(self) -> bool:
        """Whether this is the program itself rather than a person."""
        return self.is_unattended or (self.person is None and EVERY_GROUP in self.groups)

    @property
    def is_unattended(self) -> bool:
        """Whether nobody is there to be told of a failure, so that it is kept as an incident."""
        return self.channel in {"clock", "worker"}


CLOCK = Actor(person=None, name="Hệ thống", channel="clock", groups=frozenset({EVERY_GROUP}))


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on the work of one command (semantics.md, L2 to L4)."""

    steps: int = 10_000
    cardinality: int = 1_000
    call_depth: int = 50
    kept: int = KEPT  # parts of computed values that are kept, and 64 characters of their texts each
    following: int = 50  # how many cases one message or signal may reach one after the other, each through the last


@dataclass(frozen=True, slots=True)
class Context:
    """What a command may know of the world: the instant (aware), the office's calendar, the limits."""

    now: datetime
    calendar: Calendar = field(default_factory=Calendar)
    limits: Limits = Limits()
