"""The rows that new cases of one outline have in common, as columns: made once, laid down for each with its own ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .projection import CaseFacts, task_row_id

# Columns that hold the id of a task of the case, in whatever table.
_TASK_IDS = {"id", "task_id", "asked_in"}
_OF_THE_CASE = {"case_id", "office_id", "plan_id", "business_key"}


class AlikeRows:
    """The rows of one table that the first events of a case make; no process may have been called in them."""

    def __init__(self, rows: Sequence[Mapping[str, Any]]) -> None:
        names = list(rows[0]) if rows else []
        self._number = len(rows)
        self._alike = {name: [row[name] for row in rows] for name in names if name not in _TASK_IDS | _OF_THE_CASE}
        self._own = [name for name in names if name in _OF_THE_CASE]
        self._task_ids = {
            name: [row[name] and row[name].partition("-")[2] for row in rows] for name in names if name in _TASK_IDS
        }

    def lay_down(self, case: CaseFacts, columns: dict[str, list[Any]]) -> None:
        """Add the rows of another new case to the columns of the table."""
        for name, values in self._alike.items():
            columns.setdefault(name, []).extend(values)
        facts = {
            "case_id": case.id,
            "office_id": case.office_id,
            "plan_id": case.plan_id,
            "business_key": case.business_key,
        }
        for name in self._own:
            columns.setdefault(name, []).extend([facts[name]] * self._number)
        for name, ids in self._task_ids.items():
            columns.setdefault(name, []).extend([each and task_row_id(case.id, each) for each in ids])
