"""A command that is decided before anything is read, on what this process remembers (decision 0050)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NoReturn, cast

from sqlalchemy import Connection

from workflows.engine.state import State

from .appending import Appending
from .case_row import new_case_row
from .open_case import ALONE, OpenCase
from .remembered import Known, Remembered
from .steps import Insert, Write
from .tables.processes import cases

# The condition that a definition which is about to be started is still the newest; `r` is the row that is to be.
NEWEST = "r.definition_id = (SELECT id FROM definitions WHERE key = r.process ORDER BY version DESC LIMIT 1)"


class NotAtHand(BaseException):
    """What was wanted has to be read first. Not an `Exception`, for it is no failure that anybody may handle."""


class _NoConnection:
    """Stands where a connection stands while none is open; whoever needs one learns that it is not at hand."""

    def __getattr__(self, name: str) -> NoReturn:
        raise NotAtHand(name)


NO_CONNECTION = cast(Connection, _NoConnection())


class Ahead:
    """One command on one case, decided on what is remembered and not yet written.

    `number` gives the id of a case that is to be started, None where only the database can.
    """

    def __init__(self, remembered: Remembered, number: Callable[[], int] | None) -> None:
        self._remembered, self._number = remembered, number
        self._starts = False
        self.write: Write | None = None
        self.then: Known | None = None

    def open(self, case_id: int) -> Known:
        """What is known of the case; `NotAtHand` where nothing is, or for a second command."""
        known = self._remembered.of(case_id)
        if known is None or self._starts or self.write is not None:
            raise NotAtHand
        return known

    def start(self, process: str, *, office_id: int | None, business_key: str | None, now: datetime) -> Known:
        """A case of the newest definition of the process, outside of any plan, before its first event."""
        newest = self._remembered.newest(process)
        if newest is None or self._number is None or self._starts or self.write is not None:
            raise NotAtHand
        self._starts = True
        case = new_case_row(
            self._number(),
            definition_id=newest.definition_id,
            process=process,
            office_id=office_id,
            plan_id=None,
            business_key=business_key,
            now=now,
        )
        return Known(OpenCase(case, newest.sha256, has_ladder=False, is_watched=False, rests=False), State())

    def put(self, appending: Appending, then: Known) -> None:
        """Have this written as soon as the deed is over; `NotAtHand` where one write is not enough."""
        case = appending.case
        if appending.needs_more:
            raise NotAtHand
        if self._starts:
            row = case._replace(**appending.values)._asdict()
            alone = ALONE.replace("cases.", "r.")
            first: Any = Insert(cases, [row], also=f"{NEWEST} AND {alone}")
        else:
            as_it_was: Mapping[str, Any] = {"id": case.id, "revision": case.revision, "chain_head": case.chain_head}
            first = appending.at(as_it_was, ALONE)
        self.write = Write(case.id, first, appending.steps)
        self.then = then
