"""What this process remembers of cases, so that a command need not read what the last one wrote (decision 0050).

It may be out of date at any time. Whoever decides on it writes on the condition that the case still ends in the same
hash, which no other history has; so what is remembered wrongly can cost a second look, never a wrong row.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

from sqlalchemy import Connection

from workflows.engine import State, state_from_json

from .open_case import OpenCase, open_case

MOST = 500
# A state with more variables than this is read anew each time, so that all that is remembered stays within megabytes.
MOST_VALUES = 200


@dataclass(frozen=True, slots=True)
class Known:
    """A case with what stands beside it, and the state that it was left in."""

    opened: OpenCase
    state: State


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest definition of a process, and the hash of its file."""

    definition_id: int
    sha256: str


class Remembered:
    """The cases of one database that were written last; may be used by many threads at once."""

    def __init__(self) -> None:
        self._known: OrderedDict[int, Known] = OrderedDict()
        self._newest: dict[str, Newest] = {}
        self._lock = threading.Lock()

    def of(self, case_id: int) -> Known | None:
        """What is known of this case, None where nothing is."""
        return self._known.get(case_id)

    def keep(self, known: Known) -> None:
        """Remember this, instead of what was known of the case before."""
        opened, case = known.opened, known.opened.case
        plain = not (opened.has_ladder or opened.is_watched or opened.rests or known.state.is_over())
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

    def newest(self, process: str) -> Newest | None:
        """What was the newest definition of this process when a case of it was started last."""
        return self._newest.get(process)

    def keep_newest(self, process: str, newest: Newest) -> None:
        """Remember that this is the newest."""
        if len(self._newest) < MOST or process in self._newest:
            self._newest[process] = newest


def known_now(connection: Connection, case_id: int) -> Known:
    """The case as it is, which nobody else can write until the transaction ends; `NotFound` when there is none."""
    opened = open_case(connection, case_id)
    return Known(opened, state_from_json(opened.case.state))


OPTION = "kehoach_remembered"  # among the options of an engine


def remember(connection: Connection, known: Known) -> None:
    """Remember what this transaction has written; should it be undone, the hash will tell."""
    remembered_by(connection).keep(known)


def remembered_by(connection: Connection) -> Remembered:
    """What this process remembers of the connection's database."""
    remembered = connection.get_execution_options()[OPTION]
    assert isinstance(remembered, Remembered)
    return remembered
