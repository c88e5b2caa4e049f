"""How wide the columns of a table are, by what stands in them; the same for every kind of file."""

from __future__ import annotations

from workflows.plans.official_document import Table

NARROW = 6  # characters: numbers and marks, centred
_LEAST, _MOST = 3.0, 60.0


def column_shares(table: Table) -> tuple[float, ...]:
    """Each column's share of the width: the root of its amount of words, never less than its longest word."""
    needs = [_need(table, at) for at in range(len(table.header))]
    total = sum(needs)
    return tuple(round(need / total, 4) for need in needs)


def is_narrow(table: Table, at: int) -> bool:
    """Whether a column holds nothing but numbers or short marks."""
    cells = [row[at] for place, row in enumerate(table.rows) if place not in table.groups]
    return all(len(cell) <= NARROW for cell in cells) and len(table.header[at]) <= 2 * NARROW


def _need(table: Table, at: int) -> float:
    cells = [table.header[at], *(row[at] for place, row in enumerate(table.rows) if place not in table.groups)]
    if is_narrow(table, at):
        return max(_LEAST + 1, float(max(_longest_word(cell) for cell in cells)) + 1.5)
    filled = [len(cell) for cell in cells[1:] if cell] or [0]
    typical = (sum(filled) / len(filled) + max(filled)) / 2
    longest = max(_longest_word(cell) for cell in cells)
    return min(_MOST, max(longest + 2.0, 2.2 * typical**0.5 + 4.0))


def _longest_word(cell: str) -> int:
    return max((len(word) for word in cell.split()), default=0)
