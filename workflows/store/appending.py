"""What a command's events mean for the rows of its case, worked out before anything is written (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workflows.engine.calendar import Calendar
from workflows.engine.events import CaseStarted, Event
from workflows.engine.history import kind_and_fields

from .case_row import CaseRow
from .chain import Chain
from .changes import steps_of
from .projection import CaseFacts, Changes, project
from .spelling import Spelled, canonical
from .steps import Change, Insert, Row, Step
from .tables.processes import cases, events


@dataclass(frozen=True, slots=True)
class Appending:
    """The case before, the values that change in its row, and every other row that comes, changes or goes."""

    case: CaseRow
    values: Mapping[str, Any]
    steps: Sequence[Step]
    changes: Changes

    def at(self, unchanged: Mapping[str, Any], also: str = "true") -> Change:
        """The compare-and-set: the case's new values where its row is still as said."""
        return Change(cases, unchanged, self.values, also)

    @property
    def needs_more(self) -> bool:
        """Whether there is more to do than its steps: rows that have to be looked at first."""
        changes = self.changes
        anew = changes.task_groups_gone or changes.rescheduled or changes.timers_moved
        return bool(anew or changes.links_of_others_gone)


def appending(
    case: CaseRow,
    happened: Sequence[Event],
    *,
    state: Mapping[str, Any],
    now: datetime,
    actor: Mapping[str, Any] | Spelled,
    content_hash: str | None,
    calendar: Calendar,
    told: Sequence[Insert],
) -> Appending:
    """What has to be written when this happened; see `cases.append`."""
    alike, rows = _log(case, happened, now, actor, content_hash)
    facts = CaseFacts(case.id, case.process, case.office_id, case.plan_id, case.business_key)
    changes = project(facts, happened, now, calendar, state)
    values = {"revision": rows[-1]["seq"], "state": state, "chain_head": rows[-1]["hash"], **changes.case}
    log = Insert(events, rows, alike=alike)
    return Appending(case, values, [log, *steps_of(case.id, changes), *told], changes)


def _log(
    case: CaseRow,
    happened: Sequence[Event],
    now: datetime,
    actor: Mapping[str, Any] | Spelled,
    content_hash: str | None,
) -> tuple[Row, list[Row]]:
    """What the rows have in common, and each row."""
    chain = Chain(case.id, case.chain_head, now, actor, content_hash)
    rows: list[Row] = []
    for seq, event in enumerate(happened, case.revision + 1):
        kind, fields = kind_and_fields(event)
        if isinstance(event, CaseStarted):
            fields["belongs"] = case.belongs
        data = canonical(fields)
        rows.append({"seq": seq, "type": kind, "data": Spelled(data), "hash": chain.link(seq, kind, data)})
    revision = case.revision + len(happened)
    alike = {"case_id": case.id, "revision": revision, "at": now, "actor": chain.actor, "content_hash": content_hash}
    return alike, rows
