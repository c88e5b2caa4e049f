"""What an automatic step of a process is given, inside the transaction of the stimulus that reached it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workflows.actions.desk import Work
from workflows.store.case_row import CaseRow


@dataclass(frozen=True)
class Job:
    """An open job: the case it belongs to and the variables it can see."""

    work: Work
    case: CaseRow
    variables: Mapping[str, Any]

    def number(self, name: str) -> int:
        """A variable that holds an id."""
        return int(self.variables[name])


def plan_key(plan_id: int) -> str:
    """The business key of the case that is a plan's life."""
    return f"ke_hoach:{plan_id}"
