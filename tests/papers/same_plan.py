"""Whether two readings are of the same plan: every fact but where it stands and how its spaces and stops are set."""

from __future__ import annotations

import re
from typing import Any

from workflows.plans.document import PlanDocument

# Where things stand, and what a printed plan adds to a text that lacked it: the head.
PLACES = {"line", "lines", "first_line", "last_line", "from", "end_mark", "doubts", "number_raw", "date_raw"}
ADDED = ("symbol", "date_partial", "place")


def facts_of(document: PlanDocument) -> dict[str, Any]:
    """What the reader understood, by name."""
    bare: dict[str, Any] = _bare(document.to_json())
    return bare


def differences(before: PlanDocument, after: PlanDocument) -> dict[str, tuple[Any, Any]]:
    """The facts that are not the same, by name; what the head of the print adds does not count."""
    first, second = facts_of(before), facts_of(after)
    return {
        name: (first[name], second[name])
        for name in first
        if first[name] != second[name] and not (name in ADDED and first[name] is None)
    }


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _bare(each) for key, each in value.items() if key not in PLACES}
    if isinstance(value, list):
        return [_bare(each) for each in value]
    if isinstance(value, str):
        words = re.sub(r"<[^<>]*>|\*\*|\(line \d+\)", " ", value)
        return re.sub(r"[\s;]+", " ", words).strip(" .,-")
    return value
