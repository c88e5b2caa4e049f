"""A sheet as lines of texts by column: the heading is found, and what no line can be trusted with is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from workflows.errors import Reason, Refused

from .names import fold

HEADING_WITHIN = 15


class SheetCell(Protocol):
    """A cell of whatever read the file."""

    @property
    def text(self) -> str:
        """Its words."""

    @property
    def place(self) -> str:
        """Where it stands ("C7")."""

    @property
    def formula(self) -> bool:
        """Whether it is a formula."""


class SheetRow(Protocol):
    """A row of whatever read the file."""

    @property
    def number(self) -> int:
        """Its number, as people see it."""

    @property
    def cells(self) -> Sequence[SheetCell]:
        """Its cells from the left."""


@dataclass(frozen=True)
class SheetLine:
    """One line: texts by column, where each stands, and what is wrong with it (`place` in the facts)."""

    number: int
    texts: Mapping[str, str]
    places: Mapping[str, str]
    problems: tuple[Reason, ...] = ()

    def text(self, column: str) -> str:
        """What stands in this column; empty where nothing does."""
        return self.texts.get(column, "")

    def problem(self, code: str, column: str, **facts: object) -> Reason:
        """Something that is wrong in this column of the line."""
        return Reason(
            code, {"place": self.places.get(column, str(self.number)), "value": self.text(column)[:80], **facts}
        )


def read_sheet_lines(rows: Sequence[SheetRow], columns: Mapping[str, str], first: str) -> list[SheetLine]:
    """The lines below the heading; `columns` are the headings by key, and the one of `first` tells the heading.

    Refused with SHEET_NO_COLUMN where no heading is found, SHEET_COLUMN for a column that nobody knows, and
    SHEET_COLUMN_TWICE: then no line can be trusted.
    """
    for index, row in enumerate(rows[:HEADING_WITHIN]):
        if fold(columns[first]) in {fold(cell.text) for cell in row.cells}:
            placed = _columns(row, columns)
            return [_line(each, placed) for each in rows[index + 1 :] if any(cell.text for cell in each.cells)]
    raise Refused("SHEET_NO_COLUMN", value=columns[first])


def _columns(heading: SheetRow, columns: Mapping[str, str]) -> dict[int, str]:
    known = {fold(title): key for key, title in columns.items()}
    found: dict[int, str] = {}
    reasons: list[Reason] = []
    for index, cell in enumerate(heading.cells):
        key = known.get(fold(cell.text))
        if not cell.text:
            continue
        if key is None:
            reasons.append(Reason("SHEET_COLUMN", {"place": cell.place, "value": cell.text[:80]}))
        elif key in found.values():
            reasons.append(Reason("SHEET_COLUMN_TWICE", {"place": cell.place, "value": cell.text[:80]}))
        else:
            found[index] = key
    if reasons:
        raise Refused.because(reasons)
    return found


def _line(row: SheetRow, columns: Mapping[int, str]) -> SheetLine:
    texts, places, problems = {}, {}, []
    for index, cell in enumerate(row.cells):
        key = columns.get(index)
        if key is None:
            if cell.text:
                problems.append(Reason("SHEET_NO_HEADING", {"place": cell.place, "value": cell.text[:80]}))
            continue
        texts[key], places[key] = cell.text, cell.place
        if cell.formula:
            problems.append(Reason("SHEET_FORMULA", {"place": cell.place, "value": cell.text[:80]}))
    return SheetLine(row.number, texts, places, tuple(problems))
