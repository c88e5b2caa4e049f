"""One thing that the search found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Hit:
    """`text` is where the words stand, with its marks, `state` a code of its kind: of a file, what it is of."""

    kind: str
    id: int
    title: str
    text: str
    number: int | None
    symbol: str | None
    state: str
    on: date | None
    plan_id: int | None
    office_id: int | None
    in_text: bool = False  # found by words of the plan's text or in the file; `text` is the passage then
    subject_id: int | None = None  # of a file: the id of what it is of
