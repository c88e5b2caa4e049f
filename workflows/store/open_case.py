"""A case with all that the program needs to judge a command on it: one row, one read, locked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Boolean, Connection

from workflows.errors import NotFound

from .case_row import CaseRow
from .driver import Reading, read_rows
from .tables.processes import cases, definitions

COLUMNS = CaseRow._fields


@dataclass(frozen=True)
class OpenCase:
    """A locked case, and what stands beside it.

    `definition_hash` is that of its definition's file; `has_ladder` whether its office has levels of escalation of its
    own, `is_watched` whether somebody watches its plan, `rests` whether its office is suspended.
    """

    case: CaseRow
    definition_hash: str
    has_ladder: bool
    is_watched: bool
    rests: bool

    def after(self, values: Mapping[str, Any]) -> OpenCase:
        """The same with these values in the row of the case."""
        return replace(self, case=self.case._replace(**values))


_LADDER = "EXISTS (SELECT 1 FROM escalation_policies WHERE escalation_policies.office_id = cases.office_id)"
_WATCH = "EXISTS (SELECT 1 FROM plan_watches WHERE plan_watches.plan_id = cases.plan_id)"
_RESTS = "EXISTS (SELECT 1 FROM office_suspensions AS s WHERE s.office_id = cases.office_id AND s.until IS NULL)"
# The condition, in a statement on `cases`, that a case has none of these.
ALONE = f"NOT {_LADDER} AND NOT {_WATCH} AND NOT {_RESTS}"
# Subqueries and no joins: PostgreSQL, when it had to wait for the lock, looks again at the row of the case only.
_OPEN = Reading(
    f"SELECT {', '.join(COLUMNS)},"  # noqa: S608 - names of our own columns
    " (SELECT sha256 FROM definitions WHERE definitions.id = cases.definition_id),"
    f" {_LADDER}, {_WATCH}, {_RESTS}"
    " FROM cases WHERE cases.id = ?1",
    (*(cases.c[name].type for name in COLUMNS), definitions.c.sha256.type, Boolean(), Boolean(), Boolean()),
    lock="FOR UPDATE",
)


def open_case(connection: Connection, case_id: int) -> OpenCase:
    """This case, which nobody else can write until the transaction ends; `NotFound` when there is none."""
    rows = read_rows(connection, _OPEN, (case_id,))
    if not rows:
        raise NotFound("case", id=case_id)
    *values, digest, has_ladder, is_watched, rests = rows[0]
    return OpenCase(CaseRow(*values), digest, has_ladder, is_watched, rests)
