"""A case as its row says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class CaseRow:
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
