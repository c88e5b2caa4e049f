"""A case as its row says it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from .chain import GENESIS


class CaseRow(NamedTuple):  # each command makes two of them anew, which takes a frozen dataclass four times as long
    """A case as it was read: `revision` is the number of its events, `chain_head` the hash of the last one."""

    id: int
    definition_id: int
    process: str
    office_id: int | None
    plan_id: int | None
    business_key: str | None
    status: str
    revision: int
    state: Mapping[str, Any]
    chain_head: str
    started_at: datetime
    ended_at: datetime | None
    suspended: bool

    @property
    def belongs(self) -> dict[str, int | None]:
        """Whose case it is, as its first event says it: a case is never moved to another office or plan."""
        return {"office": self.office_id} | ({} if self.plan_id is None else {"plan": self.plan_id})


def new_case_row(
    number: int,
    *,
    definition_id: int,
    process: str,
    now: datetime,
    office_id: int | None = None,
    plan_id: int | None = None,
    business_key: str | None = None,
) -> CaseRow:
    """A case before its first event."""
    return CaseRow(
        id=number,
        definition_id=definition_id,
        process=process,
        office_id=office_id,
        plan_id=plan_id,
        business_key=business_key,
        status="new",
        revision=0,
        state={"status": "new", "counter": 0},
        chain_head=GENESIS,
        started_at=now,
        ended_at=None,
        suspended=False,
    )
