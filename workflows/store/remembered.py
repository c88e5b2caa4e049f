"""What this process remembers of cases, so that a command need not read what the last one wrote (decision 0050).

It may be out of date at any time. Whoever decides on it writes on the condition that the case still ends in the same
hash, which no other history has; so what is remembered wrongly can cost a second look, never a wrong row.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn, cast

from sqlalchemy import Connection

from workflows.engine import State

from .appending import Appending
from .open_case import ALONE, OpenCase
from .steps import Write

MOST = 500
# A state with more variables than this is read anew each time, so that all that is remembered stays within megabytes.
MOST_VALUES = 200


@dataclass(frozen=True, slots=True)
class Known:
    """A case that nobody watches and whose office has no levels of its own, and the state that it was left in."""

    opened: OpenCase
    state: State


class Remembered:
    """The cases of one database that were written last; may be used by many threads at once."""

    def __init__(self) -> None:
        self._known: OrderedDict[int, Known] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, case_id: int) -> Known | None:
        """What is known of this case, None where nothing is."""
        return self._known.get(case_id)

    def keep(self, known: Known) -> None:
        """Remember this, instead of what was known of the case before."""
        case = known.opened.case
        plain = not known.opened.has_ladder and not known.opened.is_watched and not known.state.is_over()
        with self._lock:
            if not plain or sum(map(len, known.state.variables.values())) > MOST_VALUES:
                self._known.pop(case.id, None)
                return
            self._known[case.id] = known
            self._known.move_to_end(case.id)
            if len(self._known) > MOST:
                self._known.popitem(last=False)

    def forget(self, case_id: int) -> None:
        """Know nothing of this case any more."""
        with self._lock:
            self._known.pop(case_id, None)


OPTION = "kehoach_remembered"  # among the options of an engine


def remember(connection: Connection, known: Known) -> None:
    """Remember what this transaction has written; should it be undone, the hash will tell."""
    remembered = connection.get_execution_options().get(OPTION)
    if isinstance(remembered, Remembered):
        remembered.keep(known)


class NotAtHand(BaseException):
    """What was wanted has to be read first. Not an `Exception`, for it is no failure that anybody may handle."""


class _NoConnection:
    """Stands where a connection stands while none is open; whoever needs one learns that it is not at hand."""

    def __getattr__(self, name: str) -> NoReturn:
        raise NotAtHand(name)


NO_CONNECTION = cast(Connection, _NoConnection())


class Ahead:
    """One command on one case, decided on what is remembered and not yet written."""

    def __init__(self, remembered: Remembered) -> None:
        self._remembered = remembered
        self.write: Write | None = None
        self.then: Known | None = None

    def open(self, case_id: int) -> Known:
        """What is known of the case; `NotAtHand` where nothing is, or for a second command."""
        known = self._remembered.of(case_id)
        if known is None or self.write is not None:
            raise NotAtHand
        return known

    def put(self, appending: Appending, then: Known) -> None:
        """Have this written as soon as the deed is over; `NotAtHand` where one write is not enough."""
        case = appending.case
        if appending.needs_more:
            raise NotAtHand
        unchanged: Mapping[str, Any] = {"id": case.id, "revision": case.revision, "chain_head": case.chain_head}
        self.write = Write(appending.at(unchanged, ALONE), appending.steps)
        self.then = then
