"""Where a verb is carried out: the database, the time and who acts; and the one transaction it is carried out in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection

from workflows.engine.actor import CLOCK, Actor, Limits
from workflows.engine.calendar import VIETNAM
from workflows.engine.commands import Command
from workflows.errors import Refused
from workflows.store.ahead import NO_CONNECTION, Ahead, NotAtHand
from workflows.store.database import Database
from workflows.store.resting import require_nothing_rests

from .demands import Demands
from .functions import NO_FUNCTIONS, Functions

Result = TypeVar("Result")
LIMITS = Limits()


@dataclass(frozen=True)
class CommandTo:
    """A command for another case, to be carried out in the same transaction once the case at hand is written."""

    case_id: int
    command: Command


@dataclass(frozen=True)
class Message:
    """A message for whichever case waits for this name and key, or which it starts, in this office.

    A case that throws it is named with those of its own subscriptions that may receive it. With `reach` only cases of
    these offices are looked at (None among them: those of no office).
    """

    name: str
    key: str | None
    variables: Mapping[str, Any]
    office_id: int | None = None
    thrower: int | None = None
    receivers: tuple[str, ...] = ()
    reach: frozenset[int | None] | None = None


@dataclass(frozen=True)
class Signal:
    """A signal for all who wait for this name but the case that throws it, and for what it starts in this office.

    With `reach` only cases of these offices hear it (None among them: those of no office).
    """

    name: str
    variables: Mapping[str, Any]
    office_id: int | None = None
    thrower: int | None = None
    reach: frozenset[int | None] | None = None


def both_names(by: Actor) -> str:
    """The actor as a record of people names them: in another's place with the name of the other."""
    return f"{by.name} (thay đ/c {by.principal})" if by.principal else by.name


@dataclass(frozen=True)
class Work:
    """A desk with its transaction open. `afterwards` holds what must follow once the case at hand is written."""

    connection: Connection
    now: datetime
    by: Actor
    afterwards: list[CommandTo | Message] = field(default_factory=list)
    functions: Functions = NO_FUNCTIONS
    behind: int = 0  # how many cases stand between the command from outside and the case at hand
    ahead: Ahead | None = None  # where this is decided on what is remembered, with no connection at hand

    @property
    def today(self) -> date:
        """The calendar day in Việt Nam."""
        return self.now.astimezone(VIETNAM).date()

    @property
    def names(self) -> str:
        """Who acts, and for whom, as records and letters say it."""
        return both_names(self.by)

    def as_clock(self) -> Work:
        """The same transaction with the system as the one who acts."""
        return replace(self, by=CLOCK)

    def further(self) -> Work:
        """As the system, for the cases that the case at hand reaches; LIMIT_EXCEEDED where that goes on and on."""
        if self.behind >= LIMITS.following:
            raise Refused("LIMIT_EXCEEDED", limit="following", most=LIMITS.following)
        return replace(self.as_clock(), behind=self.behind + 1)


@dataclass(frozen=True)
class Desk:
    """What every verb is given: the database, the instant (aware), who acts in which capacity, and functions.

    `demands` are those of a program; the first transaction that is kept meets them.
    """

    database: Database
    now: datetime
    by: Actor
    functions: Functions = NO_FUNCTIONS
    demands: Demands | None = None

    @contextmanager
    def open(self) -> Iterator[Work]:
        """The one transaction of a verb: committed at its end, rolled back by any exception.

        WORK_SUSPENDED where a person has changed work of an office that is suspended, whatever the verb.
        """
        demands = self.demands if self.demands is not None and not self.demands.asked else None
        with self.database.write() as connection:
            revision = demands.claim(connection, self.now) if demands else None
            yield Work(connection, self.now, self.by, functions=self.functions)
            if self.by.channel != CLOCK.channel:  # whose sweeps ask which offices go on
                require_nothing_rests(connection)
            if demands:
                demands.compare(revision)
        if demands:  # only now: what was rolled back took its claim with it
            demands.asked = True

    def carry_out(self, deed: Callable[[Work], Result]) -> Result:
        """The one transaction of a verb, given as what is done in it: it may be done twice, and counts once.

        A deed that is one command on a case which this process remembers is decided before anything is read, and
        written if the case is still so; whatever comes of it otherwise, and whenever it needs more, it is done as in
        `open`, and so is every deed on which there are demands. It must change nothing but the database.
        """
        if self.demands is not None:
            with self.open() as work:
                return deed(work)
        ahead = self.database.ahead()
        try:
            result = deed(Work(NO_CONNECTION, self.now, self.by, functions=self.functions, ahead=ahead))
        except (Exception, NotAtHand):
            # What is remembered may be out of date, so that it refuses nobody.
            kept = False
        else:
            kept = self.database.keep(ahead)
        if kept:
            return result
        with self.open() as work:
            return deed(work)

    def as_clock(self) -> Desk:
        """The same desk with the system as the one who acts."""
        return replace(self, by=CLOCK)


@dataclass(frozen=True)
class Swept:
    """What a sweep found due, carried out, and could not carry out."""

    found: int = 0
    done: int = 0
    failed: int = 0

    def __add__(self, other: Swept) -> Swept:
        return Swept(self.found + other.found, self.done + other.done, self.failed + other.failed)
